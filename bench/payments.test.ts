import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../clinic/platform/database/testing.ts';
import { runSchedules } from './payments/schedules.ts';
import { openTillDatabase, type TillDatabase } from './payments/till.ts';

let database: TestDatabase;
let tills: TillDatabase;

beforeAll(async () => {
  database = await testDatabase();
  tills = openTillDatabase(database.admin, TEST_SECRET);
});
afterAll(async () => {
  await tills?.close();
  await database?.close();
});

it('orders are paid, declined, doubled, delayed, disputed and refunded at once: every cent and every slot has its owner', async () => {
  const lines: string[] = [];
  const result = await runSchedules(tills, {
    seed: Number(process.env.BENCH_SEED ?? 3),
    schedules: 24,
    atOnce: 24,
    say: (line) => lines.push(line),
  });
  expect(result, lines.join('\n')).toMatchObject({
    broken: 0,
    imbalances: 0,
    ownerlessSlots: 0,
    unsettledPayments: 0,
    forgeriesAccepted: 0,
    serverErrors: 0,
  });
}, 120_000);
