import type { DocumentContent } from '../../../platform/database/schema-of-payments.ts';
import { createPaper } from '../../../platform/papers/create-paper.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { drawSums, drawTable, type Sum } from '../../../platform/papers/table.ts';
import { formatAmount, formatDay, languageOf, METHOD_NAMES, type PaperFormat } from './format.ts';
import {
  codesText,
  drawBand,
  drawNotes,
  drawParties,
  drawTaxes,
  drawTitle,
  type Fact,
  letterheadOf,
  taxText,
} from './parts.ts';

/** A receipt or a credit note as it was issued. */
export interface IssuedPaper {
  readonly kind: 'receipt' | 'credit_note';
  readonly number: string;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  readonly content: DocumentContent;
  /** Printed again, and marked as such. */
  readonly copy?: boolean;
}

/** "Receipt R-2026-00418": what the paper, its file and the links to it are called. */
export function paperTitle({ kind, number }: Pick<IssuedPaper, 'kind' | 'number'>): string {
  return `${kind === 'receipt' ? 'Receipt' : 'Credit note'} ${number}`;
}

/**
 * The receipt or credit note as PDF: A4, tagged, with selectable text and its letters embedded. The same paper is
 * the same bytes, whenever it is made.
 */
export function receiptPdf(issued: IssuedPaper): Promise<Buffer> {
  const { kind, content, issuedAt } = issued;
  const format: PaperFormat = { ...content.clinic, currency: content.currency };
  const title = paperTitle(issued);
  const paper = createPaper({
    title,
    subject: `Order ${content.orderNumber}`,
    language: languageOf(content.clinic.locale),
    issuedAt,
    head: letterheadOf(content.clinic, content.method === 'practice'),
  });
  drawTitle(paper, issued.copy ? `${title} (copy)` : title);
  const payerLabel = kind === 'receipt' ? 'Received from' : 'Given back to';
  drawParties(paper, content.payer, factsOf(issued, format), payerLabel);
  drawBand(paper, bandOf(issued, format));
  if (kind === 'receipt') drawReceipt(paper, content, format);
  else drawCredit(paper, content, format);
  const { note, refundTerms } = content.clinic;
  drawNotes(paper, kind === 'receipt' ? [note, refundTerms] : [note]);
  return paper.finish();
}

function factsOf({ kind, issuedAt, content }: IssuedPaper, format: PaperFormat): readonly Fact[] {
  const facts = [
    { label: 'Date', value: formatDay(issuedAt, format) },
    { label: 'For receipt', value: content.creditOf ?? '' },
    { label: 'Order', value: content.orderNumber },
    { label: 'Patient', value: content.patientName },
    { label: kind === 'receipt' ? 'Paid by' : 'Given back by', value: METHOD_NAMES[content.method] },
    { label: 'Reference', value: content.reference ?? '' },
    { label: 'Reason', value: content.reason ?? '' },
  ];
  return facts.filter((fact) => fact.value !== '');
}

function bandOf({ kind, issuedAt, content }: IssuedPaper, format: PaperFormat) {
  const method = METHOD_NAMES[content.method].toLowerCase().replace('stripe', 'Stripe');
  return {
    label: kind === 'receipt' ? 'Paid with this receipt' : 'Given back with this credit note',
    sub: `${formatDay(issuedAt, format)}, ${method}`,
    amount: formatAmount(content.amountMinor, format),
  };
}

function drawReceipt(paper: Paper, content: DocumentContent, format: PaperFormat): void {
  const amount = (minor: number) => formatAmount(minor, format);
  drawTable(paper, {
    columns: [
      { title: 'Description', width: 'rest' },
      { title: 'Quantity', width: 44, align: 'right' },
      { title: 'Unit', width: 70, align: 'right' },
      { title: 'Tax included', width: 52, align: 'right' },
      { title: 'Amount', width: 80, align: 'right' },
    ],
    rows: content.lines.map((line) => [
      { text: line.description, sub: codesText(line) },
      { text: `${line.quantity}` },
      { text: amount(line.unitMinor) },
      { text: taxText(line, format) },
      { text: amount(line.amountMinor) },
    ]),
  });
  paper.y += 6;
  drawSums(paper, receiptSums(content, amount));
  paper.y += 20;
  drawTaxes(paper, 'Tax contained in the order', content.lines, format);
}

function receiptSums(content: DocumentContent, amount: (minor: number) => string): readonly Sum[] {
  const { totalMinor, amountMinor, paidMinor, refundedMinor } = content;
  const earlier = paidMinor - amountMinor;
  const left = refundedMinor > 0 ? 0 : Math.max(0, totalMinor - paidMinor);
  return [
    { label: 'Total of the order, tax included', amount: amount(totalMinor), strong: true },
    ...(earlier > 0 ? [{ label: 'Paid before', amount: amount(earlier) }] : []),
    { label: 'Paid with this receipt', amount: amount(amountMinor) },
    ...(refundedMinor > 0 ? [{ label: 'Given back before', amount: amount(-refundedMinor) }] : []),
    { label: left > 0 ? 'Still to pay' : 'Nothing left to pay', amount: amount(left), strong: true },
  ];
}

function drawCredit(paper: Paper, content: DocumentContent, format: PaperFormat): void {
  const amount = (minor: number) => formatAmount(minor, format);
  const credited = content.lines.flatMap((line, index) => {
    const share = content.credited?.[index];
    return share && share.amountMinor > 0 ? [{ ...line, ...share }] : [];
  });
  // Money that was never charged, such as the deposit of an order that did not come about, falls on no line.
  if (credited.length > 0) {
    drawTable(paper, {
      columns: [
        { title: 'Given back for', width: 'rest' },
        { title: 'Tax included', width: 52, align: 'right' },
        { title: 'Net', width: 76, align: 'right' },
        { title: 'Tax', width: 70, align: 'right' },
        { title: 'Amount', width: 80, align: 'right' },
      ],
      rows: credited.map((line) => [
        { text: line.description, sub: codesText(line) },
        { text: taxText(line, format) },
        { text: amount(line.amountMinor - line.taxMinor) },
        { text: amount(line.taxMinor) },
        { text: amount(line.amountMinor) },
      ]),
    });
    paper.y += 6;
  }
  drawSums(paper, [
    { label: 'Given back with this credit note', amount: amount(content.amountMinor), strong: true },
    { label: 'Total of the order', amount: amount(content.totalMinor) },
    { label: 'Paid so far', amount: amount(content.paidMinor) },
    { label: 'Given back so far, this included', amount: amount(content.refundedMinor) },
  ]);
  paper.y += 20;
  if (credited.length > 0) drawTaxes(paper, 'Tax contained in what is given back', credited, format);
}
