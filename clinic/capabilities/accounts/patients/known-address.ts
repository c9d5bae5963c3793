import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';

/** The name of a patient or payer whom this clinic knows under an address; null when it knows nobody. */
export async function nameAt(context: ClinicContext, email: string): Promise<string | null> {
  return inClinic(context, async ({ tx, clinicId }) => {
    const patient = await tx
      .selectFrom('patient')
      .select(['given_name', 'family_name'])
      .where('clinic_id', '=', clinicId)
      .where('email', '=', email)
      .where('merged_into', 'is', null)
      .orderBy('created_at')
      .limit(1)
      .executeTakeFirst();
    if (patient) return `${patient.given_name} ${patient.family_name}`;
    const order = await tx
      .selectFrom('sales_order')
      .select('payer_name')
      .where('clinic_id', '=', clinicId)
      .where('payer_email', '=', email)
      .orderBy('created_at')
      .limit(1)
      .executeTakeFirst();
    return order?.payer_name ?? null;
  });
}
