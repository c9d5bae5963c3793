import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { defaultDataDir } from '../../clinic/platform/database/embedded/index.ts';

const root = join(import.meta.dirname, '..', '..');
const START_MS = 120_000;

/** The built program, running with a database of its own as a person would start it. */
export interface RunningClinic {
  readonly url: string;
  /** Where the second demo clinic answers. */
  readonly secondUrl: string;
  readonly dataDir: string;
  /** What it has printed so far. */
  printed(): string;
  stop(): Promise<void>;
}

/** Starts `dist/server/main.js` on a free port and waits until the clinic is open. `name` keeps runs apart. */
export async function startClinic(
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningClinic> {
  const port = await freePort();
  const dataDir = join(defaultDataDir(root), name);
  await rm(dataDir, { recursive: true, force: true });
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    RECTUS_ROOT: root,
    RECTUS_DATA_DIR: dataDir,
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    ...settings,
  };
  const child = spawn(process.execPath, [join(root, 'dist', 'server', 'main.js')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await untilReady(child, () => output);
  return {
    url: `http://localhost:${port}`,
    secondUrl: `http://second.localhost:${port}`,
    dataDir,
    printed: () => output,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null) child.kill('SIGTERM');
      else return;
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The clinic did not open: ${why}\n${output()}`));
    const timer = setTimeout(() => fail('it took too long'), START_MS);
    child.on('message', (message) => {
      if (message !== 'ready') return;
      clearTimeout(timer);
      resolve();
    });
    child.once('exit', (code) => fail(`it ended with ${code}`));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
