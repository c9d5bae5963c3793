import type { AverageCycle } from '../cycles/average.ts';
import { series } from '../signal/series.ts';
import { rootMeanSquare } from '../signal/statistics.ts';
import type { MeanAndSd } from '../spatio-temporal/summary.ts';
import type { MeasurementError } from './measurement-error.ts';

/**
 * What can be said of a difference: it exceeds the error; it does not; it would, but the error has no known limit; or
 * the strides alone tell, because no error between sessions is known.
 */
export type Verdict = 'beyond-error' | 'within-error' | 'error-not-known';

/** A part of the cycle in which a curve differs by more than error. */
export interface ChangedSpan {
  readonly fromPercent: number;
  readonly toPercent: number;
  /** The greatest difference in it, with its sign, and when. */
  readonly difference: number;
  readonly atPercent: number;
}

export interface CurveChange {
  /** Later minus earlier, point by point. */
  readonly difference: Float64Array;
  /** How much of a difference is no change, point by point. */
  readonly threshold: Float64Array;
  readonly spans: readonly ChangedSpan[];
  readonly rmsDifference: number;
  readonly verdict: Verdict;
}

/** A difference must last for this many per cent of the cycle to be told. */
const LEAST_SPAN_PERCENT = 3;
const Z95 = 1.96;

/**
 * Where in the cycle the mean curves of two sessions differ by more than the error between sessions and the spread of
 * the strides together: √(error² + (1.96 SE)²), SE the standard error of the difference of the two means.
 *
 * @param error null for curves of which no error between sessions is known: the spread alone tells, and the verdict says so
 */
export function compareCurves(
  earlier: AverageCycle,
  later: AverageCycle,
  error: MeasurementError | null,
): CurveChange {
  const points = earlier.mean.length;
  const difference = later.mean.map((value, point) => value - (earlier.mean[point] as number));
  const threshold = series(points, (point) =>
    thresholdOf(
      { n: earlier.n, sd: earlier.sd[point] as number },
      { n: later.n, sd: later.sd[point] as number },
      error?.betweenSessionsDeg ?? 0,
    ),
  );
  const spans = spansBeyond(difference, threshold);
  return {
    difference,
    threshold,
    spans,
    rmsDifference: rootMeanSquare(difference),
    verdict: verdictOf(spans.length > 0, error === null || error.orMore),
  };
}

export interface ValueChange {
  readonly difference: number;
  readonly threshold: number;
  readonly verdict: Verdict;
}

/**
 * The same for a single value such as speed.
 *
 * @param error how far two sessions may differ without a change, in the unit of the value; null where it is not known
 */
export function compareValues(earlier: MeanAndSd, later: MeanAndSd, error: number | null): ValueChange {
  const difference = later.mean - earlier.mean;
  const threshold = thresholdOf(earlier, later, error ?? 0);
  return { difference, threshold, verdict: verdictOf(Math.abs(difference) > threshold, error === null) };
}

type Spread = Pick<MeanAndSd, 'n' | 'sd'>;

/** A single stride has no spread to tell: it adds nothing, and the error between sessions stands alone. */
function thresholdOf(earlier: Spread, later: Spread, error: number): number {
  const variance = ({ n, sd }: Spread): number => (Number.isFinite(sd) ? (sd * sd) / n : 0);
  return Math.sqrt(error * error + Z95 * Z95 * (variance(earlier) + variance(later)));
}

function verdictOf(differs: boolean, isErrorUnknown: boolean): Verdict {
  if (!differs) return 'within-error';
  return isErrorUnknown ? 'error-not-known' : 'beyond-error';
}

function spansBeyond(difference: Float64Array, threshold: Float64Array): ChangedSpan[] {
  const percent = (point: number): number => (100 * point) / (difference.length - 1);
  const sign = (point: number): number => {
    const value = difference[point] ?? 0;
    return Math.abs(value) > (threshold[point] ?? Number.POSITIVE_INFINITY) ? Math.sign(value) : 0;
  };
  const spans: ChangedSpan[] = [];
  let from = 0;
  for (let point = 1; point <= difference.length; point++) {
    if (point < difference.length && sign(point) === sign(from)) continue;
    if (sign(from) !== 0 && percent(point - 1) - percent(from) >= LEAST_SPAN_PERCENT)
      spans.push(spanOf(difference, from, point - 1, percent));
    from = point;
  }
  return spans;
}

function spanOf(
  difference: Float64Array,
  from: number,
  to: number,
  percent: (point: number) => number,
): ChangedSpan {
  let most = from;
  for (let point = from; point <= to; point++)
    if (Math.abs(difference[point] as number) > Math.abs(difference[most] as number)) most = point;
  return {
    fromPercent: percent(from),
    toPercent: percent(to),
    difference: difference[most] as number,
    atPercent: percent(most),
  };
}
