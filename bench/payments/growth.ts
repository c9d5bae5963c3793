import { randomUUID } from 'node:crypto';
import { startCheckout } from '../../clinic/capabilities/payments/core/checkout.ts';
import { settleDue } from '../../clinic/capabilities/payments/core/due.ts';
import { readEntitlements } from '../../clinic/capabilities/payments/core/entitlements.ts';
import { receiveNotice } from '../../clinic/capabilities/payments/core/notices.ts';
import { createOrder, readOrder } from '../../clinic/capabilities/payments/core/orders.ts';
import type { Payments } from '../../clinic/capabilities/payments/core/payments.ts';
import { freezePrice } from '../../clinic/capabilities/payments/core/prices.ts';
import { verifyBooks } from '../../clinic/capabilities/payments/core/verify.ts';
import { testProvider } from '../../clinic/capabilities/payments/testing/test-till.ts';
import { inClinic } from '../../clinic/platform/database/in-clinic.ts';
import type { Connection } from '../../clinic/platform/database/pool.ts';
import { percentile } from '../lib/report.ts';
import { ENTRIES_EACH, fillBooks } from './fill.ts';
import { openTill, openTillDatabase, type Till } from './till.ts';

export interface GrowthOptions {
  /** Ledger entries of the clinic that is compared, and of the one that it is compared with. */
  readonly entries: readonly [few: number, many: number];
  readonly repeats: number;
}

/** Medians in milliseconds. */
export interface Costs {
  /** An order, its checkout's start, its payment, receipt and entitlements. The provider answers from memory. */
  readonly settleMs: number;
  readonly readMs: number;
  /** One round of the worker with nothing to do. */
  readonly dueMs: number;
  /** All the books checked once. */
  readonly verifyMs: number;
}

export interface GrowthResult {
  readonly few: Costs;
  readonly many: Costs;
  /** The larger of how many times more a settled payment and reading an order cost. */
  readonly growth: number;
}

const WARM_UP = 30;

/**
 * What an operation costs in a clinic with full books, as a multiple of what it costs in one with few. The two take
 * turns, so that whatever else this machine does slows both.
 */
export async function measureGrowth(
  [few, many]: readonly [Connection, Connection],
  secret: string,
  { entries, repeats }: GrowthOptions,
): Promise<GrowthResult> {
  const clinics = [
    await openFilled(few, secret, entries[0]),
    await openFilled(many, secret, entries[1]),
  ] as const;
  try {
    for (let turn = 0; turn < WARM_UP + repeats; turn++)
      for (const clinic of turn % 2 === 0 ? clinics : clinics.toReversed())
        await clinic.turn(turn >= WARM_UP);
    const costs = [await clinics[0].costs(), await clinics[1].costs()] as const;
    const [small, large] = costs;
    const growth = Math.max(large.settleMs / small.settleMs, large.readMs / small.readMs);
    return { few: small, many: large, growth };
  } finally {
    for (const clinic of clinics) await clinic.close();
  }
}

async function openFilled(connection: Connection, secret: string, entries: number) {
  const database = openTillDatabase(connection, secret);
  const till = await openTill(database);
  const { first, followUp } = till.services;
  const orders = Math.ceil(entries / ENTRIES_EACH);
  await fillBooks(till.admin, { ...till, firstId: first.id, followUpId: followUp.id }, orders);
  const provider = testProvider();
  const payments: Payments = { ...till.payments, provider };
  const times = { settle: [] as number[], read: [] as number[], due: [] as number[] };
  const timed = async <T>(into: number[], counts: boolean, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await work();
    if (counts) into.push(performance.now() - begun);
    return result;
  };
  return {
    async turn(counts: boolean) {
      const orderId = await timed(times.settle, counts, () => sell(payments, till, provider));
      await timed(times.read, counts, () => read(payments, orderId));
      if (counts && times.due.length < 20) await timed(times.due, true, () => settleDue(payments));
    },
    async costs(): Promise<Costs> {
      const checked: number[] = [];
      const problems = await timed(checked, true, () => verifyBooks(payments.context));
      if (problems.length > 0) throw new Error(`The books are wrong: ${JSON.stringify(problems)}`);
      const median = (values: readonly number[]) => percentile(values, 0.5);
      return {
        settleMs: median(times.settle),
        readMs: median(times.read),
        dueMs: median(times.due),
        verifyMs: median(checked),
      };
    },
    async close() {
      await till.close();
      await database.close();
    },
  };
}

async function sell(
  payments: Payments,
  till: Till,
  provider: ReturnType<typeof testProvider>,
): Promise<string> {
  const email = `${randomUUID()}@example.org`;
  const person = { givenName: 'Test', familyName: 'Person', birthDate: '1990-05-17', email, phone: null };
  const orderId = await inClinic(payments.context, async (tx) => {
    const price = await freezePrice(tx, { productId: till.packageId });
    if (!price) throw new Error('The package of the bench has no price');
    const payer = { name: 'Test Person', email };
    return createOrder(tx, { source: 'online', key: randomUUID(), person, payer, prices: [price] });
  });
  const started = await startCheckout(payments, orderId, 'http://bench.test');
  if (!started.ok) throw new Error(`A checkout did not start: ${started.reason}`);
  const ref = provider.last();
  provider.pay(ref);
  const received = await receiveNotice(payments, provider.notice(ref), '{}');
  if (received !== 'applied') throw new Error(`The notice of a payment was ${received}`);
  return orderId;
}

async function read(payments: Payments, orderId: string): Promise<void> {
  await inClinic(payments.context, async (tx) => {
    const order = await readOrder(tx, orderId);
    if (order?.status !== 'paid') throw new Error(`The order is ${order?.status}`);
    await readEntitlements(tx, { orderId });
  });
}
