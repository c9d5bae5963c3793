import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { SonographyError } from '@rectus/sonography';
import { openClip } from '../core/open-clip.ts';
import { analyseClip } from './analyse.ts';
import type { ThreadMessage, ThreadTask } from './thread-task.ts';
import { toolOf } from './tools.ts';

/** What runs in a thread: decoding and following, so that no page waits for it. Anything unexpected ends the thread. */
const say = (message: ThreadMessage): void => parentPort?.postMessage(message);

async function answer({ path, clip: stored, ...of }: ThreadTask): Promise<void> {
  const tool = toolOf(of.tool);
  if (!tool) return say({ kind: 'refused', reason: `There is no tool ${of.tool}.` });
  const clip = await openClip(await readFile(path), stored);
  const analysed = await analyseClip(
    clip,
    { ...of, tool, hasSetScale: stored.setScale !== null },
    (done, steps) => say({ kind: 'progress', done, of: steps }),
  );
  say({ kind: 'done', analysed });
}

try {
  await answer(workerData as ThreadTask);
} catch (error) {
  if (!(error instanceof SonographyError)) throw error;
  say({ kind: 'refused', reason: error.message });
}
