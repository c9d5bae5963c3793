import { Logger, makeWorkerUtils } from 'graphile-worker';
import type { Connection } from '../database/pool.ts';
import { queueUrl } from './queue-url.ts';

/** Asks the workers to do a job for a clinic now instead of at its next regular time. */
export type Wake = (job: string, clinicId: string) => void;

/** No clinic's job is asked for more often than this; the last request within the time is still honoured. */
const PAUSE_MS = 1_000;

/**
 * What is due is written in its own table by whoever makes it due, so a lost wake-up only means the regular run does
 * the work. Hence this never throws and never keeps a request waiting.
 */
export function createWake(connection: Connection): { readonly wake: Wake; close(): Promise<void> } {
  const utils = makeWorkerUtils({
    connectionString: queueUrl(connection),
    logger: new Logger(() => () => {}),
    maxPoolSize: 1,
  });
  // A queue that cannot be reached is met again, and let pass, at each wake-up.
  utils.catch(() => {});
  const pending = new Map<string, NodeJS.Timeout>();
  const askedAt = new Map<string, number>();
  const add = async (job: string, clinicId: string): Promise<void> => {
    const queue = await utils;
    await queue.addJob(job, { clinicId }, { jobKey: `${job} ${clinicId}`, maxAttempts: 3 });
  };
  return {
    wake(job, clinicId) {
      const key = `${job} ${clinicId}`;
      if (pending.has(key)) return;
      // The first asks at once; whoever comes within the pause waits for its end, for all of them together.
      const wait = Math.max(0, (askedAt.get(key) ?? Number.NEGATIVE_INFINITY) + PAUSE_MS - performance.now());
      const timer = setTimeout(() => {
        pending.delete(key);
        askedAt.set(key, performance.now());
        add(job, clinicId).catch(() => {});
      }, wait);
      pending.set(key, timer.unref());
    },
    async close() {
      for (const timer of pending.values()) clearTimeout(timer);
      await utils.then((queue) => queue.release()).catch(() => {});
    },
  };
}
