import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FuzzOrder } from './fuzz-thread.ts';
import { add, emptyTally, type Tally } from './tally.ts';

/** One execution takes some milliseconds, at most a second or two; what takes longer hangs. */
const PATIENCE_MS = 10_000;
const HEAP_MB = 1024;

/**
 * Fuzzes in a thread that is watched: one that hangs, dies or runs out of memory is a failure, and the next begins
 * behind it. `script` is the program whose thread does `fuzzAsThread`.
 */
export async function watchedFuzz(
  script: string,
  {
    names,
    seed,
    seconds,
  }: { readonly names: readonly string[]; readonly seed: number; readonly seconds: number },
  say: (line: string) => void,
): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'rectus-bench-fuzz-'));
  const tally = emptyTally();
  const endsAt = performance.now() + 1000 * seconds;
  let firstRun = 0;
  try {
    while (performance.now() < endsAt) {
      const order = {
        plan: { seed, folder },
        firstRun,
        seconds: (endsAt - performance.now()) / 1000,
      };
      const ended = await oneThread(script, order, (part) => {
        add(tally, part);
        for (const { run, sample, what } of part.failures) say(`FAILURE in run ${run}, ${sample}: ${what}`);
        say(`${tally.executions} executions`);
      });
      if (ended === null) break;
      const failure = { ...ended, sample: names[ended.run % names.length] ?? '' };
      say(`FAILURE in run ${failure.run}, ${failure.sample}: ${failure.what}`);
      tally.executions += 1;
      tally.failures.push(failure);
      firstRun = ended.run + 1;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return tally;
}

/** Until the thread is done (null), or until it hung or died in a run. */
function oneThread(
  script: string,
  order: Omit<FuzzOrder, 'current'>,
  counted: (part: Tally) => void,
): Promise<{ readonly run: number; readonly what: string } | null> {
  const current = new SharedArrayBuffer(4);
  const shown = new Int32Array(current);
  const { promise, resolve } = Promise.withResolvers<{ run: number; what: string } | null>();
  // What the command line says to a person is not for this one.
  const thread = new Worker(script, {
    workerData: { ...order, current },
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  thread.stderr.resume();
  let [last, since] = [-1, performance.now()];
  const timer = setInterval(() => {
    const run = Atomics.load(shown, 0);
    if (run !== last) [last, since] = [run, performance.now()];
    else if (performance.now() - since > PATIENCE_MS)
      resolve({ run, what: `no end within ${PATIENCE_MS} ms` });
  }, 200);
  thread.on('message', counted);
  thread.on('error', (error) => resolve({ run: Atomics.load(shown, 0), what: String(error) }));
  thread.on('exit', () => resolve(null));
  return promise.finally(async () => {
    clearInterval(timer);
    await thread.terminate();
  });
}
