import { join } from 'node:path';
import { platform } from 'node:process';
import postgres from 'postgres';
import { assertDurable } from './assert-durable.ts';
import { provideCluster, superuser } from './cluster.ts';
import { writeConfiguration } from './configuration.ts';
import { EmbeddedPostgresError, explainFailure } from './embedded-postgres-error.ts';
import { type ClusterPlace, preparePlace, rotateLog } from './place.ts';
import { clearRemains, findOrphan, startServer, stopServer } from './postmaster.ts';
import { processMark } from './processes.ts';
import { type Programs, providePrograms } from './programs.ts';
import { takeSupervisorLock } from './supervisor-lock.ts';

export interface EmbeddedPostgresOptions {
  /** The clinic's data folder; the server keeps everything in `postgres/` below it. */
  readonly dataDir: string;
  readonly onProgress?: (message: string) => void;
  /** False gives up crash safety for speed: only for clusters that tests throw away. */
  readonly fsync?: boolean;
  /** The number in the socket's name, and the TCP port on Windows. */
  readonly port?: number;
}

/** Fits both `postgres(options)` and the `pg` library's `new Pool(options)`. */
export interface AdminConnection {
  /** The folder of the Unix socket; `127.0.0.1` on Windows. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface EmbeddedPostgres {
  /** The superuser's connection: for creating roles and databases, never for serving a request. */
  readonly admin: AdminConnection;
  readonly pid: number;
  /** True when the server was still running after its supervisor had been killed. */
  readonly adopted: boolean;
  /** Where the database lives, for people to read. */
  readonly home: string;
  readonly logFile: string;
  /** Resolves when the server process ends, whether stopped or killed. */
  readonly ended: Promise<void>;
  /** Ends open sessions, writes everything to disk and stops the server. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts (or adopts) the real PostgreSQL server of this clinic and waits until it accepts connections.
 * @throws EmbeddedPostgresError in plain words: already running, disk full, no permission, socket taken, …
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const onProgress = options.onProgress ?? (() => undefined);
  const settings = { port: options.port ?? 5432, fsync: options.fsync ?? true };
  const place = await preparePlace(join(options.dataDir, 'postgres'));
  const lock = await takeSupervisorLock(place.lockFile, place.home).catch((error: unknown) => {
    throw plain(error, place.home);
  });
  try {
    const programs = await providePrograms(place.home, onProgress);
    const password = await provideCluster(place, programs, { fsync: settings.fsync, onProgress });
    const host = platform === 'win32' ? '127.0.0.1' : place.socketDir;
    const admin = { host, port: settings.port, user: superuser, password, database: 'postgres' };
    const server = await adoptOrStart(place, programs, admin, settings, onProgress);
    let stopping: Promise<void> | undefined;
    const stop = async () => {
      await stopServer(server.pid, place, programs);
      await lock.release();
    };
    return {
      admin,
      ...server,
      home: place.home,
      logFile: place.logFile,
      ended: whenGone(server.pid),
      stop: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    await lock.release();
    throw plain(error, place.home);
  }
}

/** Errors of the file system, such as a full disk, in the same plain words as those of the server. */
function plain(error: unknown, home: string): EmbeddedPostgresError {
  if (error instanceof EmbeddedPostgresError) return error;
  return explainFailure('start', (error as Error).message, home);
}

async function adoptOrStart(
  place: ClusterPlace,
  programs: Programs,
  admin: AdminConnection,
  settings: { readonly port: number; readonly fsync: boolean },
  onProgress: (message: string) => void,
): Promise<{ pid: number; adopted: boolean }> {
  const orphan = await findOrphan(place);
  if (orphan !== undefined) {
    if (await isUsable(admin, programs, settings.fsync)) {
      onProgress('Found the database server still running, and went on with it');
      return { pid: orphan, adopted: true };
    }
    onProgress('Stopping a database server that an earlier start left behind');
    await stopServer(orphan, place, programs);
  }
  await clearRemains(place, settings.port);
  await rotateLog(place.logFile);
  const flags = await writeConfiguration(place, settings);
  onProgress('Starting PostgreSQL');
  const pid = await startServer(place, programs, flags, onProgress);
  try {
    await checkConnection(admin, settings.fsync);
  } catch (error) {
    await stopServer(pid, place, programs);
    throw error;
  }
  return { pid, adopted: false };
}

/** An orphan is adopted only if it answers our password, is the version at hand, and is durable. */
async function isUsable(admin: AdminConnection, programs: Programs, fsync: boolean): Promise<boolean> {
  try {
    const version = await checkConnection(admin, fsync);
    return programs.version.startsWith(`${version}.`);
  } catch {
    return false;
  }
}

/** @returns the server's version, such as `18.4` */
async function checkConnection(admin: AdminConnection, durable: boolean): Promise<string> {
  const sql = postgres({ ...admin, max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    if (durable) await assertDurable(sql);
    const [row] = await sql<{ server_version: string }[]>`show server_version`;
    return row?.server_version.split(' ')[0] ?? '';
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(
      'start-failed',
      `PostgreSQL started but refused our connection (${(error as Error).message}).`,
      `The password belongs in the file superuser-password beside the cluster (${admin.host}).`,
      error,
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** An adopted server is no child of ours, so its end is noticed by looking, four times a second. */
async function whenGone(pid: number): Promise<void> {
  const mark = processMark(pid);
  while (mark !== undefined && processMark(pid) === mark) await unrefPause(250);
}

function unrefPause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
