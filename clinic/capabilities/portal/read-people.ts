import type { ClinicTransaction } from '../../platform/database/in-clinic.ts';
import type { PortalPerson } from './portal.ts';

/** Everybody whom the clinic knows under this address, in the order in which they came. */
export async function readPeople(
  { tx, clinicId }: ClinicTransaction,
  email: string,
): Promise<readonly PortalPerson[]> {
  const rows = await tx
    .selectFrom('patient')
    .select(['id', 'given_name', 'family_name'])
    .where('clinic_id', '=', clinicId)
    .where('email', '=', email)
    .where('merged_into', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ id: row.id, givenName: row.given_name, familyName: row.family_name }));
}
