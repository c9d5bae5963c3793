import type { Sql } from '../database/pool.ts';

type Reserved = Awaited<ReturnType<Sql['reserve']>>;

/**
 * Marks a worker as alive for as long as this connection lives: the server frees the lock the moment its process
 * dies, however it dies. No heartbeat has to be written and no clock compared.
 */
export async function markAlive(connection: Reserved, workerId: string): Promise<void> {
  await connection`select pg_advisory_lock(hashtextextended(${`worker ${workerId}`}, 0))`;
}

/** Gives the jobs of killed workers back to the queue, which would otherwise keep them for hours. Returns the dead. */
export async function unlockDead(sql: Sql): Promise<readonly string[]> {
  const lockers = await sql<{ id: string }[]>`
    select distinct locked_by as id from graphile_worker.jobs where locked_by is not null`;
  const dead: string[] = [];
  for (const { id } of lockers) {
    const [{ free }] = (await sql`
      select pg_try_advisory_xact_lock(hashtextextended(${`worker ${id}`}, 0)) as free`) as unknown as [
      { free: boolean },
    ];
    if (free) dead.push(id);
  }
  if (dead.length > 0) await sql`select graphile_worker.force_unlock_workers(${dead}::text[])`;
  return dead;
}
