import { greeting, paragraph, type WritingClinic, type WrittenMail, writeMail } from './layout.tsx';

export interface SignInLinkMail extends WritingClinic {
  readonly url: string;
  readonly validMinutes: number;
}

export interface StaffInvitationMail extends WritingClinic {
  readonly givenName: string;
  readonly inviterName: string;
  /** The role in words: "clinician", "front desk", "owner". */
  readonly roleName: string;
  readonly url: string;
  readonly validDays: number;
}

/** A link to sign in with, once. The mail is as good as a password while it holds. */
export function signInLink(mail: SignInLinkMail): WrittenMail {
  return writeMail({
    ...mail,
    subject: `Sign in to ${mail.clinicName}`,
    title: 'Your link to sign in',
    blocks: [
      ...paragraph(`The link works once, for ${counted(mail.validMinutes, 'minute')}.`),
      { kind: 'link', label: 'Sign in', url: mail.url },
      ...paragraph(
        'If you did not ask for it, leave it unused: without this mail nobody can sign in with it.',
      ),
    ],
  });
}

/** An account on the staff of a clinic. */
export function staffInvitation(mail: StaffInvitationMail): WrittenMail {
  return writeMail({
    ...mail,
    subject: `Your account at ${mail.clinicName}`,
    title: `Welcome to ${mail.clinicName}`,
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      ...paragraph(
        `${mail.inviterName} invites you to the staff of ${mail.clinicName}, as ${mail.roleName}.`,
      ),
      { kind: 'link', label: 'Set up your account', url: mail.url },
      ...paragraph(`The link works once, for ${counted(mail.validDays, 'day')}.`),
    ],
  });
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
