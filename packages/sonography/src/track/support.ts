import { CLEAR_PX, type Feature } from './feature.ts';
import { type Matcher, windowAt } from './match-windows.ts';
import type { PyramidStore } from './pyramid.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Supports stand so far apart at first, px, and farther where there would be too many. */
const SPACING = 18;
/** Inside of a torn end they stand closer: rows across it, one behind the other, so many on both sides of its middle. */
const INSIDE_SPACING = 14;
const INSIDE_BESIDE = 2;
/** The last row stands twice as deep as the place inside that came with the mark, within these bounds, px. */
const LEAST_DEPTH = 54;
const MOST_DEPTH = 112;
/** None stands nearer to another than this share of the spacing. */
const APART = 0.6;
/** How far around a mark they are laid. */
const REACH = 66;
/** Grey values of a support's window vary at least so much, squared, and in both directions. */
const LEAST_VARIANCE = 9;
const LEAST_CORNER = 0.5;

/** A mark on an edge, with its direction inwards and how deep the tissue is known to reach, px. */
export interface EdgeMark extends Place {
  readonly inward: NonNullable<Feature['inward']>;
  readonly depth: number;
}

/** Places inside of the tissue whose edges are marked, where there is texture to follow: the mark goes where they go. */
export function supportInside(
  marks: readonly EdgeMark[],
  most: number,
  store: PyramidStore,
  matcher: Matcher,
  pyramid: number,
): Place[] {
  const { right, left, bottom, top } = store.bounds;
  const places: Place[] = [];
  for (const { x, y, inward, depth } of marks) {
    const deepest = Math.min(MOST_DEPTH, Math.max(LEAST_DEPTH, 2 * depth));
    for (let along = CLEAR_PX + 1; along <= deepest; along += INSIDE_SPACING)
      for (let n = -INSIDE_BESIDE; n <= INSIDE_BESIDE; n++) {
        const beside = n * INSIDE_SPACING;
        const place = {
          x: x + along * inward.x - beside * inward.y,
          y: y + along * inward.y + beside * inward.x,
        };
        const within = place.x > 0 && place.y > 0 && place.x < right - left && place.y < bottom - top;
        if (within && places.length < most && hasTexture(place, matcher, pyramid)) places.push(place);
      }
  }
  return places;
}

/**
 * Places on a lattice around the marks, none where a mark or another stands already, only where there is texture to follow. So
 * a single mark is carried by the tissue around it, not by its own window alone.
 */
export function supportAround(
  marks: readonly Place[],
  most: number,
  store: PyramidStore,
  matcher: Matcher,
  pyramid: number,
  others: readonly Place[] = [],
): Place[] {
  if (most <= 0 || marks.length === 0) return [];
  for (let spacing = SPACING; ; spacing *= 1.2) {
    const places = lattice(marks, spacing, store).filter(
      ({ x, y }) => !others.some((one) => Math.hypot(one.x - x, one.y - y) < APART * spacing),
    );
    if (places.length > most) continue;
    return places.filter((place) => hasTexture(place, matcher, pyramid));
  }
}

function lattice(marks: readonly Place[], spacing: number, store: PyramidStore): Place[] {
  const width = store.bounds.right - store.bounds.left + 1;
  const height = store.bounds.bottom - store.bounds.top + 1;
  const places: Place[] = [];
  const taken = (x: number, y: number, least: number) =>
    marks.some((one) => Math.hypot(one.x - x, one.y - y) < least);
  for (let y = spacing / 2; y < height; y += spacing)
    for (let x = spacing / 2; x < width; x += spacing)
      if (taken(x, y, REACH) && !taken(x, y, APART * spacing)) places.push({ x, y });
  return places;
}

function hasTexture({ x, y }: Place, matcher: Matcher, pyramid: number): boolean {
  const window = windowAt(x, y);
  matcher.match([window], pyramid, pyramid, 0);
  const { gxx, gxy, gyy, variance } = window;
  const half = (gxx + gyy) / 2;
  const corner = half - Math.sqrt(Math.max(0, half * half - (gxx * gyy - gxy * gxy)));
  return variance > LEAST_VARIANCE && corner > LEAST_CORNER;
}
