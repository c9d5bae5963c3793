import { SPINE } from '../web/layout/mark.tsx';
import { COLOR, leading, SHEET, STYLE } from './look.ts';
import type { Paper } from './paper.ts';
import type { Typesetter } from './typesetter.ts';

/** Whose paper it is, and what stands at the foot of each page. */
export interface Letterhead {
  readonly name: string;
  readonly legalName: string;
  readonly address: string;
  readonly taxNumber: string;
  readonly bankDetails: string;
  readonly email: string | null;
  readonly phone: string | null;
  /** A warning on every page: that a payment was only practised. */
  readonly stamp: string | null;
}

const MARK_HEIGHT = 36;
const GAP = 18;

/** Draws the mark of the pages: a plumb line and a spine beside it. */
function drawMark(doc: PDFKit.PDFDocument, x: number, y: number, height: number): void {
  doc
    .save()
    .translate(x, y)
    .scale(height / MARK_HEIGHT);
  doc.path('M6 1v30').lineWidth(2).strokeColor(COLOR.accent).stroke();
  doc.path('M2.5 31h7L6 36z').fillColor(COLOR.accent).fill();
  doc.path(SPINE).lineWidth(4.2).lineCap('round').dash(3.2, { space: 5.3 }).strokeColor(COLOR.ink).stroke();
  doc.restore();
}

/** The head of the first page; returns where the text begins. */
export function letterhead(paper: Paper, head: Letterhead): number {
  const { left, right, width, type } = paper;
  paper.artifact(() => drawMark(paper.doc, left - 2, SHEET.top, 38));
  const nameBox = { x: left + 34, width: width * 0.52 };
  const lines = type.lines(head.name, STYLE.brand, nameBox.width).length;
  const top = SHEET.top + Math.max(0, (36 - lines * leading(STYLE.brand)) / 2);
  paper.content('P', () => paper.block(head.name, top, nameBox, STYLE.brand));
  const address = [head.address, head.phone, head.email].filter(Boolean).join('\n');
  const addressBox = { x: right - 170, width: 170, align: 'right' } as const;
  let addressHeight = 0;
  paper.content('P', () => {
    addressHeight = paper.block(address, SHEET.top + 1, addressBox, STYLE.small);
  });
  const bottom = Math.max(SHEET.top + addressHeight, top + lines * leading(STYLE.brand), SHEET.top + 38);
  return head.stamp ? stampBelow(paper, head.stamp, bottom + 22) : bottom + 34;
}

function stampBelow(paper: Paper, stamp: string, y: number): number {
  const { doc, left, width } = paper;
  const textWidth = Math.min(paper.type.width(stamp, STYLE.stamp), width - 20);
  const height = paper.heightOf(stamp, textWidth + 1, STYLE.stamp) + 9;
  paper.artifact(() =>
    doc
      .roundedRect(left, y, textWidth + 20, height, 4)
      .fillColor(COLOR.warnSoft)
      .fill(),
  );
  paper.content('P', () => paper.block(stamp, y + 5, { x: left + 10, width: textWidth + 1 }, STYLE.stamp));
  return y + height + 20;
}

/** The short head of every further page; returns where the text goes on. */
export function runningHead(paper: Paper, head: Letterhead, title: string): number {
  const { left, right, width, doc, type } = paper;
  const half = width / 2 - 24;
  paper.artifact(() => {
    drawMark(doc, left - 1, SHEET.top - 8, 20);
    const name = type.lines(head.name, STYLE.brandSmall, half)[0] ?? '';
    type.set(name, left + 20, SHEET.top + 6, STYLE.brandSmall);
    const shown = type.lines(`${title}, continued`, STYLE.small, half)[0] ?? '';
    type.set(shown, right - type.width(shown, STYLE.small), SHEET.top + 6, STYLE.small);
  });
  return SHEET.top + 30;
}

interface FootColumn {
  readonly title: string;
  readonly text: string;
}

function footColumns(head: Letterhead): readonly FootColumn[] {
  const tax = head.taxNumber ? `Tax number ${head.taxNumber}` : '';
  const columns = [
    {
      title: head.legalName || head.name,
      text: [head.address.replaceAll('\n', ', '), tax].filter(Boolean).join('\n'),
    },
    { title: 'Contact', text: [head.phone, head.email].filter(Boolean).join('\n') },
    { title: 'Bank details', text: head.bankDetails },
  ];
  return columns.filter((column, index) => index === 0 || column.text !== '');
}

function footBoxes(count: number, width: number): readonly { x: number; width: number }[] {
  const each = (width - (count - 1) * GAP) / count;
  return Array.from({ length: count }, (_, index) => ({ x: index * (each + GAP), width: each }));
}

/** How high the foot of each page is, for this clinic's details. */
export function footerHeight(type: Typesetter, head: Letterhead, width: number): number {
  const columns = footColumns(head);
  const boxes = footBoxes(columns.length, width);
  const lines = columns.map(({ title, text }, index) => {
    const inner = boxes[index]?.width ?? width;
    const body = text ? type.lines(text, STYLE.foot, inner).length : 0;
    return type.lines(title, STYLE.footStrong, inner).length + body;
  });
  return 10 + (Math.max(...lines) + 1.4) * leading(STYLE.foot);
}

/** The foot of the page that is open: whose paper it is, and which page of how many. */
export function drawFooter(paper: Paper, head: Letterhead, page: string): void {
  const { doc, left, right, width, type } = paper;
  const height = footerHeight(type, head, width);
  const top = SHEET.height - SHEET.foot - height;
  const columns = footColumns(head);
  const boxes = footBoxes(columns.length, width);
  doc.markContent('Artifact', { type: 'Pagination' });
  doc.moveTo(left, top).lineTo(right, top).lineWidth(0.6).strokeColor(COLOR.lineSoft).stroke();
  columns.forEach(({ title, text }, index) => {
    const box = { x: left + (boxes[index]?.x ?? 0), width: boxes[index]?.width ?? width };
    const used = paper.block(title, top + 10, box, STYLE.footStrong);
    if (text) paper.block(text, top + 10 + used, box, STYLE.foot);
  });
  const last = SHEET.height - SHEET.foot - leading(STYLE.foot);
  if (head.stamp)
    paper.block(head.stamp, last, { x: left, width }, { ...STYLE.footStrong, color: COLOR.warn });
  paper.block(page, last, { x: left, width, align: 'right' }, STYLE.foot);
  doc.endMarkedContent();
}
