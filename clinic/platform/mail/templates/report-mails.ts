import { greeting, paragraph, reachUs, type WritingClinic, type WrittenMail, writeMail } from './layout.tsx';

export interface ReportReadyMail extends WritingClinic {
  readonly givenName: string;
  /** The patient's own page of the report; whoever opens it signs in. */
  readonly reportUrl: string;
  /** An earlier version was signed before. */
  readonly corrected: boolean;
}

/** Tells that a report can be read. It says nothing of what is in it: mail is read over shoulders. */
export function reportReady(mail: ReportReadyMail): WrittenMail {
  const title = mail.corrected ? 'The gait report was corrected' : 'The gait report is ready';
  return writeMail({
    ...mail,
    subject: `${title}: ${mail.clinicName}`,
    title,
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      ...paragraph(
        mail.corrected
          ? 'Your clinician has signed a new version of the report on the 3D gait analysis. It takes the place of the earlier one.'
          : 'Your clinician has signed the report on the 3D gait analysis. You can read it, and see the walk again, whenever you like.',
      ),
      { kind: 'link', label: 'Read the report', url: mail.reportUrl },
      ...paragraph(
        `The page opens for the person who was measured, after signing in. If something is unclear, please ${reachUs(mail)}.`,
      ),
    ],
  });
}

export interface ReportReadyForBuyerMail extends WritingClinic {
  readonly givenName: string;
  /** Whether the person who was measured has an address, and so a mail of their own. */
  readonly patientWasTold: boolean;
  /** The buyer's own page: their order and its receipt. */
  readonly ownPageUrl: string;
}

/** Tells whoever paid for somebody else that the report is there. It leads to nothing of what is in it. */
export function reportReadyForBuyer(mail: ReportReadyForBuyerMail): WrittenMail {
  const title = 'The gait report is ready';
  return writeMail({
    ...mail,
    subject: `${title}: ${mail.clinicName}`,
    title,
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      ...paragraph('The report on the 3D gait analysis that you paid for is ready.'),
      ...paragraph(
        mail.patientWasTold
          ? 'What was measured belongs to the person who walked, so it opens for them alone. We have written to them, and they can show or send it to whomever they like.'
          : 'What was measured belongs to the person who walked, so it opens for them alone. We know no address of theirs: they can ask us for it.',
      ),
      { kind: 'link', label: 'Your order and its receipt', url: mail.ownPageUrl },
      ...paragraph(`If something is unclear, please ${reachUs(mail)}.`),
    ],
  });
}
