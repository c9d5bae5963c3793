import { type ChildProcess, spawn } from 'node:child_process';
import type { Connection } from './platform/database/pool.ts';

/** How the supervisor tells its processes which database to use; never written to disk. */
export const CONNECTION_VARIABLE = 'RECTUS_CONNECTION';

/** A process that dies sooner than this after its start is not simply started again at once. */
const QUICK_DEATH_MS = 5_000;
const MOST_QUICK_DEATHS = 4;

export interface SupervisedProcess {
  /** Resolves when the process has said that it is ready, rejects when it ends before that. */
  readonly ready: Promise<void>;
  /** Rejects when the process keeps dying. */
  readonly lost: Promise<never>;
  stop(): Promise<void>;
}

/** Keeps `node main.js <role>` running: one that is killed is started again. */
export function superviseProcess(
  role: 'web' | 'worker',
  connection: Connection,
  secret: string,
): SupervisedProcess {
  let child: ChildProcess | null = null;
  let stopping = false;
  let quickDeaths = 0;
  let isReady = () => {};
  let failed = (_error: Error) => {};
  let isLost = (_error: Error) => {};
  const ready = new Promise<void>((resolve, reject) => {
    isReady = resolve;
    failed = reject;
  });
  const lost = new Promise<never>((_resolve, reject) => {
    isLost = reject;
  });
  lost.catch(() => {});

  const start = (): void => {
    const born = performance.now();
    const env = { ...process.env, [CONNECTION_VARIABLE]: JSON.stringify(connection), RECTUS_SECRET: secret };
    // Detached from the terminal's signals: the supervisor ends everything in order.
    child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', role], {
      env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('message', (message) => message === 'ready' && isReady());
    child.once('exit', (code, signal) => {
      child = null;
      if (stopping) return;
      const end = new Error(`The ${role} process ended (${signal ?? `exit ${code}`}).`);
      failed(end);
      quickDeaths = performance.now() - born < QUICK_DEATH_MS ? quickDeaths + 1 : 0;
      if (quickDeaths >= MOST_QUICK_DEATHS) return isLost(end);
      setTimeout(start, 200 * 2 ** quickDeaths);
    });
  };
  start();

  return {
    ready,
    lost,
    stop() {
      stopping = true;
      const running = child;
      if (!running) return Promise.resolve();
      return new Promise((resolve) => {
        const force = setTimeout(() => running.kill('SIGKILL'), 10_000);
        running.once('exit', () => {
          clearTimeout(force);
          resolve();
        });
        running.kill('SIGTERM');
      });
    },
  };
}
