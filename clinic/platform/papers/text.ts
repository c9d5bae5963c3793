import { leading, STYLE } from './look.ts';
import type { Paper } from './paper.ts';
import { drawHeading } from './table.ts';
import type { TextStyle } from './typesetter.ts';

/** A paragraph over the whole width, on as many pages as it needs. */
export function drawText(paper: Paper, tag: 'H1' | 'P', text: string, style: TextStyle): void {
  for (const [index, line] of paper.type.lines(text, style, paper.width).entries()) {
    paper.ensure(leading(style));
    paper.content(index === 0 ? tag : 'P', () => {
      paper.block(line, paper.y, { x: paper.left, width: paper.width + 1 }, style);
    });
    paper.y += leading(style);
  }
  paper.y += 4;
}

/** A heading that stays with what follows it. */
export function drawSection(paper: Paper, heading: string, following = 40): void {
  paper.y += 8;
  paper.ensure(leading(STYLE.heading) + following);
  drawHeading(paper, heading);
}
