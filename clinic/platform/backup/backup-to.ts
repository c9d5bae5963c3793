import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Sql, TransactionSql } from 'postgres';
import { BackupError, explainBackupFailure } from './backup-error.ts';
import {
  assertSuperuser,
  quoteName,
  readMigrations,
  readTables,
  savedSchemas,
  type Table,
  tableName,
} from './catalogue.ts';
import { backupFormat, type Manifest, type Part, type SavedSequence, type SavedTable } from './manifest.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

export interface BackupSource {
  /** A superuser's connection to the clinic's database. */
  readonly sql: Sql;
  /** The folder of uploaded files; it need not exist. */
  readonly filesDir: string;
}

export interface BackupSummary {
  readonly file: string;
  readonly takenAt: string;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
}

/** A table's rows are cut into parts of about this size, so that memory stays small whatever the table. */
const partBytes = 4 * 1024 * 1024;
const newline = 0x0a;

/**
 * Writes the whole clinic, database and files, into one new file: a gzipped tar that ends with `manifest.json`.
 * The database is read in one snapshot, while the clinic goes on working.
 * @throws BackupError when the file exists, the disk is full or the role may not see everything
 */
export async function backupTo(file: string, source: BackupSource): Promise<BackupSummary> {
  const target = resolve(file);
  if (await exists(target)) {
    throw new BackupError(
      'file-exists',
      `${target} exists already.`,
      'Choose a new name; nothing was overwritten.',
    );
  }
  await assertSuperuser(source.sql);
  // The name appears once the file is whole and on disk: a back-up that broke off is never taken for one.
  const draft = `${target}.${randomBytes(4).toString('hex')}.partial`;
  try {
    const manifest = await source.sql.begin('isolation level repeatable read read only', async (tx) => {
      await prepareSession(tx);
      const begun = await beginManifest(tx);
      const archive = Readable.from(archiveOf(tx, begun, resolve(source.filesDir)));
      await pipeline(archive, createGzip(), createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
      return begun;
    });
    await makeDurable(draft);
    await rename(draft, target);
    await makeDurable(dirname(target));
    return summaryOf(target, manifest);
  } catch (error) {
    await rm(draft, { force: true });
    throw explainBackupFailure(error, `The back-up ${target} could not be written`);
  }
}

async function prepareSession(tx: TransactionSql): Promise<void> {
  await tx`set local statement_timeout = 0`;
  await tx`set local idle_in_transaction_session_timeout = 0`;
  // Text forms that every server reads back to the same values.
  await tx`set local datestyle = 'ISO, YMD'`;
  await tx`set local intervalstyle = 'postgres'`;
  await tx`set local timezone = 'UTC'`;
  await tx`set local bytea_output = 'hex'`;
  await tx`set local extra_float_digits = 1`;
}

async function beginManifest(tx: TransactionSql): Promise<Manifest> {
  const [row] = await tx<{ now: Date | string }[]>`select now()`;
  return {
    program: 'rectus',
    format: backupFormat,
    takenAt: new Date(row?.now ?? Number.NaN).toISOString(),
    migrations: await readMigrations(tx),
    tables: [],
    sequences: await readSequences(tx),
    files: [],
  };
}

async function readSequences(tx: TransactionSql): Promise<SavedSequence[]> {
  const found = await tx<{ schema: string; name: string }[]>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and n.nspname in ${tx([...savedSchemas])} order by 1, 2`;
  const sequences: SavedSequence[] = [];
  for (const { schema, name } of found) {
    const [state] = await tx.unsafe<{ last: string; called: boolean }[]>(
      `select last_value::text as last, is_called as called from ${tableName({ schema, name })}`,
    );
    sequences.push({ schema, name, lastValue: state?.last ?? '1', isCalled: state?.called ?? false });
  }
  return sequences;
}

/** The bytes of the archive. Fills the manifest on the way and writes it last. */
async function* archiveOf(tx: TransactionSql, manifest: Manifest, filesDir: string): AsyncGenerator<Buffer> {
  const takenAt = new Date(manifest.takenAt);
  for (const [index, table] of (await readTables(tx)).entries()) {
    const folder = `database/${String(index + 1).padStart(4, '0')}-${table.schema}.${table.name}`;
    const saved: SavedTable = { ...table, columns: [...table.columns], rows: 0, parts: [] };
    manifest.tables.push(saved);
    yield* archiveTable(tx, table, { saved, folder, takenAt });
  }
  // Files are complete before their rows exist, so every file that the snapshot knows is there by now.
  for (const path of await listFiles(filesDir)) yield* archiveFile(filesDir, path, manifest.files);
  const text = Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`);
  yield* archiveBuffer('manifest.json', text, takenAt);
  yield tarEnd;
}

async function* archiveTable(
  tx: TransactionSql,
  table: Table,
  { saved, folder, takenAt }: { saved: SavedTable; folder: string; takenAt: Date },
): AsyncGenerator<Buffer> {
  const columns = table.columns.map(quoteName).join(', ');
  const rows = await tx.unsafe(`copy ${tableName(table)} (${columns}) to stdout`).readable();
  let held: Buffer[] = [];
  let heldBytes = 0;
  const flush = function* (): Generator<Buffer> {
    const body = Buffer.concat(held);
    const path = `${folder}/${String(saved.parts.length + 1).padStart(6, '0')}.copy`;
    saved.parts.push({ path, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') });
    held = [];
    heldBytes = 0;
    yield* archiveBuffer(path, body, takenAt);
  };
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    // COPY escapes line breaks inside values, so each one ends a row.
    for (const byte of chunk) if (byte === newline) saved.rows += 1;
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes >= partBytes) yield* flush();
  }
  if (heldBytes > 0) yield* flush();
}

function* archiveBuffer(path: string, body: Buffer, modified: Date): Generator<Buffer> {
  yield tarHeader(path, body.length, modified);
  yield body;
  yield tarPadding(body.length);
}

async function* archiveFile(filesDir: string, path: string, files: Part[]): AsyncGenerator<Buffer> {
  const found = await stat(join(filesDir, path)).catch(() => undefined);
  // Removed since the folder was listed: then no row of the snapshot can have named it for long.
  if (!found?.isFile()) return;
  const entry = `files/${path}`;
  const hash = createHash('sha256');
  let bytes = 0;
  yield tarHeader(entry, found.size, found.mtime);
  for await (const chunk of createReadStream(join(filesDir, path)) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  if (bytes !== found.size) {
    throw new BackupError('damaged', `The file ${path} changed while it was read.`, 'Try the back-up again.');
  }
  yield tarPadding(bytes);
  files.push({ path: entry, bytes, sha256: hash.digest('hex') });
}

/** Paths with forward slashes, sorted. Names that begin with a dot are drafts of uploads in progress. */
async function listFiles(filesDir: string): Promise<string[]> {
  try {
    const entries = await readdir(filesDir, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(filesDir, join(entry.parentPath, entry.name)).split(sep).join(posix.sep))
      .filter((path) => !path.split('/').some((name) => name.startsWith('.')))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function summaryOf(file: string, manifest: Manifest): BackupSummary {
  return {
    file,
    takenAt: manifest.takenAt,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    files: manifest.files.length,
  };
}

async function makeDurable(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows cannot flush a folder.
    if (
      (error as NodeJS.ErrnoException).code !== 'EPERM' &&
      (error as NodeJS.ErrnoException).code !== 'EINVAL'
    )
      throw error;
  } finally {
    await handle.close();
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
