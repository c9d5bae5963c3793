import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../clinic/platform/database/testing.ts';
import { race } from './booking/race.ts';
import { type BenchWeb, startBenchWeb } from './booking/web.ts';

let database: TestDatabase;
let web: BenchWeb;

beforeAll(async () => {
  database = await testDatabase();
  web = await startBenchWeb(database.admin, TEST_SECRET);
});
afterAll(async () => {
  await web?.stop();
  await database?.close();
});

it('64 desks race for few places: nothing is booked twice, and nothing free is refused', async () => {
  const options = { attempts: 200, clients: 64, places: 4, warmUp: 0, bareConnections: 6 };
  const result = await race(database.admin, TEST_SECRET, web, options);
  expect(result).toMatchObject({ doubleBookings: 0, falseRejections: 0 });
  expect(result.booked + result.refused).toBe(200);
  expect(result.refused).toBeGreaterThan(20);
});
