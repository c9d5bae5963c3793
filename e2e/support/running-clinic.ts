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
  /** The process that keeps database, web and worker running. */
  readonly supervisor: ChildProcess;
  /** From the command to the open door. */
  readonly openedAfterMs: number;
  /** What it has printed so far. */
  printed(): string;
  stop(): Promise<void>;
}

/** Starts `dist/server/main.js` on a free port with a new database. `name` keeps runs apart. */
export async function startClinic(
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningClinic> {
  const dataDir = dataDirFor(name);
  await rm(dataDir, { recursive: true, force: true });
  const clinic = await openClinic(dataDir, { PORT: String(await freePort()), ...settings });
  return {
    ...clinic,
    async stop() {
      await clinic.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export function dataDirFor(name: string): string {
  return join(defaultDataDir(root), name);
}

/** Starts the program with what is in `dataDir` and waits until the clinic is open; stopping it leaves the folder. */
export async function openClinic(
  dataDir: string,
  settings: Readonly<Record<string, string>> & { readonly PORT: string },
): Promise<RunningClinic> {
  const begun = performance.now();
  const supervisor = runProgram([], { ...settings, RECTUS_DATA_DIR: dataDir });
  const output = collect(supervisor);
  await untilReady(supervisor, output);
  return {
    url: `http://localhost:${settings.PORT}`,
    secondUrl: `http://second.localhost:${settings.PORT}`,
    dataDir,
    supervisor,
    openedAfterMs: performance.now() - begun,
    printed: output,
    async stop() {
      if (supervisor.exitCode !== null || supervisor.signalCode !== null) return;
      const ended = new Promise((resolve) => supervisor.once('exit', resolve));
      supervisor.kill('SIGTERM');
      await ended;
    },
  };
}

/** Runs one command of the program to its end, such as `backup FILE`. */
export async function runCommand(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = runProgram(args, settings);
  const output = collect(child);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output: output() };
}

function runProgram(args: readonly string[], settings: Readonly<Record<string, string>>): ChildProcess {
  const publicUrl = settings.PORT ? { PUBLIC_URL: `http://localhost:${settings.PORT}` } : {};
  return spawn(process.execPath, [join(root, 'dist', 'server', 'main.js'), ...args], {
    env: { ...process.env, NODE_ENV: 'production', RECTUS_ROOT: root, ...publicUrl, ...settings },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function collect(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return () => output;
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

/** A port that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
