import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { startCheckout } from '../core/checkout.ts';
import { readOrder } from '../core/orders.ts';
import { verifyBooks } from '../core/verify.ts';
import { sealKey } from '../providers/sealed-keys.ts';
import { type PracticeDesk, practiceDesk } from '../testing/practice-desk.ts';

const ORIGIN = 'http://one.test';
let world: TestWorld;
let desk: PracticeDesk;
let now: number;
beforeAll(async () => {
  world = await testWorld();
  desk = await practiceDesk(world);
  now = world.clock.now();
});
afterAll(() => world.close());
afterEach(async () => {
  expect(await verifyBooks(world.one.context)).toEqual([]);
});

/** An order whose checkout is open, and a notice as the practice bank would write it. */
async function openOrder(name: string) {
  const orderId = await desk.buyPackage(name);
  const started = await startCheckout(desk.payments, orderId, ORIGIN);
  if (!started.ok) throw new Error(started.reason);
  const ref = /checkout\/([0-9a-f-]{36})\./.exec(started.url)?.[1] ?? '';
  const [{ payment_id: paymentId } = { payment_id: '' }] = await desk.owner(
    (sql) => sql<{ payment_id: string }[]>`select payment_id from practice_checkout where id = ${ref}`,
  );
  const payment = `practice-${ref}`;
  const amount = { amountMinor: 15_000, currency: 'EUR' };
  const event = (type: string, data: unknown, id = crypto.randomUUID()) =>
    JSON.stringify({ id: `evt_${id}`, type, data });
  return {
    orderId,
    ref,
    payment,
    paid: (more: Partial<typeof amount> = {}) =>
      event('checkout.paid', { ref, paymentId, now: { state: 'paid', payment, ...amount, ...more } }),
    expired: () => event('checkout.expired', { ref, paymentId, now: { state: 'expired' } }),
    refunded: (amountMinor: number) =>
      event('refund.succeeded', {
        ref: `re_${ref}`,
        refundId: crypto.randomUUID(),
        payment,
        amountMinor,
        currency: 'EUR',
      }),
    event,
  };
}

const status = (orderId: string) =>
  inClinic(world.one.context, async (clinic) => (await readOrder(clinic, orderId))?.status);
const send = (body: string) => desk.send(body, desk.seals.sign(body, now));
const refusals = () =>
  desk.owner(
    (sql) => sql<{ detail: Record<string, unknown> }[]>`
      select detail from audit_event where action = 'notice.refused' order by id`,
  );

describe('a notice', () => {
  test('that proves itself pays its order', async () => {
    const { orderId, paid } = await openOrder('Ada');
    const answer = await send(paid());
    expect([answer.statusCode, answer.body]).toEqual([200, 'Applied.\n']);
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(await status(orderId)).toBe('paid');
  });

  test('that arrives fifty times at once counts once', async () => {
    const { orderId, paid } = await openOrder('Ben');
    const body = paid();
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(body)));
    expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
    expect(answers.filter((one) => one.body === 'Applied.\n').length).toBe(1);
    expect(await inClinic(world.one.context, (clinic) => readOrder(clinic, orderId))).toMatchObject({
      status: 'paid',
      paidMinor: 15_000,
    });
  });

  test('whose bytes were changed is refused, noted in the audit log and not kept', async () => {
    const { orderId, paid } = await openOrder('Cleo');
    const kept = (await desk.notices()).length;
    const body = paid();
    const answer = await desk.send(body.replace('15000', '15001'), desk.seals.sign(body, now));
    expect([answer.statusCode, answer.body]).toEqual([400, 'The signature does not fit the notice.\n']);
    expect(await status(orderId)).toBe('awaiting_payment');
    expect((await desk.notices()).length).toBe(kept);
    const refused = (await refusals()).at(-1);
    expect(refused?.detail).toMatchObject({ provider: 'practice', bytes: body.length });
    expect(JSON.stringify(refused)).not.toContain('checkout.paid');
  });

  test('without a signature, or with one for another clinic, is refused', async () => {
    const { paid } = await openOrder('Dia');
    const body = paid();
    expect((await desk.send(body, undefined)).statusCode).toBe(400);
    expect((await desk.send(body, 't=1,v1=zz')).statusCode).toBe(400);
    const elsewhere = await desk.app.inject({
      method: 'POST',
      url: '/webhooks/practice',
      headers: { host: world.other.host, 'practice-signature': desk.seals.sign(body, now) },
      payload: body,
    });
    expect(elsewhere.statusCode).toBe(400);
  });

  test('is trusted for 300 seconds, and not for 301', async () => {
    const { orderId, paid } = await openOrder('Eli');
    const body = paid();
    const old = await desk.send(body, desk.seals.sign(body, now - 301_000));
    expect([old.statusCode, old.body]).toEqual([400, 'The notice is too old.\n']);
    expect(await status(orderId)).toBe('awaiting_payment');
    expect((await desk.send(body, desk.seals.sign(body, now - 300_000))).statusCode).toBe(200);
    expect(await status(orderId)).toBe('paid');
  });

  test('that arrives in another order leads to the same end', async () => {
    const { orderId, refunded, paid, expired } = await openOrder('Fae');
    expect((await send(refunded(5_000))).body).toBe('Kept until what it is about is known.\n');
    expect((await send(expired())).body).toBe('Applied.\n');
    expect((await send(paid())).body).toBe('Applied.\n');
    expect(await status(orderId)).toBe('partly_refunded');
    expect((await desk.notices()).every(({ outcome }) => outcome === 'applied')).toBe(true);
  });

  test('of a kind that nobody knows, or about another amount, is kept for people to see', async () => {
    const { orderId, event, paid } = await openOrder('Gil');
    const strange = await send(event('weather.changed', { sunny: true }));
    expect([strange.statusCode, strange.body]).toEqual([200, 'Kept for somebody to look at.\n']);
    expect((await send(paid({ amountMinor: 1 }))).body).toBe('Kept for somebody to look at.\n');
    expect((await send(paid({ currency: 'USD' }))).body).toBe('Kept for somebody to look at.\n');
    expect(await status(orderId)).toBe('awaiting_payment');
    expect((await desk.notices()).filter(({ outcome }) => outcome === 'unknown').length).toBe(3);
  });

  test('that is no notice at all is refused even when it is signed', async () => {
    expect((await send('not json')).body).toBe('The notice is not JSON.\n');
    expect((await send('{"id":1}')).body).toBe('The notice is no event.\n');
  });
});

describe('the door for notices', () => {
  test('is closed for a provider that the clinic does not have', async () => {
    expect((await desk.send('{}', 't=1,v1=00', 'stripe')).statusCode).toBe(404);
  });

  test('takes 256 KiB and no more', async () => {
    const answer = await send(`{"id":"${'x'.repeat(256 * 1024)}"}`);
    expect(answer.statusCode).toBe(413);
    expect(answer.headers['content-type']).toContain('text/plain');
  });

  test('leaves every other page to forms alone', async () => {
    const { url } = await startCheckout(desk.payments, await desk.buyPackage('Hana'), ORIGIN).then((one) =>
      one.ok ? one : { url: '' },
    );
    const answer = await desk.app.inject({
      method: 'POST',
      url,
      headers: { host: world.one.host, 'content-type': 'application/json' },
      payload: '{"choice":"pay"}',
    });
    expect(answer.statusCode).toBe(415);
  });

  test('asks the provider to send again what could not be applied, and keeps nothing of it', async () => {
    const { orderId, paid } = await openOrder('Ian');
    const body = paid();
    await desk.owner((sql) => sql`alter table document rename to document_away`);
    const answer = await send(body);
    await desk.owner((sql) => sql`alter table document_away rename to document`);
    expect(answer.statusCode).toBe(500);
    expect(answer.body).toContain('Please send it again.');
    expect((await send(body)).body).toBe('Applied.\n');
    expect(await status(orderId)).toBe('paid');
  });
});

describe('the door for Stripe', () => {
  const SIGNING = 'whsec_only_for_tests';
  const settings = (key: string) =>
    world.owner.begin(async (sql) => {
      const { id } = world.other.clinic;
      await sql`select set_config('rectus.clinic_id', ${id}, true)`;
      await sql`
        insert into payment_settings (clinic_id, stripe_key_sealed, stripe_webhook_sealed)
        values (${id}, ${key}, ${sealKey(world.platform, id, SIGNING)})
        on conflict (clinic_id) do update set stripe_key_sealed = excluded.stripe_key_sealed`;
    });
  const knock = (payload: string, signature: string, door = 'stripe') =>
    desk.app.inject({
      method: 'POST',
      url: `/webhooks/${door}`,
      headers: { host: world.other.host, 'content-type': 'application/json', 'stripe-signature': signature },
      payload,
    });
  const event = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'radar.something',
    data: { object: { id: 'x' } },
  });
  const signed = (payload: string, at = now) =>
    Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: SIGNING,
      timestamp: Math.floor(at / 1000),
    });

  test('takes what Stripe signed, and refuses what was changed or is old', async () => {
    await settings(sealKey(world.platform, world.other.clinic.id, 'sk_test_nothing'));
    expect((await knock(event, signed(event))).body).toBe('Kept for somebody to look at.\n');
    expect((await knock(event, signed(event))).body).toBe('Known already.\n');
    expect((await knock(event.replace('evt_1', 'evt_2'), signed(event))).statusCode).toBe(400);
    expect((await knock(event, signed(event, now - 301_000))).statusCode).toBe(400);
    expect((await knock(event, signed(event), 'practice')).statusCode).toBe(404);
  });

  test('trusts nothing while the key of the clinic does not open', async () => {
    await settings('sealed elsewhere');
    const answer = await knock(event, signed(event));
    expect([answer.statusCode, answer.body]).toEqual([400, 'There is no key of Stripe that opens.\n']);
  });
});
