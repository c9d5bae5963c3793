import { createPaper } from '../../../platform/papers/create-paper.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { drawSums, drawTable } from '../../../platform/papers/table.ts';
import { formatAmount, formatDate, formatDay, languageOf, METHOD_NAMES, type PaperFormat } from './format.ts';
import {
  codesText,
  drawBand,
  drawNotes,
  drawParties,
  drawTaxes,
  drawTitle,
  letterheadOf,
  taxText,
} from './parts.ts';
import { type Statement, type StatementSums, sumsOf } from './statement.ts';

/** "Statement of order 1042", or of a period: what the paper and its file are called. */
export function statementTitle({ about, clinic, currency }: Statement): string {
  if (about.kind === 'order') return `Statement of order ${about.orderNumber}`;
  const format = { ...clinic, currency };
  return `Statement ${formatDate(about.from, format)} to ${formatDate(about.to, format)}`;
}

/** The itemised statement as PDF, like {@link receiptPdf}: what was charged, paid, given back, and what is left. */
export function statementPdf(statement: Statement): Promise<Buffer> {
  const { clinic, payer, issuedAt, currency } = statement;
  const format: PaperFormat = { ...clinic, currency };
  const title = statementTitle(statement);
  const paper = createPaper({
    title,
    subject: `Itemised statement for ${payer.name}`,
    language: languageOf(clinic.locale),
    issuedAt,
    head: letterheadOf(
      clinic,
      statement.payments.some((payment) => payment.method === 'practice'),
    ),
  });
  drawTitle(paper, title);
  const facts = [
    { label: 'Date', value: formatDay(issuedAt, format) },
    { label: 'Patient', value: statement.patientName },
  ];
  drawParties(
    paper,
    payer,
    facts.filter((fact) => fact.value !== ''),
    'For',
  );
  const sums = sumsOf(statement);
  drawBand(paper, bandOf(sums, formatDay(issuedAt, format), format));
  drawLines(paper, statement, format);
  drawPayments(paper, statement, format);
  drawRefunds(paper, statement, format);
  drawBalance(paper, sums, format);
  if (statement.lines.length > 0)
    drawTaxes(paper, 'Tax contained in what was charged', statement.lines, format);
  drawNotes(paper, [clinic.note, clinic.refundTerms]);
  return paper.finish();
}

function bandOf({ balanceMinor }: StatementSums, day: string, format: PaperFormat) {
  const label = balanceMinor > 0 ? 'To pay' : balanceMinor < 0 ? 'In your favour' : 'Settled';
  return { label, sub: `Balance on ${day}`, amount: formatAmount(Math.abs(balanceMinor), format) };
}

function drawLines(paper: Paper, { lines, about }: Statement, format: PaperFormat): void {
  const ofPeriod = about.kind === 'period';
  drawTable(paper, {
    heading: 'Visits and services',
    columns: [
      { title: 'Date', width: 58 },
      ...(ofPeriod ? [{ title: 'Order', width: 32 }] : []),
      { title: 'Description', width: 'rest' },
      { title: 'Quantity', width: 36, align: 'right' },
      { title: 'Unit', width: 50, align: 'right' },
      { title: 'Tax', width: 32, align: 'right' },
      { title: 'Amount', width: 60, align: 'right' },
    ],
    rows: lines.map((line) => [
      { text: formatDate(line.date, format) },
      ...(ofPeriod ? [{ text: line.orderNumber }] : []),
      { text: line.description, sub: codesText(line) },
      { text: `${line.quantity}` },
      { text: formatAmount(line.unitMinor, format) },
      { text: taxText(line, format) },
      { text: formatAmount(line.amountMinor, format) },
    ]),
  });
  paper.y += 20;
}

function drawPayments(paper: Paper, { payments }: Statement, format: PaperFormat): void {
  if (payments.length === 0) return;
  drawTable(paper, {
    heading: 'Payments',
    columns: [
      { title: 'Date', width: 58 },
      { title: 'Method', width: 'rest' },
      { title: 'Receipt', width: 84 },
      { title: 'Amount', width: 60, align: 'right' },
    ],
    rows: payments.map((payment) => [
      { text: formatDate(payment.date, format) },
      {
        text: METHOD_NAMES[payment.method],
        sub: payment.reference ? `Reference ${payment.reference}` : '',
      },
      { text: payment.receiptNumber ?? 'None yet' },
      { text: formatAmount(payment.amountMinor, format) },
    ]),
  });
  paper.y += 20;
}

function drawRefunds(paper: Paper, { refunds }: Statement, format: PaperFormat): void {
  if (refunds.length === 0) return;
  drawTable(paper, {
    heading: 'Given back',
    columns: [
      { title: 'Date', width: 58 },
      { title: 'Reason', width: 'rest' },
      { title: 'Credit note', width: 84 },
      { title: 'Amount', width: 60, align: 'right' },
    ],
    rows: refunds.map((refund) => [
      { text: formatDate(refund.date, format) },
      { text: refund.reason, sub: METHOD_NAMES[refund.method] },
      { text: refund.creditNoteNumber ?? 'None yet' },
      { text: formatAmount(refund.amountMinor, format) },
    ]),
  });
  paper.y += 20;
}

function drawBalance(paper: Paper, sums: StatementSums, format: PaperFormat): void {
  const amount = (minor: number) => formatAmount(minor, format);
  const { chargedMinor, takenBackMinor, paidMinor, refundedMinor, balanceMinor } = sums;
  drawSums(paper, [
    { label: 'Charged, tax included', amount: amount(chargedMinor) },
    ...(takenBackMinor > 0 ? [{ label: 'Cancelled or credited', amount: amount(-takenBackMinor) }] : []),
    { label: 'Paid', amount: amount(-paidMinor) },
    ...(refundedMinor > 0 ? [{ label: 'Given back', amount: amount(refundedMinor) }] : []),
    {
      label: balanceMinor < 0 ? 'Balance in your favour' : 'Balance to pay',
      amount: amount(Math.abs(balanceMinor)),
      strong: true,
    },
  ]);
  paper.y += 20;
}
