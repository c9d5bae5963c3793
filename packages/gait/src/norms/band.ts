import { series } from '../signal/series.ts';
import type { NormCurve } from './package.ts';

/** A band of one standard deviation to each side, with the values of a walk put beside it. */
export interface Band {
  readonly lower: Float64Array;
  readonly mean: Float64Array;
  readonly upper: Float64Array;
}

/** The curve of a norm at a number of points, by straight lines between its own. */
export function bandOf({ mean, sd }: NormCurve, points = 101): Band {
  const at = (values: readonly number[]): Float64Array =>
    series(points, (point) => {
      const place = (point * (values.length - 1)) / (points - 1);
      const [low, high] = [values[Math.floor(place)] as number, values[Math.ceil(place)] as number];
      return low + (high - low) * (place - Math.floor(place));
    });
  const [middle, spread] = [at(mean), at(sd)];
  return {
    lower: middle.map((value, point) => value - (spread[point] as number)),
    mean: middle,
    upper: middle.map((value, point) => value + (spread[point] as number)),
  };
}
