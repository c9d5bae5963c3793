import type { PointPx } from '../units.ts';
import { px } from '../units.ts';
import { inPolygon } from './polygon.ts';
import type { Mark } from './tracker.ts';

/** What is to be followed, in px of the frame in which it was marked. */
export interface Marks {
  readonly points?: readonly Mark[];
  /** Polylines of at least two vertices: a fascicle (straight, two), an aponeurosis. */
  readonly lines?: readonly (readonly PointPx[])[];
  /** Polygons of at least three vertices, closed by themselves. */
  readonly regions?: readonly (readonly PointPx[])[];
}

/** A place on a line: so far, 0 to 1, on the way from one vertex to the next. */
export interface OnLine {
  readonly segment: number;
  readonly share: number;
}

/** Samples on a line stand this far apart, px. */
const LINE_SPACING = 14;
/** A region is followed by about so many places inside it. */
const REGION_SAMPLES = 60;
const LEAST_REGION_SPACING = 10;

/** Places along a polyline, every vertex among them. */
export function samplesOfLine(vertices: readonly PointPx[]): (PointPx & OnLine)[] {
  const samples: (PointPx & OnLine)[] = [];
  for (let segment = 0; segment + 1 < vertices.length; segment++) {
    const from = vertices[segment] as PointPx;
    const to = vertices[segment + 1] as PointPx;
    const steps = Math.max(1, Math.round(Math.hypot(to.x - from.x, to.y - from.y) / LINE_SPACING));
    const last = segment + 2 === vertices.length;
    for (let n = 0; n < (last ? steps + 1 : steps); n++) {
      const share = n / steps;
      samples.push({
        x: px(from.x + share * (to.x - from.x)),
        y: px(from.y + share * (to.y - from.y)),
        segment,
        share,
      });
    }
  }
  return samples;
}

/** Places inside a polygon, evenly spread. */
export function samplesOfRegion(polygon: readonly PointPx[]): PointPx[] {
  const xs = polygon.map(({ x }) => x);
  const ys = polygon.map(({ y }) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const spacing = Math.max(
    LEAST_REGION_SPACING,
    Math.sqrt(((right - left) * (bottom - top)) / REGION_SAMPLES),
  );
  const samples: PointPx[] = [];
  for (let y = top + spacing / 2; y < bottom; y += spacing)
    for (let x = left + spacing / 2; x < right; x += spacing)
      if (inPolygon(polygon, x, y)) samples.push({ x: px(x), y: px(y) });
  // A sliver holds no lattice: its vertices are followed instead.
  return samples.length >= 3 ? samples : [...samples, ...polygon];
}
