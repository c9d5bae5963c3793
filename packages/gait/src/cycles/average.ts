import { series } from '../signal/series.ts';
import { mean, sampleSd } from '../signal/statistics.ts';

/** Mean and spread of several cycles, point by point. */
export interface AverageCycle {
  /** How many cycles it is made of. */
  readonly n: number;
  readonly mean: Float64Array;
  /** From stride to stride (n − 1); NaN where there is one cycle only. */
  readonly sd: Float64Array;
}

/** The average of cycles without gaps; null of nothing. */
export function averageCycle(cycles: readonly Float64Array[]): AverageCycle | null {
  const whole = cycles.filter((cycle) => cycle.every(Number.isFinite));
  const points = whole[0]?.length;
  if (points === undefined) return null;
  const at = (point: number): number[] => whole.map((cycle) => cycle[point] as number);
  return {
    n: whole.length,
    mean: series(points, (point) => mean(at(point))),
    sd: series(points, (point) => sampleSd(at(point))),
  };
}
