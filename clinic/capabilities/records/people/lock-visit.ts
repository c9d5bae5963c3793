import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/** A visit that something is begun with, and whose it is; or why nothing can be. */
export type LockedVisit =
  | { readonly ok: true; readonly patientId: string; readonly start: number }
  | { readonly ok: false; readonly reason: string };

/**
 * Holds a visit until the transaction ends, so that two presses at once find each other. Its person is locked first, as a
 * merge does it: neither waits for the other for ever. The start is in epoch milliseconds.
 */
export async function lockVisit(clinic: ClinicTransaction, appointmentId: string): Promise<LockedVisit> {
  const { tx, clinicId } = clinic;
  const of = await tx
    .selectFrom('appointment')
    .select('patient_id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', appointmentId)
    .executeTakeFirst();
  if (of) await personNow(clinic, of.patient_id);
  const visit = await tx
    .selectFrom('appointment')
    .select(['patient_id', 'starts_at', 'status'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', appointmentId)
    .forUpdate()
    .executeTakeFirst();
  if (!visit || visit.status === 'cancelled') return { ok: false, reason: 'This visit is not in the diary.' };
  if (visit.status === 'no_show')
    return { ok: false, reason: 'Nobody came to this visit. If that was wrong, check the person in first.' };
  return { ok: true, patientId: visit.patient_id, start: visit.starts_at.getTime() };
}

/** The person's record as it is after any merge, which then waits for this; null where there is none. */
export async function personNow(
  { tx, clinicId }: ClinicTransaction,
  patientId: string,
): Promise<string | null> {
  const patient = await tx
    .selectFrom('patient')
    .select(['id', 'merged_into'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', patientId)
    .forShare()
    .executeTakeFirst();
  return patient ? (patient.merged_into ?? patient.id) : null;
}
