import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { printResult, printTable, round } from './lib/report.ts';
import { type BenchServer, startBenchServer } from './lib/server.ts';
import { type CheckoutTimes, measureCheckouts } from './payments/checkouts.ts';
import { type GrowthResult, measureGrowth } from './payments/growth.ts';
import { runSchedules, type ScheduleResult } from './payments/schedules.ts';
import { openTillDatabase } from './payments/till.ts';

const SEED = 2_026;
const GROWTH = { entries: [10_000, 1_000_000], repeats: 300 } as const;
const SMALL_GROWTH = { entries: [400, 4_000], repeats: 20 } as const;

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
    printSchedules(ran);
    if (given.only !== undefined) return;
    const checkouts = await checkoutTimes(server, secret);
    printCheckouts(checkouts);
    const growth = await growthOf(server, secret);
    printGrowth(growth);
    printResult({
      schedules: ran.schedules,
      imbalances: ran.imbalances,
      ownerlessSlots: ran.ownerlessSlots,
      unsettledPayments: ran.unsettledPayments,
      checkoutP99Ms: round(checkouts.p99Ms, 1),
      growth: round(growth.growth, 2),
    });
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

function printSchedules(ran: ScheduleResult): void {
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
}

async function checkoutTimes(server: BenchServer, secret: string): Promise<CheckoutTimes> {
  say('starting checkouts');
  const database = openTillDatabase(await server.createDatabase('checkouts'), secret);
  try {
    return await measureCheckouts(database, given.small ? 60 : 1_000);
  } finally {
    await database.close();
  }
}

async function growthOf(server: BenchServer, secret: string): Promise<GrowthResult> {
  say('filling the books');
  const databases = [await server.createDatabase('few'), await server.createDatabase('many')] as const;
  return measureGrowth(databases, secret, given.small ? SMALL_GROWTH : GROWTH);
}

function printCheckouts(times: CheckoutTimes): void {
  printTable('A checkout starts, 8 clients', [
    ['p50', `${times.p50Ms.toFixed(0)} ms`, 'order, hold, provider, address to go to'],
    ['p99', `${times.p99Ms.toFixed(0)} ms`],
    [
      'of it the provider, p50',
      `${times.providerP50Ms.toFixed(0)} ms`,
      'a fake on the loopback, in this process',
    ],
    ['of it the provider, p99', `${times.providerP99Ms.toFixed(0)} ms`],
  ]);
}

function printGrowth({ few, many, growth }: GrowthResult): void {
  const [less, more] = (given.small ? SMALL_GROWTH : GROWTH).entries;
  const row = (name: string, one: number, other: number) =>
    [
      name,
      `${other.toFixed(1)} ms`,
      `was ${one.toFixed(1)} ms; ${(other / one).toFixed(2)} times as much`,
    ] as const;
  printTable(`${more} entries in the ledger, compared with ${less}; medians`, [
    row('order, paid, receipt', few.settleMs, many.settleMs),
    row('reading an order', few.readMs, many.readMs),
    row('the worker with nothing to do', few.dueMs, many.dueMs),
    row('checking all the books', few.verifyMs, many.verifyMs),
    ['growth', growth.toFixed(2)],
  ]);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
