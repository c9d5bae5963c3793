import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from 'node:process';
import { superuser } from './cluster.ts';
import { preparePlace } from './place.ts';
import type { AdminConnection } from './start-embedded-postgres.ts';

/** How to reach the server that another process supervises: for back-ups of a clinic that is open. */
export async function runningServer(dataDir: string, port = 5432): Promise<AdminConnection> {
  const place = await preparePlace(join(dataDir, 'postgres'));
  const password = (await readFile(place.passwordFile, 'utf8')).trim();
  const host = platform === 'win32' ? '127.0.0.1' : place.socketDir;
  return { host, port, user: superuser, password, database: 'postgres' };
}
