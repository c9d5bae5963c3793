import type { Sql } from 'postgres';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/**
 * Refuses a server that could lose a write it has acknowledged.
 * @throws EmbeddedPostgresError `not-durable`, naming each setting that is off
 */
export async function assertDurable(sql: Sql): Promise<void> {
  const off = await sql<{ name: string }[]>`
    select name from pg_settings
    where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
    order by name`;
  if (off.length === 0) return;
  const names = off.map((row) => row.name).join(', ');
  throw new EmbeddedPostgresError(
    'not-durable',
    `The database server runs with ${names} off and could lose what it has confirmed.`,
    'Switch these settings on in the server (ALTER SYSTEM RESET …), then start again.',
  );
}
