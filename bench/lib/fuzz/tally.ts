import type { Execution } from './target.ts';

/** Something that must not happen, with the number that repeats it. */
export interface Failure {
  readonly run: number;
  readonly sample: string;
  readonly what: string;
}

export interface Tally {
  executions: number;
  /** How many reached which step. */
  readonly reached: Record<string, number>;
  measured: number;
  /** The most that reading needed, and the most that it ever allocated, as shares of its limit. */
  worstNeeded: number;
  worstInAll: number;
  slowestMs: number;
  readonly failures: Failure[];
}

export function emptyTally(): Tally {
  return {
    executions: 0,
    reached: {},
    measured: 0,
    worstNeeded: 0,
    worstInAll: 0,
    slowestMs: 0,
    failures: [],
  };
}

/** Counts one execution that came to an end. */
export function count(tally: Tally, { reached, shares }: Execution, ms: number): void {
  tally.executions += 1;
  for (const step of reached) tally.reached[step] = (tally.reached[step] ?? 0) + 1;
  tally.slowestMs = Math.max(tally.slowestMs, ms);
  if (shares === null) return;
  tally.measured += 1;
  tally.worstNeeded = Math.max(tally.worstNeeded, shares.needed);
  tally.worstInAll = Math.max(tally.worstInAll, shares.inAll);
}

/** Adds what another thread counted. */
export function add(tally: Tally, other: Tally): void {
  for (const key of ['executions', 'measured'] as const) tally[key] += other[key];
  for (const [step, times] of Object.entries(other.reached))
    tally.reached[step] = (tally.reached[step] ?? 0) + times;
  for (const key of ['worstNeeded', 'worstInAll', 'slowestMs'] as const)
    tally[key] = Math.max(tally[key], other[key]);
  tally.failures.push(...other.failures);
}
