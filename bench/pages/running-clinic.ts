import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { defaultDataDir } from '../../clinic/platform/database/embedded/index.ts';

/** The demo clinic as `npm start` opens it, with a new database. */
export interface RunningClinic {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built program on a free port; `stop` removes what it stored. */
export async function startDemoClinic(root: string): Promise<RunningClinic> {
  const port = await freePort();
  const dataDir = join(defaultDataDir(root), `bench-pages-${process.pid}`);
  const url = `http://localhost:${port}`;
  const settings = { PORT: String(port), PUBLIC_URL: url, RECTUS_DATA_DIR: dataDir, RECTUS_ROOT: root };
  const program = spawn(process.execPath, [join(root, 'dist', 'server', 'main.js')], {
    env: { ...process.env, NODE_ENV: 'production', ...settings },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => program.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    program.once('message', () => resolve());
    program.once('exit', (code) => reject(new Error(`The clinic ended with ${code}`)));
  });
  return {
    url,
    async stop() {
      program.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A port that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}
