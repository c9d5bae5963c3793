import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { ClipFacts } from '../core/clip-facts.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { readAnalysis } from './analysis.ts';
import { madeBy, note } from './change-analysis.ts';

/** A frame that the report shows. */
export interface KeyFrame {
  readonly id: string;
  readonly instanceId: string;
  /** From 0. */
  readonly frame: number;
  readonly caption: string;
  /** Whose places are drawn on it. */
  readonly analysisId: string | null;
}

/** The key frames of an examination that stand, in the order in which they were kept. */
export async function readKeyFrames(
  { tx, clinicId }: ClinicTransaction,
  examId: string,
): Promise<readonly KeyFrame[]> {
  const rows = await tx
    .selectFrom('imaging_key_frame')
    .select(['id', 'instance_id', 'frame', 'caption', 'analysis_id'])
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', examId)
    .where('removed_at', 'is', null)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    instanceId: row.instance_id,
    frame: row.frame,
    caption: row.caption,
    analysisId: row.analysis_id,
  }));
}

/** @throws ImagingError where the clip has no such frame, or the analysis is not of it */
export async function addKeyFrame(
  clinic: ClinicTransaction,
  examId: string,
  clip: ClipFacts,
  { frame, caption, analysisId }: Pick<KeyFrame, 'frame' | 'caption' | 'analysisId'>,
): Promise<string> {
  if (frame >= clip.frames) throw new ImagingError(`The clip has ${clip.frames} frames.`);
  const analysis = analysisId ? await readAnalysis(clinic, analysisId) : null;
  if (analysisId && analysis?.instanceId !== clip.id)
    throw new ImagingError('What should be drawn on this frame is not of this clip.');
  const { id } = await clinic.tx
    .insertInto('imaging_key_frame')
    .values({
      clinic_id: clinic.clinicId,
      study_id: examId,
      instance_id: clip.id,
      ...{ frame, caption, analysis_id: analysisId },
      made_by: madeBy(clinic),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await note(clinic, 'key_frame_kept', examId, { keyFrame: id });
  return id;
}

/** Another caption, or away with it, or back again. @throws ImagingError where there is none */
export async function changeKeyFrame(
  clinic: ClinicTransaction,
  examId: string,
  id: string,
  change: { readonly caption: string } | { readonly removed: boolean },
): Promise<void> {
  const set =
    'caption' in change
      ? { caption: change.caption }
      : { removed_at: change.removed ? sql<Date>`now()` : null };
  const changed = await clinic.tx
    .updateTable('imaging_key_frame')
    .set(set)
    .where('clinic_id', '=', clinic.clinicId)
    .where('study_id', '=', examId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) throw new ImagingError('This key frame is not there.');
  await note(clinic, 'key_frame_changed', examId, { keyFrame: id });
}
