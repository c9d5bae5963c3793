import { greeting, paragraph, type WritingClinic, type WrittenMail, writeMail } from './layout.tsx';

export interface SignInLinkMail extends WritingClinic {
  readonly url: string;
  readonly validMinutes: number;
}

export interface PasskeyAddedMail extends WritingClinic {
  /** Where passkeys are removed. */
  readonly url: string;
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

/** A patient's link to their own page. It says nothing about visits: mailboxes are shared. */
export function patientSignInLink(mail: SignInLinkMail): WrittenMail {
  return writeMail({
    ...mail,
    subject: `Your page at ${mail.clinicName}`,
    title: 'Your link to your page',
    blocks: [
      ...paragraph(`The link opens your page once, for ${counted(mail.validMinutes, 'minute')}.`),
      { kind: 'link', label: 'Open my page', url: mail.url },
      ...paragraph(
        'If you did not ask for it, leave it unused: without this mail nobody can open your page.',
      ),
    ],
  });
}

/** Tells a patient about a new passkey, in case somebody else added it. */
export function passkeyAdded(mail: PasskeyAddedMail): WrittenMail {
  return writeMail({
    ...mail,
    subject: `A new passkey for your page at ${mail.clinicName}`,
    title: 'A passkey was added',
    blocks: [
      ...paragraph('Your page can now also be opened with one more passkey.'),
      ...paragraph('If it was you, there is nothing to do. If not, remove it and sign out on every device.'),
      { kind: 'link', label: 'See my passkeys', url: mail.url },
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
