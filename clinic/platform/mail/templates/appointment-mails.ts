import {
  facts,
  greeting,
  paragraph,
  reachUs,
  type WritingClinic,
  type WrittenMail,
  writeMail,
} from './layout.tsx';

/** A visit as the mails tell it. The complaint has no place here: mail is read on many screens. */
export interface AppointmentMail extends WritingClinic {
  readonly givenName: string;
  /** When, one line for each zone that matters: the reader's own first, then the clinic's. */
  readonly whenLines: readonly string[];
  /** Address of the site, or how the video visit is joined. */
  readonly place: string;
  readonly withWhom: string | null;
  /** Where the visit can be moved or cancelled without an account. */
  readonly manageUrl: string;
  /** The clinic's rule about moving and cancelling. */
  readonly policyText: string | null;
}

export interface AppointmentMovedMail extends AppointmentMail {
  readonly previousWhenLines: readonly string[];
}

export interface AppointmentCancelledMail extends WritingClinic {
  readonly givenName: string;
  readonly whenLines: readonly string[];
  readonly place: string;
  readonly withWhom: string | null;
  readonly bookUrl: string;
}

const KEEP_LINK =
  'The link opens your appointment without a password. Please keep it to yourself, and do not forward this mail.';

/** The appointment stands. Goes out with the calendar invitation. */
export function appointmentBooked(mail: AppointmentMail): WrittenMail {
  return standing(mail, {
    subject: `Appointment at ${mail.clinicName}`,
    title: 'Your appointment is booked',
    opening: 'We look forward to seeing you. The attached invitation puts the time into your calendar.',
  });
}

/** The appointment has a new time. Goes out with the invitation of the next SEQUENCE. */
export function appointmentMoved(mail: AppointmentMovedMail): WrittenMail {
  return standing(mail, {
    subject: `Appointment at ${mail.clinicName}: new time`,
    title: 'Your appointment has a new time',
    opening:
      'The new time is certain, and the old one is free again. Your calendar follows the attached invitation.',
    previousWhenLines: mail.previousWhenLines,
  });
}

/** The appointment is near. */
export function appointmentReminder(mail: AppointmentMail): WrittenMail {
  return standing(mail, {
    subject: `Appointment at ${mail.clinicName}: reminder`,
    title: 'Your appointment is coming up',
    opening: 'This is a reminder, so that the day does not take you by surprise.',
  });
}

/** The appointment is off. Goes out with METHOD:CANCEL. */
export function appointmentCancelled(mail: AppointmentCancelledMail): WrittenMail {
  return writeMail({
    ...mail,
    subject: `Appointment at ${mail.clinicName}: cancelled`,
    title: 'Your appointment is cancelled',
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      ...paragraph(
        'This appointment will not take place. The attached message takes it out of your calendar.',
      ),
      facts([
        ['It was', mail.whenLines],
        ['Where', [mail.place]],
        ['With', [mail.withWhom]],
      ]),
      ...paragraph(`If this surprises you, please ${reachUs(mail)}.`),
      { kind: 'link', label: 'Book another time', url: mail.bookUrl },
    ],
  });
}

interface Standing {
  readonly subject: string;
  readonly title: string;
  readonly opening: string;
  readonly previousWhenLines?: readonly string[];
}

function standing(mail: AppointmentMail, words: Standing): WrittenMail {
  return writeMail({
    ...mail,
    subject: words.subject,
    title: words.title,
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      ...paragraph(words.opening),
      facts([
        ['When', mail.whenLines],
        ['Instead of', words.previousWhenLines ?? []],
        ['Where', [mail.place]],
        ['With', [mail.withWhom]],
      ]),
      { kind: 'link', label: 'Move or cancel', url: mail.manageUrl },
      ...paragraph(mail.policyText),
      ...paragraph(KEEP_LINK),
    ],
  });
}
