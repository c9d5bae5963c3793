import { randomBytes } from 'node:crypto';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { processMark } from './processes.ts';

export interface SupervisorLock {
  release(): Promise<void>;
}

/**
 * Takes the right to look after one cluster; a lock whose holder has died is taken over.
 * @throws EmbeddedPostgresError `already-running` when a living process holds it.
 */
export async function takeSupervisorLock(file: string, cluster: string): Promise<SupervisorLock> {
  const mine = JSON.stringify({ pid: process.pid, mark: processMark(process.pid) ?? '' });
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await placeLock(file, mine)) return { release: () => releaseLock(file, mine) };
    const found = await readLock(file);
    if (found === undefined) continue;
    if (isAlive(found)) throw alreadyRunning(cluster, holderOf(found).pid);
    await removeStaleLock(file, found);
  }
  throw alreadyRunning(cluster, undefined);
}

/** Whether the lock file names a process that still lives. */
export async function isLockHeld(file: string): Promise<boolean> {
  const found = await readLock(file);
  return found !== undefined && isAlive(found);
}

/** Linking a finished file into place means that nobody ever reads a half-written lock. */
async function placeLock(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

/** Two starts may find the same dead holder: whoever moves away a living lock by mistake puts it back. */
async function removeStaleLock(file: string, stale: string): Promise<void> {
  const aside = `${file}.stale.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== stale) await link(aside, file).catch(() => undefined);
  await unlink(aside);
}

async function releaseLock(file: string, mine: string): Promise<void> {
  if ((await readLock(file)) === mine) await unlink(file).catch(() => undefined);
}

async function readLock(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function holderOf(content: string): { pid: number; mark: string } {
  try {
    return JSON.parse(content) as { pid: number; mark: string };
  } catch {
    return { pid: 0, mark: '' };
  }
}

function isAlive(content: string): boolean {
  const { pid, mark } = holderOf(content);
  return processMark(pid) === mark;
}

function alreadyRunning(cluster: string, pid: number | undefined): EmbeddedPostgresError {
  const who = pid === undefined ? '' : ` (process ${pid})`;
  return new EmbeddedPostgresError(
    'already-running',
    `A Rectus is already running on the database in ${cluster}${who}.`,
    'Use the running one, stop it first, or set RECTUS_DATA_DIR and PORT to run a second one beside it.',
  );
}
