import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { arch, platform } from 'node:process';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { isRoot, openPassage, programsDirOfRoot } from './place.ts';

/** The PostgreSQL programs, ready to run. */
export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** The npm package's version, such as `18.4.0-beta.17`. */
  readonly version: string;
  readonly majorVersion: string;
}

/**
 * Finds the PostgreSQL programs that npm installed for this platform and makes them runnable: in place for
 * an ordinary user, in a copy that the server's user can reach for root.
 * @throws EmbeddedPostgresError `missing-program`
 */
export async function providePrograms(
  home: string,
  onProgress: (message: string) => void,
): Promise<Programs> {
  const source = await findPackage();
  const native = join(source.folder, 'native');
  if (!isRoot() && (await linkLibraries(source.folder, native))) return programsIn(native, source.version);
  const parent = isRoot() ? programsDirOfRoot() : join(home, 'programs');
  const copy = join(parent, `postgresql-${source.version}`);
  if (!(await exists(copy))) {
    onProgress('Copying the PostgreSQL programs to where their own user can reach them');
    await copyPrograms(source.folder, native, parent, copy);
  }
  return programsIn(copy, source.version);
}

async function findPackage(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { folder, version };
  } catch (error) {
    throw new EmbeddedPostgresError(
      'missing-program',
      `The PostgreSQL programs for ${platform}-${arch} (npm package ${name}) are not installed.`,
      'Run `npm ci --include=optional`, or set DATABASE_URL to a PostgreSQL 18 server of yours.',
      error,
    );
  }
}

function programsIn(folder: string, version: string): Programs {
  const suffix = platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(folder, 'bin', `initdb${suffix}`),
    postgres: join(folder, 'bin', `postgres${suffix}`),
    pgCtl: join(folder, 'bin', `pg_ctl${suffix}`),
    version,
    majorVersion: version.split('.')[0] ?? '',
  };
}

/** A copy appears whole or not at all: it is made beside its place and moved there by one rename. */
async function copyPrograms(pkg: string, native: string, parent: string, copy: string): Promise<void> {
  try {
    const created = await mkdir(parent, { recursive: true, mode: 0o755 });
    if (created !== undefined && isRoot()) await openPassage(parent, created);
    const draft = await mkdtemp(join(parent, 'copying-'));
    await cp(native, draft, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
    await makeReadable(draft);
    await linkLibraries(pkg, draft);
    await rename(draft, copy).catch(async (error: unknown) => {
      await rm(draft, { recursive: true, force: true });
      if (!(await exists(copy))) throw error;
    });
  } catch (error) {
    const full = /ENOSPC|EDQUOT/.test(String(error));
    throw new EmbeddedPostgresError(
      full ? 'disk-full' : 'no-permission',
      `The PostgreSQL programs could not be copied to ${copy} (${(error as Error).message}).`,
      full ? 'Free about 100 MB, then start again.' : 'Let this user write there, or set DATABASE_URL.',
      error,
    );
  }
}

/** Whatever the umask and the package say: everybody may read all of it and run what lies in bin. */
async function makeReadable(draft: string): Promise<void> {
  await chmod(draft, 0o755);
  for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const runs = entry.isDirectory() || entry.parentPath === join(draft, 'bin');
    await chmod(join(entry.parentPath, entry.name), runs ? 0o755 : 0o644);
  }
}

/**
 * npm packages cannot hold symbolic links, so the package lists them in a file for a script that npm may skip.
 * @returns false when a link is missing and cannot be made here (a read-only installation)
 */
async function linkLibraries(pkg: string, native: string): Promise<boolean> {
  const list = await readFile(join(pkg, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(native, relative('native', target));
    const points = relative(dirname(target), source);
    try {
      await symlink(points, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
