import type { Ask } from './worker.ts';

const address = '/worker.js';

function once(worker: Worker, ask: Ask): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(ask);
  });
}

/** The times of one worker alone. */
async function times(frames: number): Promise<unknown> {
  const worker = new Worker(address);
  const answer = await once(worker, { kind: 'times', frames });
  worker.terminate();
  return answer;
}

/** Milliseconds a frame with the points shared between so many workers. */
async function shared(frames: number, of: number): Promise<number> {
  const workers = Array.from({ length: of }, () => new Worker(address));
  await Promise.all(workers.map((worker, part) => once(worker, { kind: 'prepare', frames, part, of })));
  const before = performance.now();
  await Promise.all(workers.map((worker) => once(worker, { kind: 'go' })));
  const took = performance.now() - before;
  for (const worker of workers) worker.terminate();
  return took / (frames - 1);
}

Object.assign(globalThis, { speed: { times, shared } });
