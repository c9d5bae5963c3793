import { percentile } from '../lib/report.ts';

/** What a piece of work took again and again. */
export interface Times {
  /** By the clock. */
  readonly bestMs: number;
  readonly medianMs: number;
  /** The mean of this thread's own time: without what it waited for others on a shared machine. */
  readonly ownMs: number;
}

/** Runs the work so often. */
export function timesOf(repeats: number, work: () => unknown): Times {
  const taken: number[] = [];
  const ownStart = ownTimeMs();
  for (let turn = 0; turn < repeats; turn++) {
    const start = performance.now();
    work();
    taken.push(performance.now() - start);
  }
  const ownMs = (ownTimeMs() - ownStart) / repeats;
  return { bestMs: Math.min(...taken), medianMs: percentile(taken, 0.5), ownMs };
}

/** How long this thread has been on a processor; told in steps of some milliseconds, so only sums say something. */
export function ownTimeMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The exponent of a power law through the points, by least squares of their logarithms: 1 for a straight line. */
export function growthExponent(points: readonly (readonly [size: number, cost: number])[]): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  const mean = (which: 0 | 1) => logs.reduce((sum, pair) => sum + pair[which], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const both = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return both / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
