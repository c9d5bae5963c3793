import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { type Config, SettingsError } from './platform/config.ts';
import { type Connection, openPool, type Sql } from './platform/database/pool.ts';
import { connectionAs, type DatabaseRole } from './platform/database/roles.ts';
import { dataDirOf, filesDirOf } from './platform/files/index.ts';

export { dataDirOf, filesDirOf };

/** The secret that seals links and makes database passwords: from the settings, or made once and kept. */
export async function provideSecret(config: Config): Promise<string> {
  if (config.secret) return config.secret;
  if (config.databaseUrl)
    throw new SettingsError('DATABASE_URL needs RECTUS_SECRET, the same for every process.');
  const file = join(dataDirOf(config), 'secret');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known && known.trim().length >= 32) return known.trim();
  const secret = randomBytes(32).toString('base64url');
  try {
    await mkdir(dataDirOf(config), { recursive: true });
    await writeFile(`${file}.new`, `${secret}\n`, { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'the disk is full' : (error as Error).message;
    throw new SettingsError(
      `The data folder ${dataDirOf(config)} cannot be written (${why}).\nSet RECTUS_DATA_DIR to a folder that this user may write.`,
    );
  }
  return secret;
}

/** An administrator's address as a connection. */
export function connectionFromUrl(address: string): Connection {
  const url = new URL(address);
  const tls = url.searchParams.get('sslmode');
  return {
    host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname || 'localhost'),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)) || 'rectus',
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ...(tls && tls !== 'disable' ? { ssl: true } : {}),
  };
}

/** A pool of one of our roles beside `admin`. */
export function openAs(admin: Connection, role: DatabaseRole, secret: string, max: number): Sql {
  return openPool(connectionAs(admin, role, secret), max, role);
}

/** Runs `work` on one connection of the administrator, which serves nothing else. */
export async function asAdmin<T>(admin: Connection, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres({ ...admin, ssl: admin.ssl ?? false, max: 1, onnotice: () => {} }) as Sql;
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}
