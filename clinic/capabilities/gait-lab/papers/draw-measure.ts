import type { Side } from '@rectus/gait';
import { COLOR, leading, STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { capital, verdictWords, writer } from '../patient/measure-words.ts';
import type { DrawnMeasure, MeasureLine } from '../patient/measures.ts';
import { NORM_COLOR } from './draw-curve.ts';
import { drawText, SIDE_COLOR } from './parts.ts';

/** The words of a line stand to the left of its bar. */
const WORDS = 108;
const BAR = { width: 200, height: 16 } as const;
/** A group without any spread is still to be seen. */
const LEAST_BAND = 3;

/** A number now, beside last time and the grey of others, with what can be said of the change: as the page draws it. */
export function drawMeasure(
  paper: Paper,
  { measure, earlierDay }: { readonly measure: DrawnMeasure; readonly earlierDay: string | null },
): void {
  const { lines } = measure;
  paper.ensure(4 * leading(STYLE.small) + lines.length * BAR.height);
  drawText(paper, 'P', measure.name, STYLE.label);
  paper.y -= 3;
  const top = paper.y;
  for (const line of lines) drawLine(paper, measure, line, earlierDay);
  const said = lines.some(({ verdict }) => verdict !== null) ? verdictWords(lines) : '';
  if (said === '') return;
  const x = paper.left + WORDS + BAR.width + 12;
  paper.content('P', () => {
    const tall = paper.block(said, top + 2, { x, width: paper.right - x }, STYLE.small);
    paper.y = Math.max(paper.y, top + tall + 4);
  });
}

function drawLine(paper: Paper, measure: DrawnMeasure, line: MeasureLine, earlierDay: string | null): void {
  const { side, now, before } = line;
  const write = writer(measure);
  const said = [
    `${side ? `${capital(side)} ` : ''}${write(now)}`,
    ...(before !== null && earlierDay ? [`was ${write(before)}`] : []),
  ].join(' · ');
  paper.content('P', () => {
    paper.block(said, paper.y + 2, { x: paper.left, width: WORDS }, STYLE.text);
  });
  paper.artifact(() => drawBar(paper, measure, line));
  paper.y += BAR.height + 1;
}

function drawBar(
  { doc, left, y: top }: Paper,
  measure: DrawnMeasure,
  { side, now, before }: MeasureLine,
): void {
  const middle = BAR.height / 2;
  const x = (value: number): number => {
    const share = (value - measure.from) / (measure.to - measure.from);
    return 8 + Math.min(1, Math.max(0, share)) * (BAR.width - 16);
  };
  doc.save().translate(left + WORDS, top);
  const { typical } = measure;
  if (typical) {
    const wide = Math.max(LEAST_BAND, x(typical.greatest) - x(typical.least));
    const from = (x(typical.least) + x(typical.greatest) - wide) / 2;
    doc
      .rect(from, 1.5, wide, BAR.height - 3)
      .fillColor(NORM_COLOR)
      .fill();
  }
  doc.path(`M0 ${middle}H${BAR.width}`).lineWidth(0.6).strokeColor(COLOR.ink3).stroke();
  if (before !== null) {
    doc.dash(1.5, { space: 1.5 });
    doc
      .path(`M${x(before)} ${middle}H${x(now)}`)
      .lineWidth(1.2)
      .strokeColor(COLOR.ink2)
      .stroke()
      .undash();
    doc.circle(x(before), middle, 3).lineWidth(1).fillAndStroke('#ffffff', COLOR.ink2);
  }
  drawMark(doc, side, x(now), middle);
  doc.restore();
}

/** The shapes of the sides are those of the plots; what has no side is a diamond. */
function drawMark(doc: PDFKit.PDFDocument, side: Side | null, x: number, y: number): void {
  if (side === 'left') doc.circle(x, y, 4.2).fillColor(SIDE_COLOR.left).fill();
  else if (side === 'right')
    doc
      .rect(x - 3.8, y - 3.8, 7.6, 7.6)
      .fillColor(SIDE_COLOR.right)
      .fill();
  else
    doc
      .path(`M${x} ${y - 5.4}l5.4 5.4-5.4 5.4-5.4-5.4z`)
      .fillColor(COLOR.ink)
      .fill();
}
