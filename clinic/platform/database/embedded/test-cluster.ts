import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { defaultDataDir } from './place.ts';
import { processMark } from './processes.ts';
import { type AdminConnection, startEmbeddedPostgres } from './start-embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's connection to the database server of this test run. */
    testCluster: AdminConnection;
  }
}

const projectRoot = join(import.meta.dirname, '..', '..', '..', '..');

/**
 * Vitest's global set-up: one throw-away database server for the whole run, without fsync, removed at the end.
 * Each run has a folder of its own, named after its process, so that two runs do not meet; what a killed run
 * left behind is stopped and removed by the next.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const parent = testFolder();
  await mkdir(parent, { recursive: true });
  await chmod(parent, 0o711);
  await removeAbandoned(parent);
  // The project's name keeps the unit and the browser tests of one run apart.
  const dataDir = join(parent, ownFolderName(project.name));
  const server = await startEmbeddedPostgres({ dataDir, fsync: false });
  project.provide('testCluster', server.admin);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Where tests keep their throw-away servers. */
export function testFolder(): string {
  return join(defaultDataDir(projectRoot), 'test');
}

/** Says which living process a folder belongs to, so that other runs leave it alone. */
export function ownFolderName(label: string): string {
  return `${process.pid}-${markOf(process.pid)}-${label}`;
}

function markOf(pid: number): string | undefined {
  return processMark(pid)?.replaceAll(/\W/g, '');
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [pid, mark] = name.split('-');
    if (mark !== undefined && markOf(Number(pid)) === mark) continue;
    await removeAbandonedServer(join(parent, name));
  }
}

/** Starting adopts a server that still runs there; stopping then ends it in order. */
async function removeAbandonedServer(dataDir: string): Promise<void> {
  try {
    const server = await startEmbeddedPostgres({ dataDir, fsync: false });
    await server.stop();
  } catch (error) {
    // Another run is removing it at this moment.
    if (error instanceof EmbeddedPostgresError && error.problem === 'already-running') return;
  }
  await rm(dataDir, { recursive: true, force: true });
}
