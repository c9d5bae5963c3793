import type { GaitReportData } from '@rectus/gait';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { MotionData } from '../viewer/motion.ts';

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

/** The result of the person's session before this one, to compare with; null where it is the first. */
export async function readEarlierResult(
  clinic: ClinicTransaction,
  study: { readonly id: string; readonly patient: { readonly id: string }; readonly takenAt: number },
): Promise<StudyResult | null> {
  const row = await clinic.tx
    .selectFrom('study')
    .select('result_id')
    .where('clinic_id', '=', clinic.clinicId)
    .where('patient_id', '=', study.patient.id)
    .where('id', '!=', study.id)
    .where('taken_at', '<', new Date(study.takenAt))
    .where('status', 'in', ['ready', 'signed'])
    .orderBy('taken_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.result_id ? readResult(clinic, row.result_id) : null;
}
