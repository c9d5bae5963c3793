import { series } from '../signal/series.ts';
import { mean, median, quantile } from '../signal/statistics.ts';

/** How far a stride is from the middle one, and whether it stands apart. */
export interface StrideDistance {
  /** Mean over the variables of the median distance over the cycle, in their unit; NaN for a stride with gaps. */
  readonly distance: number;
  readonly outlier: boolean;
}

/** With fewer strides nothing can be said about which one is unusual. */
export const LEAST_STRIDES = 5;
/** Tukey's fence. */
const FENCE = 1.5;
/** Strides nearer than this are alike for any practical purpose, in degrees. */
const ALIKE_DEG = 2;

/**
 * Marks strides that are unlike the others: how deep each lies among all, told by its distance from the median curve,
 * and Tukey's fence on these distances. They are marked, never removed.
 * Source: Sangeux M, Polak J. Gait Posture 2015;41:726–30, for the idea of depth over several variables; the distance
 * and the fence as written here.
 *
 * @param strides for each stride its curves in degrees, one for each variable, all at the same points of the cycle
 */
export function strideDistances(strides: readonly (readonly Float64Array[])[]): StrideDistance[] {
  const whole = strides.filter((curves) => curves.every((curve) => curve.every(Number.isFinite)));
  const middles = (whole[0] ?? []).map((_, variable) =>
    medianCurve(whole.map((curves) => curves[variable] as Float64Array)),
  );
  const distances = strides.map((curves) => distanceOf(curves, middles));
  const known = distances.filter(Number.isFinite);
  const [q1, q3] = [quantile(known, 0.25), quantile(known, 0.75)];
  const fence = Math.max(ALIKE_DEG, q3 + FENCE * (q3 - q1));
  return distances.map((distance) => ({
    distance,
    outlier: known.length >= LEAST_STRIDES && distance > fence,
  }));
}

/** The place of the stride that is most like all others; -1 where no stride is whole. */
export function mostTypical(distances: readonly StrideDistance[]): number {
  let best = -1;
  for (const [index, { distance }] of distances.entries())
    if (distance < (distances[best]?.distance ?? Number.POSITIVE_INFINITY)) best = index;
  return best;
}

function distanceOf(curves: readonly Float64Array[], middles: readonly Float64Array[]): number {
  if (middles.length === 0) return Number.NaN;
  return mean(
    curves.map((curve, variable) => {
      const middle = middles[variable] as Float64Array;
      const apart = curve.map((value, point) => Math.abs(value - (middle[point] as number)));
      return apart.some(Number.isNaN) ? Number.NaN : median(apart);
    }),
  );
}

function medianCurve(curves: readonly Float64Array[]): Float64Array {
  const points = curves[0]?.length ?? 0;
  return series(points, (point) => median(curves.map((curve) => curve[point] as number)));
}
