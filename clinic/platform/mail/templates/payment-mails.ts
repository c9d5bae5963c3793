import {
  facts,
  greeting,
  paragraph,
  reachUs,
  type WritingClinic,
  type WrittenMail,
  writeMail,
} from './layout.tsx';

/** What every mail about money says. Amounts are written out, with their currency. */
interface MoneyMail extends WritingClinic {
  readonly givenName: string;
  readonly orderNumber: string;
  /** The order's own page. */
  readonly orderUrl: string;
  /** No real money moved. */
  readonly practice: boolean;
}

export interface PaymentReceivedMail extends MoneyMail {
  readonly amount: string;
  readonly receiptNumber: string;
  readonly lines: readonly string[];
  /** What the buyer should do next, such as booking what was bought; null when nothing is left to do. */
  readonly next: string | null;
}

export interface RefundMadeMail extends MoneyMail {
  readonly amount: string;
  readonly creditNoteNumber: string;
}

export interface TimeGoneMail extends MoneyMail {
  readonly chooseBy: string;
}

export interface PayLinkMail extends MoneyMail {
  readonly amount: string;
  readonly lines: readonly string[];
}

const PRACTICE = 'This was the practice checkout: no real money moved.';

/** The money is there. */
export function paymentReceived(mail: PaymentReceivedMail): WrittenMail {
  return writeMail({
    ...mail,
    subject: `Receipt ${mail.receiptNumber} from ${mail.clinicName}`,
    title: 'Your payment has arrived',
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      ...paragraph(mail.practice ? PRACTICE : null),
      facts([
        ['Paid', [mail.amount]],
        ['For', mail.lines],
        ['Receipt', [mail.receiptNumber]],
        ['Order', [mail.orderNumber]],
      ]),
      ...paragraph(mail.next),
      { kind: 'link', label: 'Open the order and its receipt', url: mail.orderUrl },
    ],
  });
}

/** Money has gone back. */
export function refundMade(mail: RefundMadeMail): WrittenMail {
  return writeMail({
    ...mail,
    subject: `Refund from ${mail.clinicName}: ${mail.creditNoteNumber}`,
    title: 'We have sent money back to you',
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      ...paragraph(mail.practice ? PRACTICE : null),
      facts([
        ['Given back', [mail.amount]],
        ['Credit note', [mail.creditNoteNumber]],
        ['Order', [mail.orderNumber]],
      ]),
      ...paragraph('It goes the way that you paid. With a card it can take a few working days to be seen.'),
      { kind: 'link', label: 'Open the order', url: mail.orderUrl },
    ],
  });
}

/** The payment came when the time had gone to somebody else. */
export function timeGone(mail: TimeGoneMail): WrittenMail {
  return writeMail({
    ...mail,
    subject: `Please choose another time at ${mail.clinicName}`,
    title: 'Your payment is here, but the time had gone',
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      ...paragraph(
        'Your payment arrived after the time was no longer kept, and somebody else has taken it. We are sorry. You can choose another time, or have everything back.',
      ),
      { kind: 'link', label: 'Choose another time, or your money back', url: mail.orderUrl },
      ...paragraph(`If we do not hear from you by ${mail.chooseBy}, we send the money back.`),
    ],
  });
}

/** Something is to be paid, and here is where. */
export function payLink(mail: PayLinkMail): WrittenMail {
  return writeMail({
    ...mail,
    subject: `To pay at ${mail.clinicName}: order ${mail.orderNumber}`,
    title: 'Something is to be paid',
    blocks: [
      ...paragraph(greeting(mail.givenName)),
      facts([
        ['To pay', [mail.amount]],
        ['For', mail.lines],
      ]),
      { kind: 'link', label: 'See the order and pay', url: mail.orderUrl },
      ...paragraph(`You can also pay at the desk. If something is not right, please ${reachUs(mail)}.`),
    ],
  });
}
