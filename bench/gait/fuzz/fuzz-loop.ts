import { execute, type FuzzPlan } from './execution.ts';
import type { Sample } from './samples.ts';
import { count, emptyTally, type Tally } from './tally.ts';

/** Runs from a number on until the clock says so, or until `runs` are done; failures are noted and passed over. */
export async function fuzz(
  samples: readonly Sample[],
  plan: FuzzPlan,
  until: { readonly firstRun: number; readonly runs: number; readonly endsAt: number },
  begins: (run: number) => void = () => {},
): Promise<Tally> {
  const tally = emptyTally();
  for (let run = until.firstRun; run < until.firstRun + until.runs; run++) {
    if (performance.now() > until.endsAt) break;
    begins(run);
    const start = performance.now();
    const sample = samples[run % samples.length]?.name ?? '';
    try {
      const execution = await execute(samples, run, plan);
      count(tally, execution, performance.now() - start);
      const needed = execution.shares?.needed ?? 0;
      if (needed > 1)
        tally.failures.push({ run, sample, what: `needed ${needed.toFixed(2)} of the memory allowed` });
    } catch (error) {
      tally.executions += 1;
      tally.failures.push({
        run,
        sample,
        what: error instanceof Error ? (error.stack ?? '') : String(error),
      });
    }
  }
  return tally;
}
