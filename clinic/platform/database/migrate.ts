import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from './pool.ts';

/** A migration that landed was changed afterwards, or one is missing: nothing is applied. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

/**
 * Applies the numbered SQL files of `folder` that have not been applied yet, each in a transaction of its own,
 * connected as the owner. Several processes may call it at once. Returns the names it applied.
 */
export async function migrate(owner: Sql, folder: string): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  const connection = await owner.reserve();
  try {
    await connection`select pg_advisory_lock(hashtext('rectus migrations'))`;
    await connection.unsafe(
      `create table if not exists migration (
         name text primary key, hash text not null, applied_at timestamptz not null default now())`,
    );
    const applied = new Map(
      (await connection<{ name: string; hash: string }[]>`select name, hash from migration`).map((row) => [
        row.name,
        row.hash,
      ]),
    );
    verifyHistory(migrations, applied);
    const pending = migrations.filter((migration) => !applied.has(migration.name));
    for (const migration of pending) {
      await connection.unsafe('begin');
      try {
        await connection.unsafe(migration.text);
        await connection`insert into public.migration (name, hash) values (${migration.name}, ${migration.hash})`;
        await connection.unsafe('commit');
      } catch (error) {
        await connection.unsafe('rollback');
        throw new MigrationError(`${migration.name}: ${(error as Error).message}`, { cause: error });
      }
    }
    return pending.map((migration) => migration.name);
  } finally {
    await connection`select pg_advisory_unlock(hashtext('rectus migrations'))`;
    connection.release();
  }
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

function verifyHistory(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  for (const [name, hash] of applied) {
    const migration = migrations.find((one) => one.name === name);
    if (!migration)
      throw new MigrationError(`${name} was applied to this database but is not in this program`);
    if (migration.hash !== hash) throw new MigrationError(`${name} was changed after it had been applied`);
  }
}
