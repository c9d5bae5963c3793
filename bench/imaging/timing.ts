import { withClients } from '../lib/clients.ts';
import { percentile } from '../lib/report.ts';

/** How often everything is done: with one client, and with eight. */
export interface Timing {
  readonly stores: readonly [one: number, eight: number];
  readonly frames: readonly [one: number, eight: number];
  readonly bulks: number;
  readonly searches: number;
}

/** How many of these are done in a second by so many clients, after a few to warm up. */
export async function perSecond(
  clients: number,
  count: number,
  work: (n: number) => Promise<unknown>,
): Promise<number> {
  const warm = Math.min(20, Math.ceil(count / 5));
  await withClients(
    clients,
    Array.from({ length: warm }, (_, n) => count + n),
    work,
  );
  const begun = performance.now();
  await withClients(
    clients,
    Array.from({ length: count }, (_, n) => n),
    work,
  );
  return (count * 1000) / (performance.now() - begun);
}

/** The median time of one, in milliseconds. */
export async function timed(count: number, work: (n: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = -3; n < count; n++) {
    const begun = performance.now();
    await work(n + 3);
    if (n >= 0) times.push(performance.now() - begun);
  }
  return percentile(times, 0.5);
}
