import { SIDES } from '@rectus/gait';
import { COLOR, STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { decimal } from '../report/numbers.ts';
import { bandPath, curvePath, frameOf, PLOT, type PlotFrame, xOf, yOf } from '../report/plots/frame.ts';
import type { CurveView, SideCurve, WalkView } from '../report/walk-view.ts';
import { SIDE_COLOR } from './parts.ts';

const GAP = 12;
/** Two lines above each plot: its name, and what is up in which unit. */
const HEAD = 22;
const AFTER = 8;
export const NORM_COLOR = '#dcdad7';
/** How much of a side's colour its error band has. */
export const ERROR_OPACITY = 0.14;
const LEAST_SPAN = { deg: 20, 'Nm/kg': 0.8, 'W/kg': 1.5, 'body weight': 0.4 } as const;
const UNITS = { deg: 'degrees', 'Nm/kg': 'Nm/kg', 'W/kg': 'W/kg', 'body weight': '× body weight' } as const;

/** Curves three in a row: norm, error and stride bands, left solid, right dashed, foot off as ticks. */
export function drawCurves(paper: Paper, walk: WalkView, curves: readonly CurveView[]): void {
  const width = (paper.width - 2 * GAP) / 3;
  const height = rowHeight(paper);
  for (let first = 0; first < curves.length; first += 3) {
    paper.ensure(height);
    for (const [column, curve] of curves.slice(first, first + 3).entries())
      drawCurve(paper, walk, curve, paper.left + column * (width + GAP), width);
    paper.y += height;
  }
}

/** The room that a row of curves takes, in points. */
export function rowHeight(paper: Paper): number {
  return (((paper.width - 2 * GAP) / 3) * PLOT.height) / PLOT.width + HEAD + AFTER;
}

function drawCurve(paper: Paper, walk: WalkView, curve: CurveView, x: number, width: number): void {
  const { doc } = paper;
  const { frame, ticks } = frameOf(valuesOf(curve), LEAST_SPAN[curve.unit]);
  const scale = width / PLOT.width;
  paper.content('P', () => {
    const box = { x, width };
    paper.block(fitted(paper, curve.name, width), paper.y, box, STYLE.label);
    const up = curve.positive === 'up' ? 'up' : `${curve.positive} up`;
    const axis = `${up}, ${UNITS[curve.unit]}`;
    paper.block(fitted(paper, axis, width), paper.y + 10, box, STYLE.foot);
  });
  const top = paper.y + HEAD;
  paper.artifact(() => {
    doc.save().translate(x, top).scale(scale);
    drawGrid(doc, frame, ticks);
    drawBands(doc, frame, curve);
    for (const side of SIDES) {
      const own = curve[side];
      if (!own) continue;
      drawStrides(doc, frame, own, SIDE_COLOR[side]);
      if (side === 'right') doc.dash(9, { space: 4 });
      line(doc, curvePath(frame, own.mean), SIDE_COLOR[side], 2.6);
      doc.undash();
      const off = walk.footOffPercent[side];
      const bottom = frame.top + frame.height;
      if (off !== null) line(doc, `M${xOf(frame, off)} ${bottom}v8`, SIDE_COLOR[side], 2.6);
    }
    doc.restore();
    const place = (value: string, at: number, y: number, align: 'left' | 'right', room = 34) =>
      paper.block(value, top + y * scale - 4.5, { x: x + at * scale, width: room, align }, STYLE.foot);
    const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
    // Every other tick has its number, zero always.
    for (const tick of ticks.filter((one) => ticks.length < 5 || Math.round(one / step) % 2 === 0))
      place(decimal(tick, tick % 1 === 0 ? 0 : 1), frame.left - 6 - 34 / scale, yOf(frame, tick), 'right');
    const below = frame.top + frame.height + 24;
    place('0', frame.left - 5, below, 'left');
    place('50', xOf(frame, 50) - 10, below, 'left');
    place('100 %', xOf(frame, 100) - 40, below, 'left');
    for (const { side, y } of endsOf(curve, frame))
      place(side === 'left' ? 'L' : 'R', frame.left + frame.width + 5, y, 'left', 12);
  });
}

function drawGrid(doc: PDFKit.PDFDocument, frame: PlotFrame, ticks: readonly number[]): void {
  for (const tick of ticks)
    line(
      doc,
      `M${frame.left} ${yOf(frame, tick)}H${frame.left + frame.width}`,
      COLOR.lineSoft,
      tick === 0 ? 1.8 : 0.8,
    );
}

/** Grey under everything is the norm; a tint of a side's colour is the error between sessions. */
function drawBands(doc: PDFKit.PDFDocument, frame: PlotFrame, { norm, errorDeg, ...sides }: CurveView): void {
  if (norm) {
    fill(doc, bandPath(frame, norm.lower, norm.upper), NORM_COLOR, 1);
    doc.dash(2, { space: 3 });
    line(doc, curvePath(frame, norm.mean), COLOR.ink3, 0.8);
    doc.undash();
  }
  if (errorDeg === null) return;
  for (const side of SIDES) {
    const mean = sides[side]?.mean;
    if (!mean) continue;
    const about = (by: number) => mean.map((value) => value + by);
    fill(doc, bandPath(frame, about(-errorDeg), about(errorDeg)), SIDE_COLOR[side], ERROR_OPACITY);
  }
}

/** The edges of the strides' spread as dots, and the strides unlike the others thin. */
function drawStrides(doc: PDFKit.PDFDocument, frame: PlotFrame, own: SideCurve, color: string): void {
  for (const cycle of own.outliers) line(doc, curvePath(frame, cycle), color, 0.5);
  if (!own.strides) return;
  doc.dash(1.5, { space: 2.5 });
  line(doc, curvePath(frame, own.strides.lower), color, 0.9);
  line(doc, curvePath(frame, own.strides.upper), color, 0.9);
  doc.undash();
}

/** Where the lines end, apart enough for a letter each. */
function endsOf(curve: CurveView, frame: PlotFrame) {
  const ends = SIDES.flatMap((side) => {
    const value = curve[side]?.mean.at(-1);
    return value !== undefined && Number.isFinite(value) ? [{ side, y: yOf(frame, value) }] : [];
  }).toSorted((a, b) => a.y - b.y);
  const [upper, lower] = ends;
  const push = upper && lower ? Math.max(0, 17 - (lower.y - upper.y)) / 2 : 0;
  return ends.map((one) => ({ side: one.side, y: one.y + (one === upper ? -push : push) }));
}

function valuesOf(curve: CurveView): number[] {
  const error = curve.errorDeg ?? 0;
  return [
    ...(curve.norm?.lower ?? []),
    ...(curve.norm?.upper ?? []),
    ...SIDES.flatMap((side) => curve[side]?.mean.flatMap((value) => [value - error, value + error]) ?? []),
    ...SIDES.flatMap((side) => curve[side]?.outliers.flat() ?? []),
    ...SIDES.flatMap((side) => [
      ...(curve[side]?.strides?.lower ?? []),
      ...(curve[side]?.strides?.upper ?? []),
    ]),
  ];
}

/** The text's first line within the width. */
function fitted(paper: Paper, text: string, width: number): string {
  return paper.type.lines(text, STYLE.foot, width)[0] ?? '';
}

function line(doc: PDFKit.PDFDocument, path: string, color: string, width: number): void {
  if (path) doc.path(path).lineWidth(width).strokeColor(color).stroke();
}

function fill(doc: PDFKit.PDFDocument, path: string, color: string, opacity: number): void {
  if (path) doc.path(path).fillColor(color).fillOpacity(opacity).fill().fillOpacity(1);
}
