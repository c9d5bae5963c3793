import { EventEmitter } from 'node:events';
import { Logger, parseCronItems, run, type WorkerEvents } from 'graphile-worker';
import { type Connection, openPool, type Sql } from '../database/pool.ts';
import { markAlive, unlockDead } from './dead-workers.ts';
import { queueUrl } from './queue-url.ts';

/** A job: what it does for one clinic, and how often it is done without being asked. */
export interface Job {
  readonly name: string;
  /** Crontab pattern, UTC: `* * * * *` is every minute. */
  readonly every: string;
  readonly work: (clinicId: string) => Promise<void>;
}

export interface Worker {
  /** Resolves when the worker has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Finishes the jobs at hand, then ends. */
  stop(): Promise<void>;
}

const REAP_MS = 30_000;

/**
 * Runs the jobs as `connection` (the worker's role) until stopped. Any number of worker processes may run; each job
 * is done by one. A job that fails is tried again by the queue, later and later.
 */
export async function startWorker(
  connection: Connection,
  jobs: readonly Job[],
  onError: (error: unknown, job: string) => void,
): Promise<Worker> {
  const sql = openPool(connection, 3, 'rectus worker');
  const alive = await sql.reserve();
  const events: WorkerEvents = new EventEmitter();
  events.on('worker:create', ({ worker }) => void markAlive(alive, worker.workerId));
  const runner = await run({
    connectionString: queueUrl(connection),
    concurrency: 2,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    events,
    taskList: Object.fromEntries(
      jobs.map((job) => [job.name, (payload) => runJob(sql, job, payload, onError)]),
    ),
    parsedCronItems: parseCronItems(
      jobs.map((job) => ({
        task: job.name,
        match: job.every,
        options: { backfillPeriod: 0, maxAttempts: 1 },
      })),
    ),
  });
  const reaper = setInterval(() => void unlockDead(sql).catch((error) => onError(error, 'unlock')), REAP_MS);
  await unlockDead(sql);
  return {
    ended: runner.promise,
    async stop() {
      clearInterval(reaper);
      await runner.stop();
      alive.release();
      await sql.end({ timeout: 2 });
    },
  };
}

/** Without a clinic in its payload (the regular run), a job is done for every clinic in turn. */
async function runJob(
  sql: Sql,
  job: Job,
  payload: unknown,
  onError: (error: unknown, job: string) => void,
): Promise<void> {
  const asked = (payload as { clinicId?: unknown } | null)?.clinicId;
  if (typeof asked === 'string') return job.work(asked);
  const clinics = await sql<{ id: string }[]>`select clinics_to_serve() as id`;
  for (const { id } of clinics) {
    // One clinic's trouble must not keep the next one waiting.
    await job.work(id).catch((error) => onError(error, job.name));
  }
}
