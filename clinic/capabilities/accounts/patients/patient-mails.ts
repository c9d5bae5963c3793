import { record } from '../../../platform/audit/record.ts';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import { passkeyAdded, patientSignInLink, type WrittenMail } from '../../../platform/mail/index.ts';
import { clinicOrigin } from '../../../platform/web/clinic-origin.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { LINK_MINUTES } from '../identity.ts';
import type { PatientKit } from './patient-kit.ts';

/** Who a mail of the patients' door is for. */
export interface MailedPatient {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

/** Queues the mail with a sign-in link; `path` leads to its page. */
export async function queuePatientLink(
  kit: PatientKit,
  context: ClinicContext,
  clinic: Clinic,
  to: MailedPatient,
  path: string,
): Promise<void> {
  const url = `${clinicOrigin(kit.platform.config.publicUrl, clinic.hosts)}${path}`;
  const mail = patientSignInLink({ ...writing(clinic), url, validMinutes: LINK_MINUTES });
  await queue(context, to, 'patient_sign_in_link', mail, 'portal.link_sent');
}

/** Tells somebody that their page opens with one more device, in case it was not they who added it. */
export async function queuePasskeyAdded(
  kit: PatientKit,
  context: ClinicContext,
  clinic: Clinic,
  to: MailedPatient,
): Promise<void> {
  const url = `${clinicOrigin(kit.platform.config.publicUrl, clinic.hosts)}/my/account`;
  const mail = passkeyAdded({ ...writing(clinic), url });
  await queue(context, to, 'passkey_added', mail, 'portal.passkey_added');
}

function writing(clinic: Clinic) {
  return { clinicName: clinic.name, clinicPhone: clinic.phone, demo: clinic.demo };
}

async function queue(
  context: ClinicContext,
  to: MailedPatient,
  kind: string,
  mail: WrittenMail,
  action: `${string}.${string}`,
): Promise<void> {
  await inClinic(context, async (clinic) => {
    await clinic.tx
      .insertInto('mail')
      .values({
        clinic_id: clinic.clinicId,
        kind,
        to_name: to.name,
        to_email: to.email,
        subject: mail.subject,
        body_text: mail.text,
        body_html: mail.html,
        confidential: true,
      })
      .execute();
    await record(clinic, { action, subject: { kind: 'user', id: to.userId } });
  });
}
