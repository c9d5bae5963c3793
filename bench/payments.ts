import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { printResult, printTable, round } from './lib/report.ts';
import { type BenchServer, startBenchServer } from './lib/server.ts';
import { runSchedules, type ScheduleResult } from './payments/schedules.ts';
import { openTillDatabase } from './payments/till.ts';

const SEED = 2_026;

// npm run -s bench -- payments [--small] [--seed N] [--only K]: whether every cent and every slot has its owner after
// random schedules of everything that can happen to a payment, how fast a checkout starts, and what a full ledger costs.
const { values: given } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(SEED) },
    only: { type: 'string' },
    schedules: { type: 'string' },
  },
});
await measure();

async function measure(): Promise<void> {
  const secret = randomBytes(32).toString('base64url');
  const server = await startBenchServer(process.env.RECTUS_ROOT ?? process.cwd(), secret);
  try {
    const ran = await measureSchedules(server, secret);
    print(ran);
    const wrong =
      ran.imbalances + ran.ownerlessSlots + ran.unsettledPayments + ran.broken + ran.forgeriesAccepted;
    if (wrong > 0) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

async function measureSchedules(server: BenchServer, secret: string): Promise<ScheduleResult> {
  say('running schedules');
  const database = openTillDatabase(await server.createDatabase('schedules'), secret);
  try {
    return await runSchedules(database, {
      seed: Number(given.seed),
      schedules: Number(given.schedules ?? (given.small ? 40 : 5_000)),
      atOnce: given.small ? 40 : 64,
      only: given.only === undefined ? null : Number(given.only),
      say,
    });
  } finally {
    await database.close();
  }
}

function print(ran: ScheduleResult): void {
  const states = Object.entries(ran.states).toSorted(([, one], [, other]) => other - one);
  printTable(`${ran.schedules} random schedules with the seed ${given.seed}`, [
    ['steps', String(ran.steps)],
    ['notices', String(ran.notices), `over HTTP; ${ran.serverErrors} answered with an error of ours`],
    ['forgeries accepted', String(ran.forgeriesAccepted)],
    ['ended in an error', String(ran.broken)],
    ['imbalances', String(ran.imbalances)],
    ['ownerless slots', String(ran.ownerlessSlots)],
    ['unsettled payments', String(ran.unsettledPayments)],
    ...states.map(([state, count]) => [`orders ${state}`, String(count)] as const),
  ]);
  printResult({
    schedules: ran.schedules,
    imbalances: ran.imbalances,
    ownerlessSlots: ran.ownerlessSlots,
    unsettledPayments: round(ran.unsettledPayments),
  });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
