/** A gait cycle is told at 0, 1, …, 100 % of its time. */
export const CYCLE_POINTS = 101;

/** The time base of a trial's curves. */
export interface TimeBase {
  readonly rateHz: number;
  readonly firstTimeS: number;
}

/**
 * A curve between two times at equal steps, by cubic interpolation between four frames (Catmull and Rom) and a straight
 * line where one of the outer two is unknown; NaN where a frame beside the moment is.
 *
 * @param values one value a frame
 */
export function betweenTimes(
  values: Float64Array,
  base: TimeBase,
  startS: number,
  endS: number,
  points = CYCLE_POINTS,
): Float64Array {
  const first = (startS - base.firstTimeS) * base.rateHz;
  const last = (endS - base.firstTimeS) * base.rateHz;
  return Float64Array.from({ length: points }, (_, point) =>
    valueAt(values, first + ((last - first) * point) / (points - 1)),
  );
}

/** A value between frames; NaN outside of the trial or beside a gap. */
export function valueAt(values: Float64Array, frame: number): number {
  // Times come from files as sums of binary fractions: a frame that is hit to a millionth is meant.
  const near = Math.round(frame);
  if (Math.abs(frame - near) < 1e-6) return values[near] ?? Number.NaN;
  const index = Math.floor(frame);
  const [b, c] = [values[index] ?? Number.NaN, values[index + 1] ?? Number.NaN];
  const [a, d] = [values[index - 1] ?? Number.NaN, values[index + 2] ?? Number.NaN];
  const t = frame - index;
  if (!Number.isFinite(a) || !Number.isFinite(d)) return b + (c - b) * t;
  const [even, odd] = [2 * a - 5 * b + 4 * c - d, 3 * (b - c) + d - a];
  return b + (t / 2) * (c - a + t * (even + t * odd));
}
