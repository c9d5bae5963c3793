import { COLOR, leading, STYLE } from './look.ts';
import type { Paper } from './paper.ts';

export interface Column {
  readonly title: string;
  /** Points, or what the other columns leave. A column of figures grows rather than to break one. */
  readonly width: number | 'rest';
  readonly align?: 'left' | 'right';
}

/** What stands in a field of a table; `sub` in smaller letters below. */
export interface Cell {
  readonly text: string;
  readonly sub?: string;
}

export interface Table {
  readonly heading?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

const PAD = 4.5;
/** A table of so few rows is not divided between pages. */
const KEPT_WHOLE = 5;
const GAP = 10;

interface Place {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** A table that goes on over pages: its head is repeated, and no row is torn apart. */
export function drawTable(paper: Paper, table: Table): void {
  const places = placesOf(paper, table);
  const kept = table.rows.length <= KEPT_WHOLE ? table.rows : table.rows.slice(0, 1);
  const headHeight = headHeightOf(paper, table.columns, places);
  const headingHeight = table.heading ? leading(STYLE.heading) + 6 : 0;
  const keptHeight = kept.reduce((sum, row) => sum + rowHeight(paper, row, places), 0);
  paper.ensure(headingHeight + headHeight + keptHeight);
  if (table.heading) drawHeading(paper, table.heading);
  const element = paper.element('Table');
  const head = paper.element('TR', element);
  drawHead(paper, table.columns, places, headHeight, (draw) => paper.content('TH of Column', draw, head));
  for (const row of table.rows) {
    const height = rowHeight(paper, row, places);
    // Heard once is enough: the repeated head is there for the eye.
    if (paper.ensure(height))
      drawHead(paper, table.columns, places, headHeight, (draw) => paper.artifact(draw));
    drawRow(paper, row, places, height, paper.element('TR', element));
  }
}

/** A heading above what follows it on the page. */
export function drawHeading(paper: Paper, heading: string): void {
  paper.content('H2', () =>
    paper.block(heading, paper.y, { x: paper.left, width: paper.width }, STYLE.heading),
  );
  paper.y += leading(STYLE.heading) + 6;
}

function placesOf({ left, width, type }: Paper, { columns, rows }: Table): readonly Place[] {
  const widths = columns.map((column, index) => {
    if (column.width === 'rest' || column.align !== 'right') return column.width;
    const figures = rows.map((row) => type.width(row[index]?.text ?? '', STYLE.text));
    return Math.max(column.width, ...figures.map((figure) => figure + 0.5));
  });
  const fixed = widths.reduce<number>((sum, own) => sum + (own === 'rest' ? 0 : own), 0);
  const rest = width - fixed - (columns.length - 1) * GAP;
  let x = left;
  return columns.map((column, index) => {
    const asked = widths[index] ?? 0;
    const own = asked === 'rest' ? rest : asked;
    const place = { x, width: own, align: column.align ?? 'left' };
    x += own + GAP;
    return place;
  });
}

function headHeightOf(paper: Paper, columns: readonly Column[], places: readonly Place[]): number {
  const heights = columns.map(({ title }, index) =>
    paper.heightOf(title, places[index]?.width ?? 0, STYLE.label),
  );
  return Math.max(...heights) + PAD;
}

function drawHead(
  paper: Paper,
  columns: readonly Column[],
  places: readonly Place[],
  height: number,
  mark: (draw: () => void) => void,
): void {
  const top = paper.y;
  columns.forEach(({ title }, index) => {
    const place = places[index];
    if (!place) return;
    const own = paper.heightOf(title, place.width, STYLE.label);
    mark(() => paper.block(title, top + height - PAD - own, place, STYLE.label));
  });
  drawRule(paper, top + height, COLOR.ink, 0.9);
  paper.y = top + height;
}

function rowHeight(paper: Paper, row: readonly Cell[], places: readonly Place[]): number {
  const heights = row.map(({ text, sub }, index) => {
    const width = places[index]?.width ?? 0;
    return paper.heightOf(text, width, STYLE.text) + (sub ? paper.heightOf(sub, width, STYLE.sub) : 0);
  });
  return Math.max(...heights) + 2 * PAD;
}

function drawRow(
  paper: Paper,
  row: readonly Cell[],
  places: readonly Place[],
  height: number,
  element: PDFKit.PDFStructureElement,
): void {
  const top = paper.y;
  row.forEach(({ text, sub }, index) => {
    const place = places[index];
    if (!place) return;
    paper.content(
      'TD',
      () => {
        const used = paper.block(text, top + PAD, place, STYLE.text);
        if (sub) paper.block(sub, top + PAD + used, place, STYLE.sub);
      },
      element,
    );
  });
  drawRule(paper, top + height, COLOR.lineSoft, 0.6);
  paper.y = top + height;
}

/** A line across the page. */
export function drawRule(paper: Paper, y: number, color: string, width: number, from = paper.left): void {
  paper.artifact(() =>
    paper.doc.moveTo(from, y).lineTo(paper.right, y).lineWidth(width).strokeColor(color).stroke(),
  );
}

export interface Sum {
  readonly label: string;
  readonly amount: string;
  /** The line that matters. */
  readonly strong?: boolean;
}

/** Sums at the right edge, below the amounts that they add up. They stay together on one page. */
export function drawSums(paper: Paper, sums: readonly Sum[]): void {
  const width = 232;
  const from = paper.right - width;
  const styleOf = (sum: Sum) => (sum.strong ? STYLE.total : STYLE.text);
  const amountWidth = Math.max(...sums.map((sum) => paper.type.width(sum.amount, styleOf(sum))));
  const label = { x: from, width: width - amountWidth - GAP };
  const amount = { x: paper.right - amountWidth - 1, width: amountWidth + 1, align: 'right' } as const;
  const heights = sums.map((sum) => paper.heightOf(sum.label, label.width, styleOf(sum)) + 6);
  paper.ensure(heights.reduce((total, height) => total + height, 0));
  const table = paper.element('Table');
  sums.forEach((sum, index) => {
    const row = paper.element('TR', table);
    const top = paper.y;
    if (sum.strong && index > 0) drawRule(paper, top, COLOR.ink, 0.9, from);
    paper.content('TH of Row', () => paper.block(sum.label, top + 4, label, styleOf(sum)), row);
    paper.content('TD', () => paper.block(sum.amount, top + 4, amount, styleOf(sum)), row);
    paper.y = top + (heights[index] ?? 0) + (sum.strong ? 2 : 0);
  });
}
