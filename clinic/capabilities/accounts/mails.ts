import { record } from '../../platform/audit/record.ts';
import { type ClinicContext, type ClinicTransaction, inClinic } from '../../platform/database/in-clinic.ts';
import { signInLink, staffInvitation, type WrittenMail } from '../../platform/mail/index.ts';
import { clinicOrigin as originOf } from '../../platform/web/clinic-origin.ts';
import type { Clinic } from '../../platform/web/clinics.ts';
import type { Platform } from '../../platform/web/server.ts';
import { LINK_MINUTES } from './identity.ts';
import { ROLE_NAMES, type StaffMember } from './staff-member.ts';

export const INVITATION_DAYS = 7;

/** What the request for a sign-in link hands through better-auth to the one who writes the mail. */
export interface LinkRequest extends Record<string, unknown> {
  readonly context: ClinicContext;
  readonly clinic: Clinic;
  readonly member: StaffMember;
  readonly next: string;
}

/** Writes the mail with a sign-in link, and an event that says that one was asked for. */
export async function queueSignInLink(
  platform: Platform,
  token: string,
  metadata: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { context, clinic, member, next } = metadata as unknown as LinkRequest;
  const origin = await clinicOrigin(platform, clinic.id);
  const mail = signInLink({
    ...writing(clinic),
    url: `${origin}/sign-in/link?${new URLSearchParams({ token, next })}`,
    validMinutes: LINK_MINUTES,
  });
  await inClinic(context, async (tx) => {
    await queue(tx, 'sign_in_link', member.name, member.email, mail);
    await record(tx, { action: 'session.link_sent', subject: { kind: 'user', id: member.userId } });
  });
}

/** Writes the mail that invites somebody to the staff. */
export async function queueInvitation(
  clinicTx: ClinicTransaction,
  clinic: Clinic,
  invitation: { name: string; email: string; role: StaffMember['role']; inviterName: string; url: string },
): Promise<void> {
  const mail = staffInvitation({
    ...writing(clinic),
    givenName: invitation.name.split(' ', 1)[0] ?? '',
    inviterName: invitation.inviterName,
    roleName: ROLE_NAMES[invitation.role].toLowerCase(),
    url: invitation.url,
    validDays: INVITATION_DAYS,
  });
  await queue(clinicTx, 'staff_invitation', invitation.name, invitation.email, mail);
}

/** Where this clinic is reached, also for somebody who has no page of it open. */
export async function clinicOrigin(platform: Platform, clinicId: string): Promise<string> {
  const rows = await platform.db
    .selectFrom('clinic_host')
    .select('host')
    .where('clinic_id', '=', clinicId)
    .execute();
  const hosts = rows.map((row) => row.host);
  return originOf(platform.config.publicUrl, hosts);
}

function writing(clinic: Clinic) {
  return { clinicName: clinic.name, clinicPhone: clinic.phone, demo: clinic.demo };
}

async function queue(
  { tx, clinicId }: ClinicTransaction,
  kind: string,
  name: string,
  email: string,
  mail: WrittenMail,
): Promise<void> {
  await tx
    .insertInto('mail')
    .values({
      clinic_id: clinicId,
      kind,
      to_name: name,
      to_email: email,
      subject: mail.subject,
      body_text: mail.text,
      body_html: mail.html,
      confidential: true,
    })
    .execute();
}
