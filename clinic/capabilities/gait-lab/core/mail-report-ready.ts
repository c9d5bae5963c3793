import type { Config } from '../../../platform/config.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { reportReady, reportReadyForBuyer, type WrittenMail } from '../../../platform/mail/index.ts';
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

/** Who writes, and where the links lead. */
export interface MailsFrom {
  readonly platform: Pick<Platform, 'clock'> & { readonly config: Pick<Config, 'publicUrl'> };
  readonly clinic: Pick<Clinic, 'name' | 'phone' | 'demo' | 'hosts'>;
}

/**
 * Queues the news that a report was signed. The patient gets the link to it. Whoever bought the analysis under another
 * address is told once that it is ready, and no more: what was measured belongs to the patient (decision 19). Returns how
 * many mails were queued.
 */
export async function mailReportReady(
  clinic: ClinicTransaction,
  of: MailsFrom,
  study: OfStudy,
  corrected: boolean,
): Promise<number> {
  const patient = await patientOf(clinic, study.patient_id);
  const buyer = await buyerOf(clinic, study);
  const origin = clinicOrigin(of.platform.config.publicUrl, of.clinic.hosts);
  const from = { clinicName: of.clinic.name, clinicPhone: of.clinic.phone, demo: of.clinic.demo };
  let queued = 0;
  if (patient?.email) {
    const reportUrl = `${origin}/my/reports/${study.id}`;
    const mail = reportReady({ ...from, givenName: givenNameOf(patient), reportUrl, corrected });
    await queue(clinic, of, { ...patient, email: patient.email }, mail);
    queued += 1;
  }
  if (buyer && !isSameAddress(buyer.email, patient?.email) && !corrected) {
    const mail = reportReadyForBuyer({
      ...from,
      givenName: givenNameOf(buyer),
      patientWasTold: Boolean(patient?.email),
      ownPageUrl: `${origin}/my`,
    });
    await queue(clinic, of, buyer, mail);
    queued += 1;
  }
  return queued;
}

function isSameAddress(one: string, other: string | null | undefined): boolean {
  return one.trim().toLowerCase() === other?.trim().toLowerCase();
}

function givenNameOf({ name }: Pick<Reader, 'name'>): string {
  return name.split(' ', 1)[0] ?? '';
}

async function queue(
  { tx, clinicId }: ClinicTransaction,
  { platform }: MailsFrom,
  to: Addressee,
  mail: WrittenMail,
): Promise<void> {
  await tx
    .insertInto('mail')
    .values({
      clinic_id: clinicId,
      kind: 'report_ready',
      to_name: to.name,
      to_email: to.email,
      subject: mail.subject,
      body_text: mail.text,
      body_html: mail.html,
      send_at: new Date(platform.clock.now()),
    })
    .execute();
}

interface Reader {
  readonly name: string;
  readonly email: string | null;
}

interface Addressee extends Reader {
  readonly email: string;
}

/** The payer of the order that the session's entitlement came from, named by the session or by its visit. */
async function buyerOf(clinic: ClinicTransaction, study: OfStudy): Promise<Addressee | null> {
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
