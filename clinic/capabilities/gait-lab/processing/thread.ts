import { parentPort, workerData } from 'node:worker_threads';
import { simulatedNorms } from '@rectus/gait';
import { inspectFile } from './inspect-file.ts';
import { measureSession } from './measure-session.ts';
import { motionOfFile } from './motion-of-file.ts';
import type { ThreadMessage, ThreadTask } from './thread-task.ts';
import { wordsOf } from './words-of.ts';

/** What runs in a thread: reading and computing, so that no page waits for it. Anything unexpected ends the thread. */
const say = (message: ThreadMessage): void => parentPort?.postMessage(message);
const task = workerData as ThreadTask;

function answer(): unknown {
  if (task.kind === 'inspect') return inspectFile(task.file);
  if (task.kind === 'simulate-norms') return simulatedNorms();
  if (task.kind === 'motion') return motionOfFile(task.trial);
  return measureSession(task.session, (done, of, doing) => say({ kind: 'progress', done, of, doing }));
}

try {
  say({ kind: 'done', value: answer() });
} catch (error) {
  const reason = wordsOf(error);
  if (reason === null) throw error;
  say({ kind: 'refused', reason });
}
