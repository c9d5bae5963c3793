import type { Execution } from './execution.ts';

/** Something that must not happen, with the number that repeats it. */
export interface Failure {
  readonly run: number;
  readonly sample: string;
  readonly what: string;
}

export interface Tally {
  executions: number;
  read: number;
  reported: number;
  exported: number;
  measured: number;
  /** The most that the reader needed, and the most that it ever allocated, as shares of its limit. */
  worstNeeded: number;
  worstInAll: number;
  slowestMs: number;
  readonly failures: Failure[];
}

export function emptyTally(): Tally {
  return {
    executions: 0,
    read: 0,
    reported: 0,
    exported: 0,
    measured: 0,
    worstNeeded: 0,
    worstInAll: 0,
    slowestMs: 0,
    failures: [],
  };
}

/** Counts one execution that came to an end. */
export function count(tally: Tally, { read, reported, exported, shares }: Execution, ms: number): void {
  tally.executions += 1;
  if (read) tally.read += 1;
  if (reported) tally.reported += 1;
  if (exported) tally.exported += 1;
  tally.slowestMs = Math.max(tally.slowestMs, ms);
  if (shares === null) return;
  tally.measured += 1;
  tally.worstNeeded = Math.max(tally.worstNeeded, shares.needed);
  tally.worstInAll = Math.max(tally.worstInAll, shares.inAll);
}

/** Adds what another thread counted. */
export function add(tally: Tally, other: Tally): void {
  for (const key of ['executions', 'read', 'reported', 'exported', 'measured'] as const)
    tally[key] += other[key];
  for (const key of ['worstNeeded', 'worstInAll', 'slowestMs'] as const)
    tally[key] = Math.max(tally[key], other[key]);
  tally.failures.push(...other.failures);
}
