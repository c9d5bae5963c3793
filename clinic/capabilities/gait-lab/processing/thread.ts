import { parentPort, workerData } from 'node:worker_threads';
import { inspectFile } from './inspect-file.ts';
import { measureSession } from './measure-session.ts';
import type { ThreadMessage, ThreadTask } from './thread-task.ts';
import { wordsOf } from './words-of.ts';

/** What runs in a thread: reading and computing, so that no page waits for it. Anything unexpected ends the thread. */
const say = (message: ThreadMessage): void => parentPort?.postMessage(message);
const task = workerData as ThreadTask;

try {
  const value =
    task.kind === 'inspect'
      ? inspectFile(task.file)
      : measureSession(task.session, (done, of, doing) => say({ kind: 'progress', done, of, doing }));
  say({ kind: 'done', value });
} catch (error) {
  const reason = wordsOf(error);
  if (reason === null) throw error;
  say({ kind: 'refused', reason });
}
