import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { type SignedContent, signedContentOf } from './signed-content.ts';

/** A version that was signed. It never changes. */
export interface SignedVersion {
  readonly reportId: string;
  readonly version: number;
  readonly signedName: string;
  /** Epoch milliseconds. */
  readonly signedAt: number;
}

/** Every signed version of an examination's report, the newest first. */
export async function readVersions(
  { tx, clinicId }: ClinicTransaction,
  examId: string,
): Promise<readonly SignedVersion[]> {
  const rows = await tx
    .selectFrom('study_report')
    .select(['id', 'version', 'signed_name', 'signed_at'])
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', examId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    reportId: row.id,
    version: row.version,
    signedName: row.signed_name,
    signedAt: row.signed_at.getTime(),
  }));
}

/** What was signed: the version asked for, or the last one; null where there is none. */
export async function readSignedContent(
  { tx, clinicId }: ClinicTransaction,
  examId: string,
  version?: number,
): Promise<SignedContent | null> {
  const reports = tx
    .selectFrom('study_report as v')
    .innerJoin('study_result as r', (join) =>
      join.onRef('r.clinic_id', '=', 'v.clinic_id').onRef('r.id', '=', 'v.result_id'),
    )
    .innerJoin('imaging_exam as e', (join) =>
      join.onRef('e.clinic_id', '=', 'v.clinic_id').onRef('e.study_id', '=', 'v.study_id'),
    )
    .select('r.report')
    .where('v.clinic_id', '=', clinicId)
    .where('v.study_id', '=', examId);
  const asked = version === undefined ? reports : reports.where('v.version', '=', version);
  const row = await asked.orderBy('v.version', 'desc').limit(1).executeTakeFirst();
  return row ? signedContentOf(row.report) : null;
}
