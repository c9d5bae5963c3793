import { parentPort, workerData } from 'node:worker_threads';
import { fuzz } from './fuzz-loop.ts';
import type { FuzzPlan, FuzzTarget } from './target.ts';

/** What the thread is told. */
export interface FuzzOrder {
  readonly plan: FuzzPlan;
  readonly firstRun: number;
  readonly seconds: number;
  /** The number of the run that is going on: what the watching thread sees even while this one hangs. */
  readonly current: SharedArrayBuffer;
}

/** Counts are handed over in small portions, so that a thread that must be ended takes little with it. */
const PORTION = 50;

/** The work of a fuzzing thread. */
export async function fuzzAsThread(
  targetOf: (plan: FuzzPlan) => FuzzTarget | Promise<FuzzTarget>,
): Promise<void> {
  const { plan, firstRun, seconds, current } = workerData as FuzzOrder;
  const target = await targetOf(plan);
  const shown = new Int32Array(current);
  const endsAt = performance.now() + 1000 * seconds;
  for (let next = firstRun; performance.now() < endsAt; next += PORTION)
    parentPort?.postMessage(
      await fuzz(target, { firstRun: next, runs: PORTION, endsAt }, (run) => Atomics.store(shown, 0, run)),
    );
}
