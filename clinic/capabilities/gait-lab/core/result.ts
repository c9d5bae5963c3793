import type { GaitReportData, LabSettings, Subject } from '@rectus/gait';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { TrialRole } from '../../../platform/database/schema-of-studies.ts';
import type { NormName } from '../norms/norms-in-use.ts';
import type { MotionData } from '../viewer/motion.ts';
import type { SignedReport, Study } from './study.ts';

/** What one run found. It never changes. */
export interface StudyResult {
  readonly id: string;
  readonly studyId: string;
  readonly method: string;
  readonly methodVersion: string;
  readonly report: GaitReportData;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** A run's result: the study's present one is `study.resultId`, a signed report's own is `report.resultId`. */
export async function readResult(
  { tx, clinicId }: ClinicTransaction,
  resultId: string,
): Promise<StudyResult | null> {
  const row = await tx
    .selectFrom('study_result')
    .select(['id', 'study_id', 'method', 'method_version', 'report', 'created_at'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', resultId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    studyId: row.study_id,
    method: row.method,
    methodVersion: row.method_version,
    report: row.report as GaitReportData,
    createdAt: row.created_at.getTime(),
  };
}

/** One trial of a result as the viewer draws it, or null where there is none. */
export async function readMotion(
  { tx, clinicId }: ClinicTransaction,
  resultId: string,
): Promise<MotionData | null> {
  const row = await tx
    .selectFrom('study_result')
    .select('motion')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', resultId)
    .executeTakeFirst();
  return (row?.motion ?? null) as MotionData | null;
}

/** What a result was made from, as it was kept with it. */
export interface MadeFrom {
  readonly files: readonly {
    readonly name: string;
    readonly sha256: string | null;
    readonly role: TrialRole;
  }[];
  readonly subject: Subject;
  readonly lab: LabSettings;
  /** By what it was judged; not in older results. */
  readonly norms?: readonly NormName[];
}

/** The files of a result with what was known beside them; null where they were not kept, as of simulated results. */
export async function readMadeFrom(
  { tx, clinicId }: ClinicTransaction,
  resultId: string,
): Promise<MadeFrom | null> {
  const row = await tx
    .selectFrom('study_result')
    .select('made_from')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', resultId)
    .executeTakeFirst();
  const made = row?.made_from as Partial<MadeFrom> | undefined;
  return made?.files && made.subject && made.lab ? (made as MadeFrom) : null;
}

/** The result of the person's session before this one, to compare with; null where it is the first. */
export async function readEarlierResult(
  clinic: ClinicTransaction,
  study: { readonly id: string; readonly patient: { readonly id: string }; readonly takenAt: number },
): Promise<StudyResult | null> {
  const row = await clinic.tx
    .selectFrom('study')
    .select('result_id')
    .where('clinic_id', '=', clinic.clinicId)
    .where('kind', '=', 'gait')
    .where('patient_id', '=', study.patient.id)
    .where('id', '!=', study.id)
    .where('taken_at', '<', new Date(study.takenAt))
    .where('status', 'in', ['ready', 'signed'])
    .orderBy('taken_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.result_id ? readResult(clinic, row.result_id) : null;
}

/** A result, and when its session was walked. */
export interface EarlierResult {
  readonly result: StudyResult;
  /** Epoch milliseconds. */
  readonly takenAt: number;
}

/**
 * What a signed version was compared with, for ever; null where it was the first. It was written down at signing; for
 * versions that were signed before that was kept, it is the last result that there was on that day.
 */
export async function readComparedWith(
  clinic: ClinicTransaction,
  study: Pick<Study, 'id' | 'patient' | 'takenAt'>,
  signed: Pick<SignedReport, 'earlierResultId' | 'signedAt'>,
): Promise<EarlierResult | null> {
  let query = clinic.tx
    .selectFrom('study_result as r')
    .innerJoin('study as s', (join) =>
      join.onRef('s.clinic_id', '=', 'r.clinic_id').onRef('s.id', '=', 'r.study_id'),
    )
    .select(['r.id', 's.taken_at'])
    .where('r.clinic_id', '=', clinic.clinicId);
  query = signed.earlierResultId
    ? query.where('r.id', '=', signed.earlierResultId)
    : query
        .where('s.kind', '=', 'gait')
        .where('s.patient_id', '=', study.patient.id)
        .where('s.id', '!=', study.id)
        .where('s.taken_at', '<', new Date(study.takenAt))
        .where('r.created_at', '<=', new Date(signed.signedAt));
  const row = await query.orderBy('s.taken_at', 'desc').orderBy('r.run', 'desc').limit(1).executeTakeFirst();
  const result = row && (await readResult(clinic, row.id));
  return result ? { result, takenAt: row.taken_at.getTime() } : null;
}
