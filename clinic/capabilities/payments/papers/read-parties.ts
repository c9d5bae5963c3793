import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { DocumentContent, OrderPerson } from '../../../platform/database/schema-of-payments.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';

/** The clinic as its papers name it now. Without an address of its own, it is found at its first site. */
export async function paperClinic(
  { tx, clinicId }: ClinicTransaction,
  clinic: Clinic,
): Promise<DocumentContent['clinic']> {
  const settings = await tx
    .selectFrom('payment_settings')
    .select(['legal_name', 'address', 'tax_number', 'bank_details', 'paper_note', 'refund_terms'])
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst();
  const [site] = clinic.sites;
  const ofSite = site ? [site.address, site.city].filter(Boolean).join('\n') : '';
  return {
    name: clinic.name,
    legalName: settings?.legal_name ?? '',
    address: settings?.address || ofSite,
    taxNumber: settings?.tax_number ?? '',
    bankDetails: settings?.bank_details ?? '',
    email: clinic.email,
    phone: clinic.phone,
    note: settings?.paper_note ?? '',
    refundTerms: settings?.refund_terms ?? '',
    locale: clinic.locale,
    timeZone: clinic.timeZone,
    demo: clinic.demo,
  };
}

/** The name of the patient that an order is for: as the clinic knows them, else as the buyer wrote it. */
export async function patientNameOf(
  { tx, clinicId }: ClinicTransaction,
  order: { readonly patient_id: string | null; readonly person: OrderPerson | null },
): Promise<string> {
  const patient =
    order.patient_id === null
      ? undefined
      : await tx
          .selectFrom('patient')
          .select(['given_name as givenName', 'family_name as familyName'])
          .where('clinic_id', '=', clinicId)
          .where('id', '=', order.patient_id)
          .executeTakeFirst();
  const person = patient ?? order.person;
  return person ? `${person.givenName} ${person.familyName}`.trim() : '';
}
