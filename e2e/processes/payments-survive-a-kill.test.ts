import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCheckout } from '../../clinic/capabilities/payments/core/checkout.ts';
import { createOrder } from '../../clinic/capabilities/payments/core/orders.ts';
import type { Payments } from '../../clinic/capabilities/payments/core/payments.ts';
import { freezePrice } from '../../clinic/capabilities/payments/core/prices.ts';
import { verifyBooks } from '../../clinic/capabilities/payments/core/verify.ts';
import { paymentsOf } from '../../clinic/capabilities/payments/payments-of.ts';
import { sealKey } from '../../clinic/capabilities/payments/providers/sealed-keys.ts';
import {
  type FakeStripe,
  type SignedEvent,
  type StripeEvent,
  startFakeStripe,
} from '../../clinic/capabilities/payments/testing/fake-stripe.ts';
import { randomFrom } from '../../clinic/demo/random.ts';
import { asAdmin, openAs } from '../../clinic/place.ts';
import { systemClock } from '../../clinic/platform/clock.ts';
import { readConfig } from '../../clinic/platform/config.ts';
import { runningServer } from '../../clinic/platform/database/embedded/index.ts';
import { inClinic } from '../../clinic/platform/database/in-clinic.ts';
import { type Connection, openDatabase, type Sql } from '../../clinic/platform/database/pool.ts';
import { readAssets } from '../../clinic/platform/web/assets.ts';
import { readClinicById } from '../../clinic/platform/web/clinics.ts';
import { webProcessOf } from '../support/processes.ts';
import { type RunningClinic, startClinic } from '../support/running-clinic.ts';

const ROUNDS = 10;
const ORDERS_EACH = 3;
const SEED = 3_141;
const LATEST_KILL_MS = 40;
/** A process that dies sooner than this again and again is not started anew. */
const LONG_ENOUGH_ALIVE_MS = 5_500;
const SECRET = 'the secret of a clinic whose web process is killed';

let fake: FakeStripe;
let clinic: RunningClinic;
let payments: Payments;
let admin: Connection;
let pool: Sql;
const random = randomFrom(SEED);
const orders: string[] = [];
const events: StripeEvent[] = [];

beforeAll(async () => {
  fake = await startFakeStripe();
  clinic = await startClinic(`killed-${process.pid}`, {
    RECTUS_SECRET: SECRET,
    STRIPE_API_URL: fake.url,
  });
  admin = { ...(await runningServer(clinic.dataDir)), database: 'rectus' };
  pool = openAs(admin, 'rectus_app', SECRET, 2);
  payments = await takeStripe();
});
afterAll(async () => {
  await pool?.end({ timeout: 1 });
  await clinic?.stop();
  await fake?.close();
});

/** The first demo clinic is paid through Stripe from now on; everything happens as its own pages would do it. */
async function takeStripe(): Promise<Payments> {
  const [row] = await asAdmin(
    admin,
    (sql) => sql<{ clinic_id: string }[]>`
    select clinic_id from clinic_host where host in ('localhost', '*') order by host = '*' limit 1`,
  );
  const clinicId = String(row?.clinic_id);
  const config = {
    ...readConfig({ PUBLIC_URL: clinic.url, STRIPE_API_URL: fake.url, RECTUS_SECRET: SECRET }),
  };
  const db = openDatabase(pool);
  const platform = { db, config, clock: systemClock, assets: readAssets(null) };
  const [key, webhook] = [fake.secretKey, fake.webhookSecret].map((one) => sealKey(platform, clinicId, one));
  await asAdmin(
    admin,
    (sql) => sql`
    insert into payment_settings (clinic_id, stripe_key_sealed, stripe_webhook_sealed)
    values (${clinicId}, ${String(key)}, ${String(webhook)})
    on conflict (clinic_id) do update set stripe_key_sealed = excluded.stripe_key_sealed,
      stripe_webhook_sealed = excluded.stripe_webhook_sealed`,
  );
  const about = await readClinicById(db, clinicId);
  if (!about) throw new Error('The demo clinic is missing');
  const context = { db, clinicId, actor: { kind: 'public', id: null } } as const;
  return paymentsOf(platform, { context, clinic: about });
}

/** Somebody buys the gait analysis and pays at Stripe; the clinic has not been told. */
async function buyAndPay(): Promise<void> {
  const email = `${randomUUID()}@example.org`;
  const person = { givenName: 'Test', familyName: 'Buyer', birthDate: '1990-05-17', email, phone: null };
  const orderId = await inClinic(payments.context, async (tx) => {
    const product = await tx.tx
      .selectFrom('product')
      .select('id')
      .where('slug', '=', '3d-gait')
      .executeTakeFirstOrThrow();
    const price = await freezePrice(tx, { productId: product.id });
    if (!price) throw new Error('The gait analysis has no price');
    const payer = { name: 'Test Buyer', email };
    return createOrder(tx, { source: 'online', key: randomUUID(), person, payer, prices: [price] });
  });
  const started = await startCheckout(payments, orderId, clinic.url);
  if (!started.ok) throw new Error(`The checkout did not start: ${started.reason}`);
  fake.pay(String(started.url.split('/').at(-1)));
  orders.push(orderId);
}

/** The status of the answer, or null where there was none. */
async function post({ body, signature }: SignedEvent): Promise<number | null> {
  try {
    const answer = await fetch(`${clinic.url}/webhooks/stripe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signature },
      body,
      signal: AbortSignal.timeout(20_000),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}

/**
 * Sends notices all at once and kills the web process a moment after some of them were answered. Returns those that
 * nobody thanked for.
 */
async function deliverAndKill(told: readonly StripeEvent[]): Promise<readonly StripeEvent[]> {
  const web = webProcessOf(clinic.supervisor.pid);
  if (web === null) throw new Error('There is no web process');
  const { promise: enough, resolve: isEnough } = Promise.withResolvers<void>();
  let left = random.below(told.length);
  if (left === 0) isEnough();
  const sent = told.map(async (event) => {
    const answer = await post(fake.sign(event));
    if (--left <= 0) isEnough();
    return answer;
  });
  await enough;
  await new Promise((resolve) => setTimeout(resolve, random.next() * LATEST_KILL_MS));
  process.kill(web, 'SIGKILL');
  const answers = await Promise.all(sent);
  await expect
    .poll(async () => (await fetch(`${clinic.url}/buy`).catch(() => null))?.ok ?? false, {
      timeout: 30_000,
      interval: 100,
    })
    .toBe(true);
  return told.filter((_, index) => answers[index] !== 200);
}

async function keptOf(told: readonly StripeEvent[]): Promise<number> {
  const ids = told.map((event) => event.id);
  const [row] = await asAdmin(
    admin,
    (sql) => sql<{ count: number }[]>`
    select count(*)::int as count from provider_notice where event_id = any(${ids})`,
  );
  return row?.count ?? 0;
}

const rowsOf = (table: 'payment' | 'document', where: string) =>
  asAdmin(admin, async (sql) => {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from ${sql(table)} where order_id = any(${orders}) and ${sql.unsafe(where)}`;
    return row?.count ?? 0;
  });

describe('a web process that is killed while notices of payments arrive', () => {
  it(
    'counts each payment once, whatever had been written when it died',
    async () => {
      let unanswered = 0;
      let writtenUnanswered = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const alive = new Promise((resolve) => setTimeout(resolve, LONG_ENOUGH_ALIVE_MS));
        for (let one = 0; one < ORDERS_EACH; one++) await buyAndPay();
        const told = fake.takeEvents();
        events.push(...told);
        await alive;
        const again = await deliverAndKill(told);
        unanswered += again.length;
        writtenUnanswered += await keptOf(again);
        for (const event of again) expect(await post(fake.sign(event))).toBe(200);
      }
      // Stripe may send again even what it was thanked for.
      for (const event of events) expect(await post(fake.sign(event))).toBe(200);
      process.stdout.write(
        `Of ${events.length} notices ${unanswered} had no answer when the process died, ${writtenUnanswered} of them were written.\n`,
      );
      expect(unanswered).toBeGreaterThan(0);
      expect(await keptOf(events)).toBe(events.length);
    },
    ROUNDS * 30_000,
  );

  it('leaves books in which every payment has its receipt and no number is missing', async () => {
    expect(await rowsOf('payment', `status = 'succeeded'`)).toBe(orders.length);
    expect(await rowsOf('document', `kind = 'receipt'`)).toBe(orders.length);
    expect(await verifyBooks(payments.context)).toEqual([]);
    const charged = [...fake.account.intents.values()].reduce(
      (sum, one) => sum + (one.charge?.amount ?? 0),
      0,
    );
    const [row] = await asAdmin(
      admin,
      (sql) => sql<{ sum: number }[]>`
      select sum(amount_minor)::float8 as sum from ledger_entry where account = 'stripe' and order_id = any(${orders})`,
    );
    expect(row?.sum).toBe(charged);
  });
});
