import { COLOR } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { legStrokes, type Placing, placeFigures } from '../viewer/figures.ts';
import type { MotionData } from '../viewer/motion.ts';
import { SIDE_COLOR } from './parts.ts';

const USUAL_TALL = 150;

/** The row of figures of the walk, as the pages draw it without a script. */
export function drawFigures(paper: Paper, motion: MotionData, tall = USUAL_TALL): void {
  const placing: Placing = { width: paper.width, height: tall };
  const figures = placeFigures(motion, placing);
  if (!figures) return;
  paper.ensure(tall + 16);
  const { doc } = paper;
  paper.artifact(() => {
    doc.save().translate(paper.left, paper.y);
    const stroke = (path: string, color: string, width: number) =>
      path && doc.path(path).lineWidth(width).strokeColor(color).stroke();
    stroke(`M0 ${figures.floor}H${paper.width}`, COLOR.lineSoft, 1);
    for (const frame of figures.frames) {
      doc.dash(4, { space: 2.5 });
      stroke(legStrokes(motion, 'right', frame, figures.put), SIDE_COLOR.right, 1.5);
      doc.undash();
      stroke(figures.spine(frame), COLOR.ink3, 1.6);
      stroke(legStrokes(motion, 'left', frame, figures.put), SIDE_COLOR.left, 1.5);
    }
    doc.restore();
  });
  paper.y += tall + 4;
}
