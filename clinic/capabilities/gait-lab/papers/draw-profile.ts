import { COLOR, STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { decimal } from '../report/numbers.ts';
import { profileScale } from '../report/plots/profile-scale.ts';
import type { ProfileBar } from '../report/walk-view.ts';
import { drawSection, SIDE_COLOR } from './parts.ts';

const TALL = 96;
const LABELS = 34;
const AXIS = 24;
const BAR = 9;

/** The movement analysis profile as bars: left solid, right hatched, and the reference people's own spread as a line. */
export function drawProfile(paper: Paper, bars: readonly ProfileBar[]): void {
  if (bars.length === 0) return;
  drawSection(paper, 'Movement analysis profile, degrees', TALL + LABELS + 10);
  const { top, ticks } = profileScale(bars);
  const { doc, left } = paper;
  const floor = paper.y + TALL + 6;
  const y = (value: number) => floor - (TALL * value) / top;
  const wide = (paper.width - AXIS) / bars.length;
  paper.artifact(() => {
    for (const tick of ticks) {
      doc
        .path(`M${left + AXIS} ${y(tick)}H${paper.right}`)
        .lineWidth(0.4)
        .strokeColor(COLOR.lineSoft)
        .stroke();
      paper.block(`${tick}°`, y(tick) - 5, { x: left, width: AXIS - 5, align: 'right' }, STYLE.foot);
    }
    for (const [index, bar] of bars.entries()) {
      const middle = left + AXIS + wide * (index + 0.5);
      doc
        .rect(middle - BAR - 1, y(bar.left), BAR, floor - y(bar.left))
        .fillColor(SIDE_COLOR.left)
        .fill();
      drawHatched(doc, { x: middle + 1, y: y(bar.right), width: BAR, height: floor - y(bar.right) });
      if (bar.reference !== null)
        doc
          .path(`M${middle - wide * 0.38} ${y(bar.reference)}h${wide * 0.76}`)
          .lineWidth(1)
          .strokeColor(COLOR.ink)
          .stroke();
    }
  });
  for (const [index, { name, ...bar }] of bars.entries()) {
    const [first = '', ...rest] = name.split(' ');
    const box = { x: left + AXIS + wide * index, width: wide };
    const lines = [first, rest.join(' '), `${decimal(bar.left, 1)} · ${decimal(bar.right, 1)}`];
    paper.content('P', () => {
      for (const [row, text] of lines.entries()) {
        const style = row === 2 ? STYLE.footStrong : STYLE.foot;
        const shift = (wide - paper.type.width(text, style)) / 2;
        paper.block(text, floor + 3 + row * 9.5, { x: box.x + shift, width: box.width }, style);
      }
    });
  }
  paper.y = floor + LABELS;
}

function drawHatched(
  doc: PDFKit.PDFDocument,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): void {
  doc.save().rect(x, y, width, height).clip();
  for (let at = y - width; at < y + height + width; at += 3)
    doc
      .path(`M${x} ${at + width}L${x + width} ${at}`)
      .lineWidth(1.3)
      .strokeColor(SIDE_COLOR.right)
      .stroke();
  doc.restore();
  doc.rect(x, y, width, height).lineWidth(0.7).strokeColor(SIDE_COLOR.right).stroke();
}
