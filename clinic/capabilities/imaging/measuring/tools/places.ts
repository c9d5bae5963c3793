import {
  type Line,
  MeasureRefused,
  type Place,
  type PointPx,
  px,
  type Region,
  regionOf,
} from '@rectus/sonography';
import type { MarkPlace } from './tool.ts';

/** Marks as the package's points. */
export function pointsOf(places: readonly MarkPlace[]): readonly PointPx[] {
  return places.map(({ x, y }) => ({ x: px(x), y: px(y) }));
}

/** @throws MeasureRefused where there are fewer places */
export function placeAt(places: readonly Place[], at: number): Place {
  const place = places[at];
  if (!place) throw new MeasureRefused('degenerate', `Place ${at + 1} is not marked.`);
  return place;
}

/** The line between a place and the next. */
export function lineAt(places: readonly Place[], at: number): Line {
  return [placeAt(places, at), placeAt(places, at + 1)];
}

/** The middle of a line; its error is that of a mean of both ends. */
export function middleOf([from, to]: Line): Place {
  return {
    x: px((from.x + to.x) / 2),
    y: px((from.y + to.y) / 2),
    standardError: px(Math.hypot(from.standardError, to.standardError) / 2),
  };
}

/** How far from a muscle's end its own tissue is looked for. */
const TISSUE_MM = 6;
/** And at least so far: a window that is followed spans 31 px, and nearer ones see the edge (1.5 mm wrong at 25 px). */
const TISSUE_PX = 50;
const MARGIN_PX = 8;
const NEAR_MM = 3;

/**
 * Places in the tissue outward of two ends, on the line through both: the ends are carried by what lies there and by nothing
 * between them. Kept inside of the region.
 */
export function tissueBeside(
  [from, to]: readonly [MarkPlace, MarkPlace],
  regions: readonly Region[],
): readonly [MarkPlace, MarkPlace] {
  const region = regionOf(regions, pointsOf([from, to]));
  const { lateral, axial } = region.scale;
  const long = Math.hypot((to.x - from.x) * lateral, (to.y - from.y) * axial);
  // Ends that nearly touch say little of the axis: level is the better guess, and the places can be moved.
  const [ux, uy] = long < NEAR_MM ? [1 / lateral, 0] : [(to.x - from.x) / long, (to.y - from.y) / long];
  const leftward = long < NEAR_MM && to.x < from.x ? -1 : 1;
  const reach = Math.max(TISSUE_MM, TISSUE_PX / Math.hypot(ux, uy));
  const outward = (end: MarkPlace, sign: number): MarkPlace => ({
    x: clamp(end.x + sign * leftward * reach * ux, region.left + MARGIN_PX, region.right - MARGIN_PX),
    y: clamp(end.y + sign * leftward * reach * uy, region.top + MARGIN_PX, region.bottom - MARGIN_PX),
  });
  return [outward(from, -1), outward(to, 1)];
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(10 * Math.min(most, Math.max(least, value))) / 10;
}
