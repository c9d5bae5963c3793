import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { execute, USUAL_PLAN } from './gait/fuzz/execution.ts';
import { fuzzAsThread } from './gait/fuzz/fuzz-thread.ts';
import { fuzzSamples } from './gait/fuzz/samples.ts';
import { watchedFuzz } from './gait/fuzz/watch.ts';
import { printResult, printTable, round } from './lib/report.ts';

const TEN_MINUTES = 600;

// npm run -s bench -- gait-fuzz [--seconds N] [--seed N] [--only RUN] [--small]: motion-capture files of every sample,
// truncated and broken, through reader, de-identification, report and export. The fuzzing thread runs the same file.
if (isMainThread) await main();
else await fuzzAsThread();

async function main(): Promise<void> {
  const { values: given } = parseArgs({
    options: {
      seconds: { type: 'string' },
      seed: { type: 'string', default: String(USUAL_PLAN.seed) },
      only: { type: 'string' },
      small: { type: 'boolean', default: false },
    },
  });
  const seed = Number(given.seed);
  if (given.only !== undefined) await repeat(seed, Number(given.only));
  else await measure(seed, Number(given.seconds ?? (given.small ? 5 : TEN_MINUTES)));
}

/** One run again, with whatever it throws. */
async function repeat(seed: number, run: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rectus-bench-fuzz-'));
  try {
    const execution = await execute(fuzzSamples(), run, { ...USUAL_PLAN, seed, folder });
    process.stdout.write(`${JSON.stringify(execution)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(seed: number, seconds: number): Promise<void> {
  let told = 0;
  const { tally, samples } = await watchedFuzz(process.argv[1] ?? '', seed, seconds, (line) => {
    const isNews = line.startsWith('FAILURE') || performance.now() - told > 20_000;
    if (!isNews) return;
    told = performance.now();
    process.stderr.write(`${line}\n`);
  });
  const { executions, read, reported, exported, measured, failures } = tally;
  printTable(`${samples} files, broken and cut, for ${seconds} s with the seed ${seed}`, [
    ['executions', String(executions)],
    ['refused by the reader', String(executions - read), 'each with its typed error'],
    ['reports made', String(reported), 'of every fourth file that could be read'],
    ['exports tried', String(exported)],
    [
      'most memory of the reader',
      `${(100 * tally.worstNeeded).toFixed(0)} %`,
      `of 10 × file + 1 MiB; with all garbage ${(100 * tally.worstInAll).toFixed(0)} %; ${measured} measured`,
    ],
    ['slowest execution', `${tally.slowestMs.toFixed(0)} ms`],
    [
      'failures',
      String(failures.length),
      failures
        .map(({ run }) => run)
        .slice(0, 20)
        .join(' '),
    ],
  ]);
  printResult({
    executions,
    failures: failures.length,
    read,
    reported,
    exported,
    worstMemoryShare: round(tally.worstNeeded, 2),
    slowestMs: round(tally.slowestMs),
    seconds,
    seed,
  });
  if (failures.length > 0) process.exitCode = 1;
}
