import type { AverageCycle } from '../cycles/average.ts';
import type { MeasurementError } from './measurement-error.ts';

/** What is drawn about a mean curve. */
export interface CurveBands {
  /** One standard deviation from stride to stride; null of a single stride. */
  readonly strides: { readonly lower: Float64Array; readonly upper: Float64Array } | null;
  /** Where the curve of another session could lie without any change; null where no error is known. */
  readonly measurement: { readonly lower: Float64Array; readonly upper: Float64Array } | null;
}

/** The band of the strides and the band of the measurement about a mean curve. */
export function bandsOf({ n, mean, sd }: AverageCycle, error: MeasurementError | null): CurveBands {
  const about = (reach: (point: number) => number) => ({
    lower: mean.map((value, point) => value - reach(point)),
    upper: mean.map((value, point) => value + reach(point)),
  });
  return {
    strides: n < 2 ? null : about((point) => sd[point] as number),
    measurement: error && about(() => error.betweenSessionsDeg),
  };
}
