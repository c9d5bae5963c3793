import { COLOR, leading, STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { ERROR_OPACITY, NORM_COLOR } from './draw-curve.ts';
import { SIDE_COLOR } from './parts.ts';

const SWATCH = 22;
const GAP = 6;
const BETWEEN = 16;

type Draw = (doc: PDFKit.PDFDocument, middle: number) => void;

const across = (color: string, width: number, dash?: readonly [number, number]): Draw => {
  return (doc, middle) => {
    if (dash) doc.dash(dash[0], { space: dash[1] });
    doc.path(`M0 ${middle}H${SWATCH}`).lineWidth(width).strokeColor(color).stroke().undash();
  };
};
const field = (color: string, opacity: number): Draw => {
  return (doc, middle) => {
    doc
      .rect(0, middle - 4, SWATCH, 8)
      .fillColor(color)
      .fillOpacity(opacity)
      .fill()
      .fillOpacity(1);
  };
};

/** What the lines and fields of the curves mean, as drawn samples. */
export function drawKey(paper: Paper, norms: string | null): void {
  const samples: readonly (readonly [Draw, string])[] = [
    [across(SIDE_COLOR.left, 1.5), 'left'],
    [across(SIDE_COLOR.right, 1.5, [5, 2.2]), 'right'],
    ...(norms ? [[field(NORM_COLOR, 1), norms] as const] : []),
    [field(SIDE_COLOR.left, ERROR_OPACITY), 'measurement error'],
    [across(SIDE_COLOR.left, 0.7, [0.9, 1.4]), 'stride to stride, ± 1 SD'],
    [across(SIDE_COLOR.left, 0.3), 'a stride unlike the others'],
    [
      (doc, middle) =>
        doc
          .path(`M11 ${middle - 4}v8`)
          .lineWidth(1.5)
          .strokeColor(SIDE_COLOR.left)
          .stroke(),
      'foot off',
    ],
  ];
  const tall = leading(STYLE.small) + 2;
  let x = paper.left;
  paper.ensure(2 * tall);
  for (const [draw, text] of samples) {
    const wide = SWATCH + GAP + widthOf(paper, text);
    if (x + wide > paper.right && x > paper.left) {
      x = paper.left;
      paper.y += tall;
      paper.ensure(tall);
    }
    const [left, top] = [x, paper.y];
    paper.artifact(() => {
      paper.doc.save().translate(left, top);
      draw(paper.doc, tall / 2 - 1);
      paper.doc.restore();
    });
    paper.content('P', () => {
      paper.block(text, top, { x: left + SWATCH + GAP, width: wide }, { ...STYLE.small, color: COLOR.ink2 });
    });
    x += wide + BETWEEN;
  }
  paper.y += tall + 4;
}

function widthOf(paper: Paper, text: string): number {
  return paper.type.width(text, STYLE.small);
}
