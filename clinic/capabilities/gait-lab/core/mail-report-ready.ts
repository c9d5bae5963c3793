import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { reportReady } from '../../../platform/mail/index.ts';
import { clinicOrigin } from '../../../platform/web/clinic-origin.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { readEntitlements, readOrder } from '../../payments/index.ts';

interface OfStudy {
  readonly id: string;
  readonly patient_id: string;
  readonly entitlement_id: string | null;
  readonly appointment_id: string | null;
}

/** Queues the news for whoever bought the analysis; where nobody did, for the patient. False without an address. */
export async function mailReportReady(
  clinic: ClinicTransaction,
  of: { readonly platform: Platform; readonly clinic: Clinic },
  study: OfStudy,
  corrected: boolean,
): Promise<boolean> {
  const to = (await buyerOf(clinic, study)) ?? (await patientOf(clinic, study.patient_id));
  if (!to?.email) return false;
  const origin = clinicOrigin(of.platform.config.publicUrl, of.clinic.hosts);
  const mail = reportReady({
    clinicName: of.clinic.name,
    clinicPhone: of.clinic.phone,
    demo: of.clinic.demo,
    givenName: to.name.split(' ', 1)[0] ?? '',
    reportUrl: `${origin}/my/reports/${study.id}`,
    corrected,
  });
  await clinic.tx
    .insertInto('mail')
    .values({
      clinic_id: clinic.clinicId,
      kind: 'report_ready',
      to_name: to.name,
      to_email: to.email,
      subject: mail.subject,
      body_text: mail.text,
      body_html: mail.html,
      send_at: new Date(of.platform.clock.now()),
    })
    .execute();
  return true;
}

interface Reader {
  readonly name: string;
  readonly email: string | null;
}

/** The payer of the order that the session's entitlement came from, named by the session or by its visit. */
async function buyerOf(clinic: ClinicTransaction, study: OfStudy): Promise<Reader | null> {
  const used = study.entitlement_id ?? (study.appointment_id && (await usedBy(clinic, study.appointment_id)));
  if (!used) return null;
  const [entitlement] = await readEntitlements(clinic, { id: used });
  const order = entitlement ? await readOrder(clinic, entitlement.orderId) : null;
  return order?.payer.email ? { name: order.payer.name, email: order.payer.email } : null;
}

async function usedBy({ tx, clinicId }: ClinicTransaction, appointmentId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('entitlement_use')
    .select('entitlement_id')
    .where('clinic_id', '=', clinicId)
    .where('appointment_id', '=', appointmentId)
    .executeTakeFirst();
  return row?.entitlement_id ?? null;
}

async function patientOf({ tx, clinicId }: ClinicTransaction, patientId: string): Promise<Reader | null> {
  const row = await tx
    .selectFrom('patient')
    .select(['given_name', 'family_name', 'email'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', patientId)
    .executeTakeFirst();
  return row ? { name: `${row.given_name} ${row.family_name}`, email: row.email } : null;
}
