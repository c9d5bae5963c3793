import { type ChildProcess, spawn } from 'node:child_process';
import type { Connection } from './platform/database/pool.ts';

/** Says to a process that it is supervised and is told its database by message, not by settings. */
export const SUPERVISED_VARIABLE = 'RECTUS_SUPERVISED';

/** What a process needs to begin: sent over its own channel, so that it is neither on disk nor in an environment. */
export interface Begin {
  readonly connection: Connection;
  readonly secret: string;
}

/** A process that dies sooner than this after its start is not simply started again at once. */
const QUICK_DEATH_MS = 5_000;
const MOST_QUICK_DEATHS = 4;

export interface SupervisedProcess {
  /** Lets the process begin, now and whenever it is started again. Until then it only loads its program. */
  begin(details: Begin): void;
  /** Resolves when the process has said that it is ready, rejects when it ends before that. */
  readonly ready: Promise<void>;
  /** Rejects when the process keeps dying. */
  readonly lost: Promise<never>;
  stop(): Promise<void>;
}

/** Keeps `node main.js <role>` running: one that is killed is started again. */
export function superviseProcess(role: 'web' | 'worker' | 'dimse'): SupervisedProcess {
  let child: ChildProcess | null = null;
  let stopping = false;
  const { promise: details, resolve: begin } = Promise.withResolvers<Begin>();
  let quickDeaths = 0;
  const { promise: ready, resolve: isReady, reject: failed } = Promise.withResolvers<void>();
  const { promise: lost, reject: isLost } = Promise.withResolvers<never>();
  // Whoever waits for them hears of it; before anybody does, it is no crash.
  ready.catch(() => {});
  lost.catch(() => {});

  const start = (): void => {
    const born = performance.now();
    const env = { ...process.env, [SUPERVISED_VARIABLE]: '1' };
    // Detached from the terminal's signals: the supervisor ends everything in order.
    child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', role], {
      env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const started = child;
    void details.then((known) => started.connected && started.send(known));
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
    begin,
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
