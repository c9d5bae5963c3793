import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { NormPackage } from '@rectus/gait';
import type { MotionData } from '../viewer/motion.ts';
import type { Inspected, MeasuredSession, ThreadMessage, ThreadTask, TrialOnDisk } from './thread-task.ts';

/** Files that cannot be used, in words for the clinic. */
export class FilesRefused extends Error {
  override readonly name = 'FilesRefused';
}

type Progress = (message: ThreadMessage & { readonly kind: 'progress' }) => void;

/** A machine has few cores, and pages are served by the same ones. */
const MOST_AT_ONCE = 2;
const LONGEST_MS = { inspect: 30_000, measure: 300_000, motion: 60_000, 'simulate-norms': 120_000 } as const;
/** A session of many long trials; more would be taken from the pages. */
const HEAP_MB = 2048;

let running = 0;
const waiting: (() => void)[] = [];

/** What is in a file, found out in a thread. */
export async function inspectInThread(file: {
  readonly name: string;
  readonly path: string;
}): Promise<Inspected> {
  return (await runThread({ kind: 'inspect', file }, () => {})) as Inspected;
}

/** @throws FilesRefused when the files do not suffice, in words */
export async function measureInThread(
  session: Extract<ThreadTask, { kind: 'measure' }>['session'],
  progress: Progress,
): Promise<MeasuredSession> {
  return (await runThread({ kind: 'measure', session }, progress)) as MeasuredSession;
}

/** @throws FilesRefused when the files do not suffice, in words */
export async function motionInThread(trial: TrialOnDisk): Promise<MotionData> {
  return (await runThread({ kind: 'motion', trial }, () => {})) as MotionData;
}

let simulated: Promise<NormPackage> | null = null;

/** Bands of the simulator. They are always the same and take a second to make, so each process makes them once. */
export function simulatedNormsOnce(): Promise<NormPackage> {
  simulated ??= runThread({ kind: 'simulate-norms' }, () => {}).then((norms) => norms as NormPackage);
  simulated.catch(() => {
    simulated = null;
  });
  return simulated;
}

async function runThread(task: ThreadTask, progress: Progress): Promise<unknown> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await answerOf(task, progress);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function answerOf(task: ThreadTask, progress: Progress): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const thread = new Worker(threadFile(), {
    workerData: task,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const timer = setTimeout(
    () => reject(new FilesRefused('Working through these files took too long and was stopped.')),
    LONGEST_MS[task.kind],
  );
  thread.on('message', (message: ThreadMessage) => {
    if (message.kind === 'progress') progress(message);
    else if (message.kind === 'done') resolve(message.value);
    else reject(new FilesRefused(message.reason));
  });
  thread.on('error', (error: NodeJS.ErrnoException) =>
    reject(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? new FilesRefused('These files need more memory than a session may take. Leave some trials out.')
        : error,
    ),
  );
  thread.on('exit', () => reject(new Error('The measuring thread ended without an answer.')));
  return promise.finally(() => {
    clearTimeout(timer);
    void thread.terminate();
  });
}

/** Beside this file in the sources; in a build it is a program of its own, beside the server or one folder above. */
function threadFile(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./thread.ts', import.meta.url);
  const beside = new URL('./gait-thread.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../gait-thread.js', import.meta.url);
}
