import { COLOR, leading, STYLE } from './look.ts';
import type { Paper } from './paper.ts';

export interface Column {
  readonly title: string;
  /** A share of the width that the fixed columns leave, or points. */
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

const PAD = 5.5;
const GAP = 12;

interface Place {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** A table that goes on over pages: its head is repeated, and no row is torn apart. */
export function drawTable(paper: Paper, table: Table): void {
  const places = placesOf(paper, table.columns);
  const first = table.rows[0];
  const headHeight = headHeightOf(paper, table.columns, places);
  const headingHeight = table.heading ? leading(STYLE.heading) + 6 : 0;
  paper.ensure(headingHeight + headHeight + (first ? rowHeight(paper, first, places) : 0));
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

function placesOf({ left, width }: Paper, columns: readonly Column[]): readonly Place[] {
  const fixed = columns.reduce((sum, column) => sum + (column.width === 'rest' ? 0 : column.width), 0);
  const free = columns.filter((column) => column.width === 'rest').length;
  const rest = (width - fixed - (columns.length - 1) * GAP) / Math.max(1, free);
  let x = left;
  return columns.map((column) => {
    const own = column.width === 'rest' ? rest : column.width;
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
  const amountWidth = Math.max(
    ...sums.map((sum) => paper.type.width(sum.amount, sum.strong ? STYLE.heading : STYLE.text)),
  );
  const label = { x: from, width: width - amountWidth - GAP };
  const amount = { x: paper.right - amountWidth - 1, width: amountWidth + 1, align: 'right' } as const;
  const styleOf = (sum: Sum) => (sum.strong ? STYLE.heading : STYLE.text);
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
