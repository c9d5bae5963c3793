import { type Matcher, windowAt } from './match-windows.ts';
import type { PyramidStore } from './pyramid.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Supports stand so far apart at first, px, and farther where there would be too many. */
const SPACING = 18;
/** How far around a mark they are laid. */
const REACH = 66;
/** Grey values of a support's window vary at least so much, squared, and in both directions. */
const LEAST_VARIANCE = 9;
const LEAST_CORNER = 0.5;

/**
 * Places on a lattice around the marks, none where another already stands, only where there is texture to follow. So
 * a single mark is carried by the tissue around it, not by its own window alone.
 */
export function supportAround(
  marks: readonly Place[],
  most: number,
  store: PyramidStore,
  matcher: Matcher,
  pyramid: number,
): Place[] {
  if (most === 0 || marks.length === 0) return [];
  for (let spacing = SPACING; ; spacing *= 1.2) {
    const places = lattice(marks, spacing, store);
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
      if (taken(x, y, REACH) && !taken(x, y, 0.6 * spacing)) places.push({ x, y });
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
