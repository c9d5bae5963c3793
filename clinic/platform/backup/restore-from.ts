import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Sql, TransactionSql } from 'postgres';
import { BackupError, explainBackupFailure } from './backup-error.ts';
import { assertSuperuser, quoteName, readMigrations, readTables, tableName } from './catalogue.ts';
import type { Manifest, SavedTable } from './manifest.ts';
import type { TarEntry } from './tar.ts';
import { readBackup, verifyBackup } from './verify-backup.ts';

export interface RestoreTarget {
  /** A superuser's connection to a database with the same migrations as the back-up. */
  readonly sql: Sql;
  readonly filesDir: string;
  /** `into-empty` refuses a clinic that holds anything; `replace` removes what is there. */
  readonly mode: 'into-empty' | 'replace';
}

export interface RestoreSummary {
  readonly takenAt: string;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
}

/**
 * Brings a clinic back from a file that `backupTo` wrote. Every hash is checked before anything is touched; then
 * the rows arrive in one transaction, whole or not at all, and the files are in place before it ends.
 * @throws BackupError that says what is wrong with the file or why the clinic may not be overwritten
 */
export async function restoreFrom(file: string, target: RestoreTarget): Promise<RestoreSummary> {
  const manifest = await verifyBackup(resolve(file));
  await assertSuperuser(target.sql);
  await assertSameSchema(target.sql, manifest);
  const filesDir = resolve(target.filesDir);
  const staging = `${filesDir}.restoring-${randomBytes(4).toString('hex')}`;
  try {
    await target.sql.begin(async (tx) => {
      await prepareTarget(tx, target.mode);
      await load(tx, resolve(file), manifest, staging);
      for (const { schema, name, lastValue, isCalled } of manifest.sequences) {
        await tx`select setval(${tableName({ schema, name })}::regclass, ${lastValue}::bigint, ${isCalled})`;
      }
      await assertCounts(tx, manifest);
      // Before the commit: a row never names a file that is not there. A file without a row does no harm.
      await moveIntoPlace(staging, filesDir, manifest);
    });
  } catch (error) {
    throw explainBackupFailure(error, 'The back-up could not be restored, and nothing was changed');
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  if (target.mode === 'replace') await removeOthers(filesDir, manifest);
  return {
    takenAt: manifest.takenAt,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    files: manifest.files.length,
  };
}

async function assertSameSchema(sql: Sql, manifest: Manifest): Promise<void> {
  const here = await readMigrations(sql);
  const differs =
    here.length !== manifest.migrations.length ||
    here.some((one, index) => {
      const saved = manifest.migrations[index];
      return one.name !== saved?.name || one.hash !== saved.hash;
    });
  if (!differs) return;
  const last = (list: readonly { name: string }[]) => list.at(-1)?.name ?? 'none';
  throw new BackupError(
    'other-schema',
    `The back-up was made after migration ${last(manifest.migrations)}, this database is at ${last(here)}.`,
    'Restore it with the version of Rectus that made it; then start the newer one, which brings it up to date.',
  );
}

async function prepareTarget(tx: TransactionSql, mode: RestoreTarget['mode']): Promise<void> {
  await tx`set local statement_timeout = 0`;
  await tx`set local idle_in_transaction_session_timeout = 0`;
  // No trigger and no foreign key runs: the snapshot was consistent, and its rows come in any order.
  await tx`set local session_replication_role = replica`;
  const tables = (await readTables(tx)).map(tableName);
  if (tables.length === 0) return;
  await tx.unsafe(`lock table ${tables.join(', ')} in access exclusive mode`);
  if (mode === 'into-empty') await assertEmpty(tx, tables);
  // Also when empty: migrations may have written rows of their own, and the back-up holds them too.
  await tx.unsafe(`truncate ${tables.join(', ')}`);
}

/** A database with a clinic in it is in use; one without the table of clinics is judged by all its tables. */
async function assertEmpty(tx: TransactionSql, tables: readonly string[]): Promise<void> {
  const clinics = '"public"."clinic"';
  for (const table of tables.includes(clinics) ? [clinics] : tables) {
    const [row] = await tx.unsafe(`select exists (select from ${table}) as used`);
    if (row?.used) {
      throw new BackupError(
        'not-empty',
        'This clinic is not empty, and restoring would remove everything in it.',
        'Restore into an empty one (another RECTUS_DATA_DIR), or say --replace if you mean it.',
      );
    }
  }
}

/** Goes through the file a second time: rows into their tables, files into the staging folder. */
async function load(tx: TransactionSql, file: string, manifest: Manifest, staging: string): Promise<void> {
  const tableOf = new Map(
    manifest.tables.flatMap((table) => table.parts.map((part) => [part.path, table] as const)),
  );
  let current: TableWriter | undefined;
  const close = async () => {
    const writer = current;
    current = undefined;
    await writer?.end();
  };
  await mkdir(staging, { recursive: true, mode: 0o700 });
  await readBackup(file, async (entry) => {
    const table = tableOf.get(entry.path);
    if (table !== current?.table) await close();
    if (table !== undefined) {
      current ??= await openTable(tx, table);
      for await (const chunk of entry.body) await current.write(chunk);
    } else if (entry.path.startsWith('files/')) {
      await storeFile(entry, staging);
    } else {
      for await (const _ of entry.body);
    }
  });
  await close();
}

interface TableWriter {
  readonly table: SavedTable;
  write(chunk: Buffer): Promise<void>;
  end(): Promise<void>;
}

/** The database may refuse a row at any time, also between two parts: the next call then says why. */
async function openTable(tx: TransactionSql, table: SavedTable): Promise<TableWriter> {
  const columns = table.columns.map(quoteName).join(', ');
  const rows = await tx.unsafe(`copy ${tableName(table)} (${columns}) from stdin`).writable();
  let refusal: Error | undefined;
  rows.on('error', (error) => {
    refusal ??= error;
  });
  return {
    table,
    async write(chunk) {
      const problem = await new Promise((done) => rows.write(chunk, done));
      if (refusal ?? problem) throw refusal ?? problem;
    },
    async end() {
      rows.end();
      // The driver never reports a refusal that comes after the last byte, but the transaction knows of it.
      await tx`select 1`.catch((error: unknown) => {
        throw refusal ?? refusedRow(table, error);
      });
    },
  };
}

function refusedRow(table: SavedTable, cause: unknown): BackupError {
  return new BackupError(
    'other-schema',
    `The database refused a row of ${table.name}.`,
    'Its log says why. Nothing was changed.',
    cause,
  );
}

async function storeFile(entry: TarEntry, staging: string): Promise<void> {
  const path = join(staging, entry.path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await pipeline(entry.body, createWriteStream(path, { mode: 0o600 }));
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

async function assertCounts(tx: TransactionSql, manifest: Manifest): Promise<void> {
  for (const table of manifest.tables) {
    const [row] = await tx.unsafe<{ count: string }[]>(`select count(*) from ${tableName(table)}`);
    if (Number(row?.count) !== table.rows) {
      throw new BackupError(
        'damaged',
        `The back-up promised ${table.rows} rows of ${table.name} and brought ${row?.count}.`,
        'Use another copy of the back-up; nothing was changed.',
      );
    }
  }
}

async function moveIntoPlace(staging: string, filesDir: string, manifest: Manifest): Promise<void> {
  await mkdir(filesDir, { recursive: true, mode: 0o700 });
  const folders = new Set<string>();
  for (const { path } of manifest.files) {
    const place = join(filesDir, path.slice('files/'.length));
    if (!folders.has(dirname(place))) await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    folders.add(dirname(place));
    await rename(join(staging, path), place);
  }
}

/** After the commit: files of the clinic that was replaced. */
async function removeOthers(filesDir: string, manifest: Manifest): Promise<void> {
  const kept = new Set(manifest.files.map(({ path }) => path.slice('files/'.length)));
  for (const entry of await readdir(filesDir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(relative(filesDir, path).split(sep).join('/'))) await rm(path);
  }
}
