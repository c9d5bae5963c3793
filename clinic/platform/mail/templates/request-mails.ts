import {
  facts,
  greeting,
  paragraph,
  reachUs,
  type WritingClinic,
  type WrittenMail,
  writeMail,
} from './layout.tsx';

export interface RequestReceivedMail extends WritingClinic {
  readonly givenName: string;
  /** The times that the person asked for, as they were written. */
  readonly preferredLines: readonly string[];
  /** When an answer can be expected, such as "by Wednesday at noon". */
  readonly answerExpected?: string | null | undefined;
}

export interface RequestDeclinedMail extends WritingClinic {
  readonly givenName: string;
  /** What the desk adds in its own words, if anything. */
  readonly answer?: string | null | undefined;
  readonly bookUrl: string;
}

export interface RequestProposalMail extends WritingClinic {
  readonly givenName: string;
  /** The proposed time, one line for each zone that matters: the reader's own first, then the clinic's. */
  readonly whenLines: readonly string[];
  readonly place: string;
  readonly withWhom: string | null;
  readonly acceptUrl: string;
  /** Until when the time is kept free, if it is. */
  readonly keptUntil?: string | null | undefined;
}

/** The request is with the desk. */
export function requestReceived(mail: RequestReceivedMail): WrittenMail {
  const answer = mail.answerExpected ? ` You can expect an answer ${mail.answerExpected}.` : '';
  return writeMail({
    ...mail,
    subject: `Appointment at ${mail.clinicName}: request received`,
    title: 'We have your request',
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      ...paragraph(`Somebody at the desk will look for a time and write to you.${answer}`),
      facts([['Times that suit you', mail.preferredLines]]),
      ...paragraph(
        `Nothing is booked yet. If it cannot wait, please ${reachUs(mail)}. In an emergency, call your local emergency number.`,
      ),
    ],
  });
}

/** No time came out of the request. */
export function requestDeclined(mail: RequestDeclinedMail): WrittenMail {
  return writeMail({
    ...mail,
    subject: `Appointment at ${mail.clinicName}: your request`,
    title: 'We could not find a time',
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      ...paragraph(mail.answer || null),
      ...paragraph(
        `We are sorry: your request has not led to an appointment. You can choose a time yourself, or ${reachUs(mail)}, and we will look together.`,
      ),
      { kind: 'link', label: 'See the free times', url: mail.bookUrl },
    ],
  });
}

/** A time is offered, and the person says yes or not. */
export function requestProposal(mail: RequestProposalMail): WrittenMail {
  return writeMail({
    ...mail,
    subject: `Appointment at ${mail.clinicName}: a time for you`,
    title: 'We have found a time for you',
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      ...paragraph('Would this time suit you?'),
      facts([
        ['When', mail.whenLines],
        ['Where', [mail.place]],
        ['With', [mail.withWhom]],
      ]),
      { kind: 'link', label: 'Answer', url: mail.acceptUrl },
      ...paragraph(mail.keptUntil ? `We keep it free for you until ${mail.keptUntil}.` : null),
      ...paragraph(
        `Nothing is booked until you say yes. If no such time suits you, please ${reachUs(mail)}.`,
      ),
    ],
  });
}
