import type { DocumentContent } from '../../../platform/database/schema-of-payments.ts';
import type { Letterhead } from '../../../platform/papers/letterhead.ts';
import { COLOR, leading, STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { drawTable } from '../../../platform/papers/table.ts';
import { formatAmount, formatRate, type PaperFormat } from './format.ts';
import { type TaxedAmount, taxesByRate } from './taxes.ts';

export const PRACTICE_STAMP = 'Simulated: practice payment, no real money moved';
export const DEMO_STAMP = 'Simulated: paper of a demo clinic, no real money moved';

/** The letterhead of a clinic; `practised` when one of the payments on the paper was only practised. */
export function letterheadOf(clinic: DocumentContent['clinic'], practised: boolean): Letterhead {
  const { name, legalName, address, taxNumber, bankDetails, email, phone } = clinic;
  const stamp = practised ? PRACTICE_STAMP : clinic.demo ? DEMO_STAMP : null;
  return { name, legalName, address: address.trim(), taxNumber, bankDetails, email, phone, stamp };
}

/** The title of a paper, and what it is about. */
export function drawTitle(paper: Paper, title: string): void {
  paper.content('H1', () => {
    paper.y += paper.block(title, paper.y, { x: paper.left, width: paper.width }, STYLE.title);
  });
  paper.y += 14;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** To whom it goes, and beside that what identifies it. */
export function drawParties(
  paper: Paper,
  payer: DocumentContent['payer'],
  facts: readonly Fact[],
  payerLabel: string,
): void {
  const top = paper.y;
  const box = { x: paper.left, width: paper.width * 0.44 };
  let y = top + LABEL_DROP;
  paper.content('P', () => {
    y += paper.block(payerLabel, y, box, STYLE.label) + 2;
    y += paper.block(payer.name, y, box, STYLE.strong);
    const rest = [payer.address.trim(), payer.email].filter(Boolean).join('\n');
    if (rest) y += paper.block(rest, y, box, STYLE.text);
  });
  paper.y = Math.max(y, drawFacts(paper, facts, top)) + 20;
}

/** Lets a label stand on one line with a value, though they differ in size. */
const LABEL_DROP = (STYLE.text.size - STYLE.label.size) * 1.02;

function drawFacts(paper: Paper, facts: readonly Fact[], top: number): number {
  const labels = { x: paper.left + paper.width * 0.52, width: 84 };
  const valueX = labels.x + labels.width + 8;
  const values = { x: valueX, width: paper.right - valueX };
  let y = top;
  for (const { label, value } of facts) {
    paper.content('P', () => {
      const height = paper.block(label, y + LABEL_DROP, labels, STYLE.label);
      y += Math.max(height, paper.block(value, y, values, STYLE.text)) + 2.5;
    });
  }
  return y;
}

/** The sum that the paper is about, in a field of its own. */
export function drawBand(paper: Paper, band: { label: string; sub: string; amount: string }): void {
  const { doc, left, right, width, type } = paper;
  const amountWidth = type.width(band.amount, STYLE.sum);
  const box = { x: left + 14, width: width - amountWidth - 46 };
  const textHeight =
    paper.heightOf(band.label, box.width, STYLE.heading) +
    (band.sub ? paper.heightOf(band.sub, box.width, STYLE.small) + 1 : 0);
  const height = Math.max(textHeight, leading(STYLE.sum)) + 20;
  paper.ensure(height + 8);
  const top = paper.y;
  paper.artifact(() => {
    doc.roundedRect(left, top, width, height, 6).fillColor(COLOR.band).fill();
    doc
      .rect(left, top + 6, 2.5, height - 12)
      .fillColor(COLOR.accent)
      .fill();
  });
  paper.content('P', () => {
    const start = top + (height - textHeight) / 2;
    const used = paper.block(band.label, start, box, STYLE.heading);
    if (band.sub) paper.block(band.sub, start + used + 1, box, STYLE.small);
    const sum = { x: right - 14 - amountWidth - 1, width: amountWidth + 1, align: 'right' } as const;
    paper.block(band.amount, top + (height - leading(STYLE.sum)) / 2 + 1, sum, STYLE.sum);
  });
  paper.y = top + height + 22;
}

/** Procedure and diagnosis, where the clinic typed them. */
export function codesText(line: {
  readonly procedureCode: string | null;
  readonly diagnosisCode: string | null;
}): string {
  const procedure = line.procedureCode && `Procedure\u00a0${line.procedureCode}`;
  const diagnosis = line.diagnosisCode && `Diagnosis\u00a0${line.diagnosisCode}`;
  return [procedure, diagnosis].filter(Boolean).join(', ');
}

/** The tax of a line: its rate, or "exempt" for a named tax of nothing. */
export function taxText(
  line: { readonly taxName: string | null; readonly taxBp: number },
  format: PaperFormat,
): string {
  return line.taxName === null && line.taxBp === 0 ? 'None' : formatRate(line.taxBp, format);
}

/** Net, tax and gross of each rate. */
export function drawTaxes(
  paper: Paper,
  heading: string,
  lines: readonly TaxedAmount[],
  format: PaperFormat,
): void {
  const amount = (minor: number) => ({ text: formatAmount(minor, format) });
  drawTable(paper, {
    heading,
    columns: [
      { title: 'Tax', width: 'rest' },
      { title: 'Rate', width: 52, align: 'right' },
      { title: 'Net', width: 84, align: 'right' },
      { title: 'Tax', width: 84, align: 'right' },
      { title: 'Gross', width: 84, align: 'right' },
    ],
    rows: taxesByRate(lines).map((share) => [
      { text: share.name ?? 'No tax' },
      { text: taxText({ taxName: share.name, taxBp: share.rateBp }, format) },
      amount(share.netMinor),
      amount(share.taxMinor),
      amount(share.grossMinor),
    ]),
  });
  paper.y += 20;
}

/** Notes in small letters at the end; empty ones are left out. */
export function drawNotes(paper: Paper, notes: readonly string[]): void {
  const box = { x: paper.left, width: Math.min(paper.width, 400) };
  for (const note of notes.map((one) => one.trim()).filter(Boolean)) {
    paper.ensure(paper.heightOf(note, box.width, STYLE.small));
    paper.content('P', () => {
      paper.y += paper.block(note, paper.y, box, STYLE.small);
    });
    paper.y += 6;
  }
}
