import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../database/pool.ts';
import { connectionAs } from '../database/roles.ts';
import { TEST_SECRET, type TestWorld, testWorld } from '../database/testing.ts';
import { markAlive, unlockDead } from './dead-workers.ts';
import { createWake } from './wake.ts';
import { startWorker } from './worker.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

describe('the workers', () => {
  it('do a job for the clinic that asked, at once', async () => {
    const connection = connectionAs(world.admin, 'rectus_worker', TEST_SECRET);
    const { promise: done, resolve } = Promise.withResolvers<string>();
    const job = { name: 'mail', every: '0 0 1 1 *', work: async (clinicId: string) => resolve(clinicId) };
    const worker = await startWorker(connection, [job], () => {});
    const queue = createWake(connection);
    queue.wake('mail', world.one.clinic.id);
    expect(await done).toBe(world.one.clinic.id);
    await queue.close();
    await worker.stop();
  });

  it('that were killed give their jobs back at once; living ones keep theirs', async () => {
    const connection = connectionAs(world.admin, 'rectus_worker', TEST_SECRET);
    const sql = openPool(connection, 2);
    const living = openPool(connection, 1);
    const reserved = await living.reserve();
    await markAlive(reserved, 'living');
    for (const worker of ['living', 'killed']) {
      await sql`select graphile_worker.add_job('never')`;
      await sql`
        update graphile_worker._private_jobs set locked_by = ${worker}, locked_at = now()
        where id = (select max(id) from graphile_worker._private_jobs)`;
    }
    expect(await unlockDead(sql)).toEqual(['killed']);
    const locked = await sql`select locked_by from graphile_worker._private_jobs where locked_by is not null`;
    expect(locked.map((row) => row.locked_by)).toEqual(['living']);
    reserved.release();
    await Promise.all([sql.end(), living.end()]);
  });
});
