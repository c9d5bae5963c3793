import type { Band } from './bands.ts';
import { type Direction, directionOf, type RowsOf, votesIn } from './fascicle-direction.ts';
import { innerEdge } from './inner-edge.ts';
import type { LineField } from './line-energy.ts';
import type { Plane } from './plane.ts';
import { type Curve, curveAt } from './robust-curve.ts';

/** Two aponeuroses of one muscle, with the direction of what lies between them. */
export interface MusclePair {
  readonly upper: Curve;
  readonly lower: Curve;
  readonly direction: Direction | null;
  /** Strength of the weaker band times its share of the width. */
  readonly clarity: number;
  readonly score: number;
}

/** Fibres are read this far from the aponeuroses, whose own texture runs along them. */
const MARGIN_MM = 1.5;
const THINNEST_MM = 5;
const THICKEST_MM = 65;
// Real aponeuroses reach 0.35 to 0.7; what merely happens to line up within a muscle reaches 0.17.
const LEAST_CLARITY = 0.2;
const LEAST_SHARE = 0.5;
const LEAST_INLIERS = 0.45;

/** The best two bands that enclose striped tissue and no other clear band; null where no two do. */
export function musclePair(
  calm: Plane,
  bands: readonly Band[],
  fibres: LineField,
  mmPerPixel: number,
): MusclePair | null {
  const clear = bands
    .filter((band) => clarityOf(band) >= LEAST_CLARITY && band.share >= LEAST_SHARE)
    .sort((a, b) => meanOf(a) - meanOf(b));
  let best: MusclePair | null = null;
  clear.forEach((upper, at) => {
    for (let to = at + 1; to < clear.length; to++) {
      const lower = clear[to];
      if (!lower || isParted(upper, lower, clear.slice(at + 1, to))) continue;
      const pair = pairOf(calm, upper, lower, fibres, mmPerPixel);
      if (pair && pair.score > (best?.score ?? 0)) best = pair;
    }
  });
  return best;
}

/** The rows between two aponeuroses, clear of both. */
export function rowsBetween(upper: Curve, lower: Curve, mmPerPixel: number): RowsOf {
  const margin = MARGIN_MM / mmPerPixel;
  return (x) => [curveAt(upper, x) + margin, curveAt(lower, x) - margin];
}

function pairOf(
  calm: Plane,
  above: Band,
  below: Band,
  fibres: LineField,
  mmPerPixel: number,
): MusclePair | null {
  const apart = (meanOf(below) - meanOf(above)) * mmPerPixel;
  if (apart < THINNEST_MM || apart > THICKEST_MM) return null;
  const upper = innerEdge(calm, above, 'below', mmPerPixel);
  const lower = innerEdge(calm, below, 'above', mmPerPixel);
  if (!upper || !lower || Math.min(upper.inliers, lower.inliers) < LEAST_INLIERS) return null;
  const rows = rowsBetween(upper, lower, mmPerPixel);
  const votes = votesIn(fibres, rows, 0, calm.width - 1, 2);
  const direction = directionOf(votes, fibres.anglesDeg, slopeDeg(upper));
  const clarity = Math.min(clarityOf(above), clarityOf(below));
  const striped = (direction?.excess ?? 0) * Math.sqrt(Math.min(1, apart / 15));
  return { upper, lower, direction, clarity, score: clarityOf(above) + clarityOf(below) + 1.5 * striped };
}

/** The mean slope of a curve over what it rests on, degrees clockwise on the screen. */
export function slopeDeg(curve: Curve): number {
  const { from, to } = curve;
  return (Math.atan((curveAt(curve, to) - curveAt(curve, from)) / Math.max(1, to - from)) * 180) / Math.PI;
}

function isParted(upper: Band, lower: Band, between: readonly Band[]): boolean {
  const weaker = Math.min(clarityOf(upper), clarityOf(lower));
  return between.some((band) => clarityOf(band) > 0.8 * weaker);
}

function clarityOf(band: Band): number {
  return band.strength * band.share;
}

function meanOf(band: Band): number {
  return band.y.reduce((sum, y) => sum + y, 0) / band.y.length;
}
