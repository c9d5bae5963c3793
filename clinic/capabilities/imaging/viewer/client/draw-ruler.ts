import type { ViewerClip } from './contracts.ts';
import type { PictureView, Size } from './picture-view.ts';
import { ruledRegion, rulerOf, rulerWords } from './ruler.ts';
import { svg } from './svg.ts';

const LONG = 11;
const SHORT = 6;
const WORDS_GAP = 4;

/** Draws the ticks of both edges, with their numbers, or the word that there is no scale. */
export function drawRuler(
  place: SVGGElement,
  { regions, hasSetScale }: ViewerClip,
  view: PictureView,
  { width, height }: Size,
): void {
  const region = ruledRegion(regions);
  const unit = svg('text', { x: 10, y: height - 14, class: 'unit' }, rulerWords(regions, hasSetScale));
  if (!region) {
    place.replaceChildren(unit);
    return;
  }
  const { down, across } = rulerOf(region, view, { width, height });
  const path = [
    ...down.map(({ at, long }) => `M${width} ${at.toFixed(1)}h${long ? -LONG : -SHORT}`),
    ...across.map(({ at, long }) => `M${at.toFixed(1)} ${height}v${long ? -LONG : -SHORT}`),
  ].join('');
  const numbers = down
    .filter(({ words, at }) => words !== '' && at < height - LONG)
    .map(({ at, words }) =>
      svg('text', { x: width - LONG - WORDS_GAP, y: at + 4, 'text-anchor': 'end' }, words),
    );
  place.replaceChildren(svg('path', { d: path }), ...numbers, unit);
}
