import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/** A session of the same person before this one, which has a result. */
export interface EarlierSession {
  readonly studyId: string;
  readonly resultId: string;
  /** Epoch milliseconds. */
  readonly takenAt: number;
}

/** With the present one, four sessions can be compared. */
const MOST = 3;

/** The sessions before this one, the latest first. */
export async function readEarlierSessions(
  { tx, clinicId }: ClinicTransaction,
  study: { readonly id: string; readonly patient: { readonly id: string }; readonly takenAt: number },
): Promise<readonly EarlierSession[]> {
  const rows = await tx
    .selectFrom('study')
    .select(['id', 'result_id', 'taken_at'])
    .where('clinic_id', '=', clinicId)
    .where('patient_id', '=', study.patient.id)
    .where('id', '!=', study.id)
    .where('taken_at', '<', new Date(study.takenAt))
    .where('status', 'in', ['ready', 'signed'])
    .orderBy('taken_at', 'desc')
    .limit(MOST)
    .execute();
  return rows.flatMap((row) =>
    row.result_id ? [{ studyId: row.id, resultId: row.result_id, takenAt: row.taken_at.getTime() }] : [],
  );
}
