import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../clinic/platform/database/testing.ts';
import { doorTimes } from './imaging/doors.ts';

let databases: readonly [TestDatabase, TestDatabase];
const folder = join(tmpdir(), `rectus-bench-${randomUUID()}`);
beforeAll(async () => {
  databases = [await testDatabase(), await testDatabase()];
});
afterAll(async () => {
  for (const one of databases ?? []) await one.close();
  await rm(folder, { recursive: true, force: true });
});

it('clips are stored, found and served through the door while they are timed', async () => {
  const { few, many, limits } = await doorTimes([databases[0].admin, databases[1].admin], {
    stored: [16, 64],
    timing: { stores: [2, 4], frames: [4, 8], bulks: 2, searches: 2 },
    ...{ secret: TEST_SECRET, folder },
  });
  for (const times of [few, many, limits])
    for (const [name, value] of Object.entries(times))
      for (const number of [value].flat()) expect(number, name).toBeGreaterThan(0);
}, 60_000);
