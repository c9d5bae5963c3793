import { count, emptyTally, type Tally } from './tally.ts';
import type { FuzzTarget } from './target.ts';

/** Runs from a number on until the clock says so, or until `runs` are done; failures are noted and passed over. */
export async function fuzz(
  target: FuzzTarget,
  until: { readonly firstRun: number; readonly runs: number; readonly endsAt: number },
  begins: (run: number) => void = () => {},
): Promise<Tally> {
  const tally = emptyTally();
  for (let run = until.firstRun; run < until.firstRun + until.runs; run++) {
    if (performance.now() > until.endsAt) break;
    begins(run);
    const start = performance.now();
    const sample = target.names[run % target.names.length] ?? '';
    try {
      const execution = await target.execute(run);
      count(tally, execution, performance.now() - start);
      const needed = execution.shares?.needed ?? 0;
      if (needed > 1)
        tally.failures.push({ run, sample, what: `needed ${needed.toFixed(2)} of the memory allowed` });
    } catch (error) {
      tally.executions += 1;
      const what = error instanceof Error ? (error.stack ?? '') : String(error);
      tally.failures.push({ run, sample, what });
    }
  }
  return tally;
}
