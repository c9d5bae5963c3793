import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printResult, printTable, round } from '../report.ts';
import type { Tally } from './tally.ts';
import type { FuzzPlan, FuzzTarget } from './target.ts';
import { watchedFuzz } from './watch.ts';

const TEN_MINUTES = 600;
const USUAL_SEED = 2_026;
const NEWS_EVERY_MS = 20_000;

export interface FuzzSubject {
  readonly names: readonly string[];
  readonly targetOf: (plan: FuzzPlan) => FuzzTarget | Promise<FuzzTarget>;
  /** How much memory is allowed, in words. */
  readonly allowance: string;
  /** What each step that can be reached is called. */
  readonly steps: Readonly<Record<string, string>>;
}

/** A fuzzing command: ten minutes by default, one run again with `--only`, seconds with `--small`. */
export async function fuzzCommand(subject: FuzzSubject): Promise<void> {
  const { values: given } = parseArgs({
    options: {
      seconds: { type: 'string' },
      seed: { type: 'string', default: String(USUAL_SEED) },
      only: { type: 'string' },
      small: { type: 'boolean', default: false },
    },
  });
  const seed = Number(given.seed);
  if (given.only !== undefined) await repeat(subject, seed, Number(given.only));
  else await measure(subject, seed, Number(given.seconds ?? (given.small ? 5 : TEN_MINUTES)));
}

/** One run again, with whatever it throws. */
async function repeat({ targetOf }: FuzzSubject, seed: number, run: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rectus-bench-fuzz-'));
  try {
    process.stdout.write(`${JSON.stringify(await (await targetOf({ seed, folder })).execute(run))}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(subject: FuzzSubject, seed: number, seconds: number): Promise<void> {
  let told = 0;
  const { names } = subject;
  const tally = await watchedFuzz(process.argv[1] ?? '', { names, seed, seconds }, (line) => {
    const isNews = line.startsWith('FAILURE') || performance.now() - told > NEWS_EVERY_MS;
    if (!isNews) return;
    told = performance.now();
    process.stderr.write(`${line}\n`);
  });
  print(subject, tally, `for ${seconds} s with the seed ${seed}`);
  const { executions, failures, reached, worstNeeded, slowestMs } = tally;
  printResult({
    executions,
    failures: failures.length,
    ...Object.fromEntries(Object.keys(subject.steps).map((step) => [step, reached[step] ?? 0])),
    worstMemoryShare: round(worstNeeded, 2),
    slowestMs: round(slowestMs),
    seconds,
    seed,
  });
  if (failures.length > 0) process.exitCode = 1;
}

function print({ names, steps, allowance }: FuzzSubject, tally: Tally, when: string): void {
  printTable(`${names.length} files, broken and cut, ${when}`, [
    ['executions', String(tally.executions)],
    ...Object.entries(steps).map(([step, words]) => [words, String(tally.reached[step] ?? 0)] as const),
    [
      'most memory of the reader',
      `${(100 * tally.worstNeeded).toFixed(0)} %`,
      `of ${allowance}; with all garbage ${(100 * tally.worstInAll).toFixed(0)} %; ${tally.measured} measured`,
    ],
    ['slowest execution', `${tally.slowestMs.toFixed(0)} ms`],
    [
      'failures',
      String(tally.failures.length),
      tally.failures
        .map(({ run }) => run)
        .slice(0, 20)
        .join(' '),
    ],
  ]);
}
