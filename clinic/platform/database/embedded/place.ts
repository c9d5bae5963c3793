import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, open, realpath, rename, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** The longest socket path that every system accepts, with room to spare (macOS allows 103 bytes). */
const longestSocketPath = 100;
const logRotationBytes = 10 * 1024 * 1024;
/** "nobody": PostgreSQL refuses to run as root, so a root start hands it to this user. */
const unprivileged = { uid: 65534, gid: 65534 } as const;
const rootHome = '/var/lib/rectus';

/** The files of one embedded server, and the user that owns and runs it when we are root. */
export interface ClusterPlace {
  readonly home: string;
  readonly cluster: string;
  readonly socketDir: string;
  readonly passwordFile: string;
  readonly lockFile: string;
  readonly logFile: string;
  readonly runAs: { readonly uid: number; readonly gid: number } | undefined;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Where a clinic keeps its database and files unless told otherwise: beside the project for an ordinary
 * user; below `/var/lib/rectus` for root, since the server's own user cannot reach into a home directory.
 */
export function defaultDataDir(projectRoot: string): string {
  if (!isRoot()) return join(resolve(projectRoot), '.rectus');
  return join(rootHome, shortHash(resolve(projectRoot)));
}

/** Where root keeps its copy of the PostgreSQL programs, shared by all clinics on the machine. */
export function programsDirOfRoot(): string {
  return join(rootHome, 'programs');
}

/**
 * Makes the folders of one server and checks that its user can reach them.
 * @param home the folder that holds the cluster, its socket, its password and its log
 * @throws EmbeddedPostgresError `no-permission`
 */
export async function preparePlace(home: string): Promise<ClusterPlace> {
  try {
    return await makePlace(resolve(home));
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(
      /ENOSPC|EDQUOT/.test(String(error)) ? 'disk-full' : 'no-permission',
      `The database folder ${home} cannot be used (${(error as Error).message}).`,
      'Set RECTUS_DATA_DIR to a folder that this user may write.',
      error,
    );
  }
}

async function makePlace(wanted: string): Promise<ClusterPlace> {
  const runAs = isRoot() ? unprivileged : undefined;
  // Root's outer folder can be passed through, not listed; everything with data in it is 0700.
  const created = await mkdir(wanted, { recursive: true, mode: runAs ? 0o711 : 0o700 });
  const home = await realpath(wanted);
  // A strict umask closes new folders to the server's user; those that are Rectus's own are opened again.
  const highest = home.startsWith(`${rootHome}/`) ? rootHome : created && (await realpath(created));
  if (runAs && highest !== undefined) await openPassage(home, highest);
  if (runAs) await assertReachable(home);
  const logDir = join(home, 'log');
  await mkdir(logDir, { recursive: true, mode: 0o700 });
  return {
    home,
    cluster: join(home, 'cluster'),
    socketDir: await makeSocketDir(home, runAs),
    passwordFile: join(home, 'superuser-password'),
    lockFile: join(home, 'supervisor.lock'),
    logFile: join(logDir, 'postgres.log'),
    runAs,
  };
}

/** Lets everybody pass through `home` and the folders above it, up to `highest`, without listing them. */
export async function openPassage(home: string, highest: string): Promise<void> {
  for (let folder = home; ; folder = dirname(folder)) {
    await chmod(folder, 0o711);
    if (folder === highest || folder === dirname(folder)) return;
  }
}

/** Makes a folder that only the server's user can enter. */
export async function makePrivateDir(path: string, runAs: ClusterPlace['runAs']): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const { uid } = runAs ?? { uid: process.getuid?.() };
  const found = await lstat(path);
  if (!found.isDirectory()) throw new Error(`${path} is not a folder`);
  if (runAs && found.uid !== uid) {
    const handle = await open(path, 'r');
    await handle.chown(runAs.uid, runAs.gid).finally(() => handle.close());
  } else if (uid !== undefined && found.uid !== uid) {
    throw new Error(`${path} belongs to another user`);
  }
  await chmod(path, 0o700);
}

async function makeSocketDir(home: string, runAs: ClusterPlace['runAs']): Promise<string> {
  const beside = join(home, 'socket');
  const elsewhere = `rectus-${process.getuid?.() ?? 'user'}-${shortHash(home)}`;
  const candidates = [
    beside,
    ...(runAs ? ['/run', '/var/lib'] : [process.env.XDG_RUNTIME_DIR ?? '', tmpdir(), '/tmp'])
      .filter((parent) => parent !== '')
      .map((parent) => join(parent, elsewhere)),
  ];
  const short = candidates.find(
    (candidate) => Buffer.byteLength(join(candidate, '.s.PGSQL.00000.lock')) < longestSocketPath,
  );
  if (short === undefined) throw new Error('no folder with a path short enough for a socket');
  await makePrivateDir(short, runAs);
  return short;
}

/** Root can go anywhere; the server's user needs the right to pass through each parent folder. */
async function assertReachable(home: string): Promise<void> {
  for (let folder = home; ; folder = dirname(folder)) {
    const found = await stat(folder);
    const passable =
      (found.mode & 0o001) !== 0 || (found.uid === unprivileged.uid && (found.mode & 0o100) !== 0);
    if (!passable) {
      throw new EmbeddedPostgresError(
        'no-permission',
        `The database cannot live in ${home}: its own user may not pass through ${folder}.`,
        `Leave RECTUS_DATA_DIR unset (root then uses ${rootHome}), or choose a folder outside home directories.`,
      );
    }
    if (folder === dirname(folder)) return;
  }
}

/** Keeps one older log once the current one has grown past its limit. */
export async function rotateLog(logFile: string, limitBytes = logRotationBytes): Promise<void> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > limitBytes) await rename(logFile, `${logFile}.1`);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
