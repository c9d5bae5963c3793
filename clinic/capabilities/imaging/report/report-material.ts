import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { type ClipFacts, readClips } from '../core/clip-facts.ts';
import type { Exam } from '../core/exam.ts';
import { readKeyFrames } from '../measuring/key-frames.ts';
import type { MeasuredValue } from '../measuring/measured-value.ts';
import { readMeasured } from '../measuring/measured-values.ts';
import { type Moment as KeptMoment, readMoments } from '../measuring/moments.ts';
import { readSignedContent, readVersions, type SignedVersion } from './read-signed.ts';
import type { SignedContent } from './signed-content.ts';

export interface KeyFrame {
  readonly id: string;
  readonly clip: ClipFacts;
  readonly frame: number;
  readonly caption: string;
  readonly analysisId: string | null;
}

export type Moment = Omit<KeptMoment, 'id'>;

/** Everything that a report stands on, as it is now. */
export interface ReportMaterial {
  readonly exam: Exam;
  readonly clips: readonly ClipFacts[];
  readonly measurements: readonly MeasuredValue[];
  /** Measures that are being followed still, or failed, and so give no number. */
  readonly unfinished: number;
  readonly keyFrames: readonly KeyFrame[];
  readonly moments: readonly Moment[];
  /** The last signed version of this examination. */
  readonly last: SignedContent | null;
  readonly versions: readonly SignedVersion[];
  /** The signed report of the examination before this one, by the place that it was about. */
  readonly earlier: readonly SignedContent[];
  /** Stands for all of it: another one means that something has changed. */
  readonly seen: string;
}

/** Reads what a report on this examination stands on. */
export async function readMaterial(clinic: ClinicTransaction, exam: Exam): Promise<ReportMaterial> {
  const clips = await readClips(clinic, exam.id);
  const known = new Map(clips.map((clip) => [clip.id, clip]));
  const measured = await readMeasured(clinic, exam.id);
  const measurements = measured.filter(({ instanceId }) => known.has(instanceId));
  const keyFrames = (await readKeyFrames(clinic, exam.id)).flatMap(({ instanceId, ...kept }) => {
    const clip = known.get(instanceId);
    return clip ? [{ ...kept, clip }] : [];
  });
  const moments = (await readMoments(clinic, exam.id)).flatMap(({ id: _, ...moment }): Moment[] =>
    known.has(moment.instanceId) ? [moment] : [],
  );
  const versions = await readVersions(clinic, exam.id);
  return {
    ...{ exam, clips, measurements, keyFrames, moments, versions },
    unfinished: await countUnfinished(clinic, exam.id),
    last: versions.length > 0 ? await readSignedContent(clinic, exam.id) : null,
    earlier: await readEarlier(clinic, exam),
    seen: fingerprint({ exam, clips, measurements, keyFrames, moments }),
  };
}

type ToSee = Pick<ReportMaterial, 'exam' | 'clips' | 'measurements' | 'keyFrames' | 'moments'>;

function fingerprint({ exam, clips, measurements, keyFrames, moments }: ToSee): string {
  const seen = JSON.stringify([
    [exam.suspicion, exam.side, exam.takenAt, exam.patient.id],
    clips.map(({ id, role, side, label }) => [id, role, side, label]),
    measurements,
    keyFrames.map(({ id, frame, analysisId }) => [id, frame, analysisId]),
    moments,
  ]);
  return createHash('sha256').update(seen).digest('hex').slice(0, 32);
}

async function countUnfinished({ tx, clinicId }: ClinicTransaction, examId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('imaging_analysis')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', examId)
    .where('removed_at', 'is', null)
    .where('status', '<>', 'ready')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** How many earlier examinations are looked at for one of the same place. */
const MOST_EARLIER = 10;

/** What was signed of the person's examinations of this side before this one, the latest first. */
async function readEarlier(clinic: ClinicTransaction, exam: Exam): Promise<readonly SignedContent[]> {
  const rows = await clinic.tx
    .selectFrom('study as s')
    .innerJoin('imaging_exam as e', (join) =>
      join.onRef('e.clinic_id', '=', 's.clinic_id').onRef('e.study_id', '=', 's.id'),
    )
    .select('s.id')
    .where('s.clinic_id', '=', clinic.clinicId)
    .where('s.patient_id', '=', exam.patient.id)
    .where('s.kind', '=', 'ultrasound')
    .where('s.result_id', 'is not', null)
    .where('s.id', '<>', exam.id)
    .where('s.taken_at', '<', new Date(exam.takenAt))
    .where(sql<boolean>`e.side is not distinct from ${exam.side}`)
    .orderBy('s.taken_at', 'desc')
    .limit(MOST_EARLIER)
    .execute();
  const signed: SignedContent[] = [];
  for (const { id } of rows) {
    const content = await readSignedContent(clinic, id);
    if (content) signed.push(content);
  }
  return signed;
}
