import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { GaitReportData } from './report-data.ts';

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
    .selectAll()
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
