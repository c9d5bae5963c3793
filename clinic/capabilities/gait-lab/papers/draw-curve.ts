import { SIDES } from '@rectus/gait';
import { COLOR, STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { decimal } from '../report/numbers.ts';
import { bandPath, curvePath, frameOf, PLOT, xOf, yOf } from '../report/plots/frame.ts';
import type { CurveView, WalkView } from '../report/walk-view.ts';
import { SIDE_COLOR } from './parts.ts';

const GAP = 10;
const HEAD = 15;
const NORM = '#dcdad7';
const LEAST_SPAN = { deg: 20, 'Nm/kg': 0.8, 'W/kg': 1.5, 'body weight': 0.4 } as const;

/** Curves three in a row: norm band, left solid, right dashed, foot off as ticks. */
export function drawCurves(paper: Paper, walk: WalkView, curves: readonly CurveView[]): void {
  const width = (paper.width - 2 * GAP) / 3;
  const height = (width * PLOT.height) / PLOT.width + HEAD;
  for (let first = 0; first < curves.length; first += 3) {
    paper.ensure(height + 6);
    for (const [column, curve] of curves.slice(first, first + 3).entries())
      drawCurve(paper, walk, curve, paper.left + column * (width + GAP), width);
    paper.y += height + 6;
  }
}

function drawCurve(paper: Paper, walk: WalkView, curve: CurveView, x: number, width: number): void {
  const { doc } = paper;
  const { frame, ticks } = frameOf(valuesOf(curve), LEAST_SPAN[curve.unit]);
  const scale = width / PLOT.width;
  const title = `${curve.name} (${curve.unit === 'deg' ? 'degrees' : curve.unit}, ${curve.positive} up)`;
  paper.content('P', () => {
    paper.block(paper.type.lines(title, STYLE.foot, width)[0] ?? '', paper.y, { x, width }, STYLE.foot);
  });
  const top = paper.y + HEAD;
  paper.artifact(() => {
    doc.save().translate(x, top).scale(scale);
    for (const tick of ticks)
      line(doc, `M${frame.left} ${yOf(frame, tick)}H${frame.left + frame.width}`, COLOR.lineSoft, 0.8);
    if (curve.norm)
      doc
        .path(bandPath(frame, curve.norm.lower, curve.norm.upper))
        .fillColor(NORM)
        .fill();
    for (const side of SIDES) {
      const own = curve[side];
      if (!own) continue;
      if (side === 'right') doc.dash(9, { space: 4 });
      line(doc, curvePath(frame, own.mean), SIDE_COLOR[side], 2.4);
      doc.undash();
      const off = walk.footOffPercent[side];
      const bottom = frame.top + frame.height;
      if (off !== null) line(doc, `M${xOf(frame, off)} ${bottom}v8`, SIDE_COLOR[side], 2.4);
    }
    doc.restore();
    const place = (value: string, at: number, y: number, align: 'left' | 'right') =>
      paper.block(value, top + y * scale - 5, { x: x + at * scale, width: 30, align }, STYLE.foot);
    const ends = [ticks[0], ticks.at(-1)].filter((tick) => tick !== undefined);
    for (const tick of ends)
      place(decimal(tick, tick % 1 === 0 ? 0 : 1), frame.left - 4 - 30 / scale, yOf(frame, tick), 'right');
    place('0', frame.left - 4, frame.top + frame.height + 22, 'left');
    place('100 %', xOf(frame, 100) - 34, frame.top + frame.height + 22, 'left');
  });
}

function valuesOf(curve: CurveView): number[] {
  return [
    ...(curve.norm?.lower ?? []),
    ...(curve.norm?.upper ?? []),
    ...SIDES.flatMap((side) => curve[side]?.mean ?? []),
  ];
}

function line(doc: PDFKit.PDFDocument, path: string, color: string, width: number): void {
  doc.path(path).lineWidth(width).strokeColor(color).stroke();
}
