import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { ImagingError } from '../core/imaging-error.ts';
import type { Analysed } from './analyse.ts';
import type { ThreadMessage, ThreadTask } from './thread-task.ts';

const LONGEST_MS = 300_000;
const HEAP_MB = 1024;

/**
 * Follows marks in a thread of its own.
 * @throws ImagingError where the clip or the marks do not allow it, in words; the signal's reason where it was called off
 */
export function analyseInThread(
  task: ThreadTask,
  onProgress: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<Analysed> {
  const { promise, resolve, reject } = Promise.withResolvers<Analysed>();
  const thread = new Worker(threadFile(), {
    workerData: task,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const timer = setTimeout(
    () => reject(new ImagingError('Following the marks took too long and was stopped.')),
    LONGEST_MS,
  );
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop);
  thread.on('message', (message: ThreadMessage) => {
    if (message.kind === 'progress') onProgress(message.done, message.of);
    else if (message.kind === 'done') resolve(message.analysed);
    else reject(new ImagingError(message.reason));
  });
  thread.on('error', (error: NodeJS.ErrnoException) =>
    reject(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? new ImagingError('This clip needs more memory than following it may take.')
        : error,
    ),
  );
  thread.on('exit', () => reject(new Error('The following thread ended without an answer.')));
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    void thread.terminate();
  });
}

/** Beside this file in the sources; in a build it is a program of its own, beside the server or one folder above. */
function threadFile(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./thread.ts', import.meta.url);
  const beside = new URL('./imaging-thread.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../imaging-thread.js', import.meta.url);
}
