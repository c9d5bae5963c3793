import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError, explainFailure, versionError } from './embedded-postgres-error.ts';
import type { ClusterPlace } from './place.ts';
import type { Programs } from './programs.ts';

export const superuser = 'rectus_superuser';

const run = promisify(execFile);
/** Character classes beyond ASCII come from the C library, and systems name their UTF-8 locale differently. */
const characterLocales = ['C.UTF-8', 'en_US.UTF-8', 'C'] as const;

/** The environment of server processes: nothing of ours leaks in, messages stay in English. */
export const serverEnvironment = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Creates the database cluster unless it exists, and returns the superuser's password.
 * @throws EmbeddedPostgresError when the disk is full, the folder is closed to us or of another version
 */
export async function provideCluster(
  place: ClusterPlace,
  programs: Programs,
  options: { readonly fsync: boolean; readonly onProgress: (message: string) => void },
): Promise<string> {
  if (await exists(join(place.cluster, 'PG_VERSION'))) {
    await assertSameVersion(place, programs);
    return readPassword(place);
  }
  if (await exists(place.cluster)) {
    throw new EmbeddedPostgresError(
      'damaged-cluster',
      `The folder ${place.cluster} exists but holds no database.`,
      'Move it away to start with an empty clinic, or put the right folder in its place.',
    );
  }
  options.onProgress(`Creating the database in ${place.home}`);
  try {
    return await createCluster(place, programs, options.fsync);
  } catch (error) {
    const told = `${(error as { stderr?: string }).stderr ?? ''}\n${(error as Error).message}`;
    throw explainFailure('create its database', told, place.home);
  }
}

async function createCluster(place: ClusterPlace, programs: Programs, fsync: boolean): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  // Kept from before the cluster exists: there is never a cluster without its password.
  await writeDurably(place.passwordFile, password);
  // initdb works in a draft folder, so an interrupted first start leaves no half-made cluster behind.
  const work = join(place.home, 'cluster.new');
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { mode: 0o700 });
  const passwordCopy = join(work, 'password');
  await writeFile(passwordCopy, `${password}\n`, { mode: 0o600 });
  if (place.runAs) {
    await chown(work, place.runAs.uid, place.runAs.gid);
    await chown(passwordCopy, place.runAs.uid, place.runAs.gid);
  }
  await initialise(place, programs, { draft: join(work, 'cluster'), passwordCopy, fsync });
  await rename(join(work, 'cluster'), place.cluster);
  await rm(work, { recursive: true, force: true });
  return password;
}

async function initialise(
  place: ClusterPlace,
  programs: Programs,
  { draft, passwordCopy, fsync }: { draft: string; passwordCopy: string; fsync: boolean },
): Promise<void> {
  for (const locale of characterLocales) {
    const flags = [
      `--pgdata=${draft}`,
      `--username=${superuser}`,
      `--pwfile=${passwordCopy}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      `--lc-ctype=${locale}`,
      '--data-checksums',
      ...(fsync ? [] : ['--no-sync']),
    ];
    try {
      // Without LC_ALL, which would override the character locale asked for here.
      const env = { PATH: serverEnvironment.PATH, LANG: 'C', TZ: 'UTC' };
      await run(programs.initdb, flags, { ...place.runAs, cwd: place.home, env });
      return;
    } catch (error) {
      const told = String((error as { stderr?: string }).stderr ?? '');
      if (!/invalid locale/.test(told) || locale === characterLocales.at(-1)) throw error;
    }
  }
}

async function assertSameVersion(place: ClusterPlace, programs: Programs): Promise<void> {
  const found = (await readFile(join(place.cluster, 'PG_VERSION'), 'utf8')).trim();
  if (found !== programs.majorVersion) {
    throw versionError(place.cluster, `${found}, the programs here are ${programs.majorVersion}`);
  }
}

async function readPassword(place: ClusterPlace): Promise<string> {
  try {
    return (await readFile(place.passwordFile, 'utf8')).trim();
  } catch (error) {
    throw new EmbeddedPostgresError(
      'damaged-cluster',
      `The database's password file ${place.passwordFile} cannot be read.`,
      'Put it back from a copy of the folder, or restore a back-up into a new folder.',
      error,
    );
  }
}

async function writeDurably(file: string, content: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
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
