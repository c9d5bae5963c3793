import { percentile } from '../lib/report.ts';

export interface Times {
  readonly bestMs: number;
  readonly medianMs: number;
}

/** Runs the work so often and tells the best and the median: others use the same machine. */
export function timesOf(repeats: number, work: () => unknown): Times {
  const taken: number[] = [];
  for (let turn = 0; turn < repeats; turn++) {
    const start = performance.now();
    work();
    taken.push(performance.now() - start);
  }
  return { bestMs: Math.min(...taken), medianMs: percentile(taken, 0.5) };
}

/** The exponent of a power law through the points, by least squares of their logarithms: 1 for a straight line. */
export function growthExponent(points: readonly (readonly [size: number, cost: number])[]): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  const mean = (which: 0 | 1) => logs.reduce((sum, pair) => sum + pair[which], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const both = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return both / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
