import { asAdmin } from '../../clinic/place.ts';
import type { Connection } from '../../clinic/platform/database/pool.ts';
import { percentile } from '../lib/report.ts';
import type { BenchServer } from '../lib/server.ts';
import { addMonthClinics } from './month-clinics.ts';
import { type MonthSearch, openMonthSearch, timeSearches } from './month-search.ts';

export interface MonthOptions {
  /** Clinics of a thousand appointments each, in the small database and in the large one. */
  readonly clinics: readonly [few: number, many: number];
  readonly clients: number;
  readonly searches: number;
}

export interface MonthFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface MonthResult {
  readonly few: MonthFigures;
  readonly many: MonthFigures;
  /** p50 in the large database over p50 in the small one. */
  readonly growth: number;
  /** The plan in the large database, where it does not use the index that was made for it. */
  readonly unexpectedPlan: string | null;
}

/** Rounds that take turns, so that whatever else the machine does weighs on both alike. */
const ROUNDS = 10;

/** Searches the same clinic among few and among many others. */
export async function measureMonth(
  server: BenchServer,
  secret: string,
  { clinics: [few, many], clients, searches }: MonthOptions,
  say: (line: string) => void,
): Promise<MonthResult> {
  const now = Date.now();
  const small = await server.createDatabase('month_small');
  await fill(small, 1, few, now);
  const large = await server.copyDatabase(small, 'month_large');
  say(`writing ${many - few} clinics with a thousand appointments each`);
  await fill(large, few + 1, many, now);
  const [inSmall, inLarge] = [
    await openMonthSearch(small, secret, clients, now),
    await openMonthSearch(large, secret, clients, now),
  ];
  try {
    const timed = await takeTurns([inSmall, inLarge], clients, searches);
    const [first, second] = [figuresOf(timed[0]), figuresOf(timed[1])];
    const plan = await inLarge.plan();
    return {
      few: first,
      many: second,
      growth: second.p50Ms / first.p50Ms,
      unexpectedPlan: plan.includes('claim_by_resource') ? null : plan,
    };
  } finally {
    await Promise.all([inSmall.close(), inLarge.close()]);
  }
}

function fill(database: Connection, from: number, to: number, now: number): Promise<void> {
  return asAdmin(database, (sql) => addMonthClinics(sql, from, to, now));
}

interface Timed {
  readonly ms: number[];
  seconds: number;
}

async function takeTurns(
  months: readonly [MonthSearch, MonthSearch],
  clients: number,
  searches: number,
): Promise<readonly [Timed, Timed]> {
  const timed: readonly [Timed, Timed] = [
    { ms: [], seconds: 0 },
    { ms: [], seconds: 0 },
  ];
  const each = Math.ceil(searches / ROUNDS);
  for (const month of months) await timeSearches(month, each, clients);
  for (let round = 0; round < ROUNDS; round++) {
    for (const index of [0, 1] as const) {
      const { ms, seconds } = await timeSearches(months[index], each, clients);
      timed[index].ms.push(...ms);
      timed[index].seconds += seconds;
    }
  }
  return timed;
}

function figuresOf({ ms, seconds }: Timed): MonthFigures {
  return { perSecond: ms.length / seconds, p50Ms: percentile(ms, 0.5), p99Ms: percentile(ms, 0.99) };
}
