import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Study } from './study.ts';

/** Whether the visit that a session began with was cancelled or missed since. */
export async function visitFellThrough(
  { tx, clinicId }: ClinicTransaction,
  { appointmentId }: Pick<Study, 'appointmentId'>,
): Promise<boolean> {
  if (!appointmentId) return false;
  const visit = await tx
    .selectFrom('appointment')
    .select('status')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', appointmentId)
    .executeTakeFirst();
  return visit?.status === 'cancelled' || visit?.status === 'no_show';
}
