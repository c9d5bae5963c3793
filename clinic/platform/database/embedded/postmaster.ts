import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { platform } from 'node:process';
import { serverEnvironment } from './cluster.ts';
import { EmbeddedPostgresError, explainFailure } from './embedded-postgres-error.ts';
import type { ClusterPlace } from './place.ts';
import { isPostmasterOf, pause, processesIn, processMark, waitUntilGone } from './processes.ts';
import type { Programs } from './programs.ts';

/** Recovery after a crash may take minutes on a slow disk; it is never cut short before this. */
const longestStartMs = 15 * 60_000;

/** The running server of this cluster, left behind by a supervisor that was killed; undefined if none. */
export async function findOrphan(place: ClusterPlace): Promise<number | undefined> {
  const pid = (await readPidFile(place))?.pid;
  return pid !== undefined && isPostmasterOf(pid, place.cluster) ? pid : undefined;
}

/**
 * Clears what a killed server left: waits for its last processes, then removes its process file and socket.
 * PostgreSQL would trip over a process number that another program has received since.
 */
export async function clearRemains(place: ClusterPlace, port: number): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (processesIn(place.cluster).length > 0) {
    if (performance.now() > deadline) {
      throw new EmbeddedPostgresError(
        'already-running',
        `Processes of a stopped server still use ${place.cluster} (${processesIn(place.cluster).join(', ')}).`,
        'Wait for them to end, or stop them, then start again.',
      );
    }
    await pause(50);
  }
  const stale = (await readPidFile(place))?.pid;
  if (platform === 'linux' || (stale !== undefined && processMark(stale) !== undefined)) {
    await rm(join(place.cluster, 'postmaster.pid'), { force: true });
  }
  if (platform === 'win32') return;
  const socket = socketPath(place, port);
  if (await answers(socket)) {
    throw new EmbeddedPostgresError(
      'socket-taken',
      `Another program already listens on ${socket}.`,
      'Stop that program, then start again.',
    );
  }
  await rm(socket, { force: true });
  await rm(`${socket}.lock`, { force: true });
}

/**
 * Starts the server in a session of its own, so that Ctrl-C reaches only us and we stop things in order.
 * @returns its process number, once it accepts connections
 * @throws EmbeddedPostgresError with what its log says
 */
export async function startServer(
  place: ClusterPlace,
  programs: Programs,
  flags: readonly string[],
  onProgress: (message: string) => void,
): Promise<number> {
  const logStart = await stat(place.logFile).then(
    (found) => found.size,
    () => 0,
  );
  const child = launch(place, programs, flags);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `status ${code}`}`));
  });
  const startedAt = performance.now();
  let told = startedAt;
  for (;;) {
    const file = await readPidFile(place);
    if (file?.ready && (platform === 'win32' || file.pid === child.pid)) return file.pid;
    const end = await Promise.race([ended, pause(20)]);
    if (typeof end === 'string' && platform !== 'win32') {
      throw explainFailure('start', `${end}\n${await readFrom(place.logFile, logStart)}`, place.cluster);
    }
    const now = performance.now();
    if (now - startedAt > longestStartMs) {
      throw explainFailure('start', 'it took longer than 15 minutes', place.cluster);
    }
    if (now - told > 5_000) {
      told = now;
      onProgress(`PostgreSQL is still starting or recovering (${Math.round((now - startedAt) / 1000)} s)`);
    }
  }
}

function launch(place: ClusterPlace, programs: Programs, serverFlags: readonly string[]) {
  const log = openSync(place.logFile, 'a', 0o600);
  // On Windows pg_ctl drops administrator rights, which the server refuses to run with.
  const [program, flags] =
    platform === 'win32'
      ? [programs.pgCtl, ['start', '-W', '-D', place.cluster, '-o', quoted(serverFlags.slice(2))]]
      : [programs.postgres, serverFlags];
  const child = spawn(program, flags, {
    ...place.runAs,
    cwd: place.home,
    detached: true,
    stdio: ['ignore', log, log],
    env: serverEnvironment,
    windowsHide: true,
  });
  closeSync(log);
  child.unref();
  return child;
}

function quoted(flags: readonly string[]): string {
  return flags.map((flag) => `"${flag}"`).join(' ');
}

/**
 * Stops the server by a fast shutdown: open transactions are rolled back, all data is written, then it ends.
 * A server that does not manage within a minute is ended at once; it then recovers at its next start.
 */
export async function stopServer(pid: number, place: ClusterPlace, programs: Programs): Promise<void> {
  if (!isPostmasterOf(pid, place.cluster)) return;
  if (platform === 'win32') {
    spawn(programs.pgCtl, ['stop', '-m', 'fast', '-D', place.cluster], {
      stdio: 'ignore',
      windowsHide: true,
    });
  } else {
    signal(pid, 'SIGINT');
  }
  if (await waitUntilGone(pid, 60_000)) return;
  signal(pid, 'SIGQUIT');
  if (await waitUntilGone(pid, 10_000)) return;
  throw new EmbeddedPostgresError(
    'start-failed',
    `PostgreSQL (process ${pid}) did not stop.`,
    'Look at its log; no data is lost when the machine is restarted.',
  );
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Lines of postmaster.pid: 1 process, 2 folder, 3 start, 4 port, 5 socket folder, 6 address, 7 memory, 8 state. */
async function readPidFile(place: ClusterPlace): Promise<{ pid: number; ready: boolean } | undefined> {
  try {
    const lines = (await readFile(join(place.cluster, 'postmaster.pid'), 'utf8')).split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

export function socketPath(place: ClusterPlace, port: number): string {
  return join(place.socketDir, `.s.PGSQL.${port}`);
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const client = connect(socket);
    client.once('connect', () => {
      client.destroy();
      resolve(true);
    });
    client.once('error', () => resolve(false));
  });
}

async function readFrom(file: string, offset: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(Math.max(size - offset, 0), 64 * 1024));
    await handle.read(buffer, 0, buffer.length, Math.max(offset, size - buffer.length));
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}
