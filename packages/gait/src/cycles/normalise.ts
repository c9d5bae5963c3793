import { series } from '../signal/series.ts';
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
  return series(points, (point) => valueAt(values, first + ((last - first) * point) / (points - 1)));
}

/**
 * A value between frames; NaN outside of the trial or beside a gap.
 *
 * @param stride how many values a frame has, and `offset` which of them is meant (default: one)
 */
export function valueAt(values: Float64Array, frame: number, stride = 1, offset = 0): number {
  // Times come from files as sums of binary fractions: a frame that is hit to a millionth is meant.
  const near = Math.round(frame);
  if (Math.abs(frame - near) < 1e-6) return valueOfFrame(values, near, stride, offset);
  const index = Math.floor(frame);
  const a = valueOfFrame(values, index - 1, stride, offset);
  const b = valueOfFrame(values, index, stride, offset);
  const c = valueOfFrame(values, index + 1, stride, offset);
  const d = valueOfFrame(values, index + 2, stride, offset);
  const t = frame - index;
  if (!Number.isFinite(a) || !Number.isFinite(d)) return b + (c - b) * t;
  const [even, odd] = [2 * a - 5 * b + 4 * c - d, 3 * (b - c) + d - a];
  return b + (t / 2) * (c - a + t * (even + t * odd));
}

function valueOfFrame(values: Float64Array, frame: number, stride: number, offset: number): number {
  return frame < 0 ? Number.NaN : (values[stride * frame + offset] ?? Number.NaN);
}
