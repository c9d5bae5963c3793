import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { ClipFacts } from '../core/clip-facts.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { madeBy, note } from './change-analysis.ts';

/** "It hurts now": a moment of a clip that the patient named. */
export interface Moment {
  readonly id: string;
  readonly instanceId: string;
  /** Seconds from the clip's first frame. */
  readonly timeS: number;
  readonly words: string;
}

/** What is written where nobody typed anything. */
export const USUAL_WORDS = 'It hurts now';

/** The moments of an examination that stand, by clip and time. */
export async function readMoments(
  { tx, clinicId }: ClinicTransaction,
  examId: string,
): Promise<readonly Moment[]> {
  const rows = await tx
    .selectFrom('imaging_moment')
    .select(['id', 'instance_id', 'time_s', 'words'])
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', examId)
    .where('removed_at', 'is', null)
    .orderBy('instance_id')
    .orderBy('time_s')
    .execute();
  return rows.map(({ id, instance_id, time_s, words }) => ({
    id,
    instanceId: instance_id,
    timeS: time_s,
    words,
  }));
}

/** @throws ImagingError where the clip has no such time */
export async function addMoment(
  clinic: ClinicTransaction,
  examId: string,
  clip: ClipFacts,
  { timeS, words }: Pick<Moment, 'timeS' | 'words'>,
): Promise<string> {
  if (timeS > (clip.times.at(-1) ?? 0) + 1) throw new ImagingError('The clip is shorter than this moment.');
  const { id } = await clinic.tx
    .insertInto('imaging_moment')
    .values({
      clinic_id: clinic.clinicId,
      study_id: examId,
      instance_id: clip.id,
      time_s: timeS,
      words: words || USUAL_WORDS,
      made_by: madeBy(clinic),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await note(clinic, 'moment_marked', examId, { moment: id });
  return id;
}

/** Other words for it, or away with it, or back again. @throws ImagingError where there is none */
export async function changeMoment(
  clinic: ClinicTransaction,
  examId: string,
  id: string,
  change: { readonly words: string } | { readonly removed: boolean },
): Promise<void> {
  const set =
    'words' in change
      ? { words: change.words || USUAL_WORDS }
      : { removed_at: change.removed ? sql<Date>`now()` : null };
  const changed = await clinic.tx
    .updateTable('imaging_moment')
    .set(set)
    .where('clinic_id', '=', clinic.clinicId)
    .where('study_id', '=', examId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) throw new ImagingError('This moment is not there.');
  await note(clinic, 'moment_changed', examId, { moment: id });
}
