import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { inClinic } from '../../../../platform/database/in-clinic.ts';
import { type TestWorld, testWorld } from '../../../../platform/database/testing.ts';
import { askAgain, startCheckout } from '../../core/checkout.ts';
import { settleDue } from '../../core/due.ts';
import { type Order, readOrder } from '../../core/orders.ts';
import { refundOrder } from '../../core/refunds.ts';
import { verifyBooks } from '../../core/verify.ts';
import { inboxRoutes } from '../../inbox/routes.ts';
import { type PracticeDesk, practiceDesk } from '../../testing/practice-desk.ts';
import { deliverPracticeNotices } from './deliver.ts';
import { practiceProvider } from './index.ts';
import { practiceRoutes } from './routes.tsx';

const ORIGIN = 'http://one.test';
const FIRST = Date.UTC(2026, 2, 3, 9);
const BADGE = 'Practice checkout: no real money moves';

let world: TestWorld;
let desk: PracticeDesk;
beforeAll(async () => {
  world = await testWorld();
  desk = await practiceDesk(world);
});
afterAll(() => world.close());
afterEach(async () => {
  expect(await verifyBooks(world.one.context)).toEqual([]);
});

async function order(id: string): Promise<Order> {
  const found = await inClinic(world.one.context, (clinic) => readOrder(clinic, id));
  if (!found) throw new Error('no order');
  return found;
}

/** Somebody buys the package and comes to the practice checkout. */
async function comeToPay(name: string) {
  const orderId = await desk.buyPackage(name);
  const started = await startCheckout(desk.payments, orderId, ORIGIN);
  if (!started.ok) throw new Error(started.reason);
  const ref = /checkout\/([0-9a-f-]{36})\./.exec(started.url)?.[1] ?? '';
  return { orderId, url: started.url, ref };
}

describe('the page of a practice checkout', () => {
  test('says what is paid, to whom, how much and until when, and that no money moves', async () => {
    const { url } = await comeToPay('Ada');
    const page = await desk.show(url);
    expect(page.statusCode).toBe(200);
    for (const text of [BADGE, 'Clinic one', 'First visit', '2 × Follow-up', '€150', 'Open until'])
      expect(page.body).toContain(text);
    expect(page.body).toContain('Leave without paying');
    expect(page.body).toContain('noindex');
  });

  test('keeps its badge when it is paid, on its way and over', async () => {
    for (const choice of ['pay', 'slow', 'late']) {
      const { url } = await comeToPay('Bea');
      await desk.choose(url, choice);
      const page = await desk.show(url);
      expect(page.body).toContain(BADGE);
      expect(page.body).not.toContain('name="choice"');
    }
    await desk.letArrive();
    await deliverPracticeNotices(desk.payments);
  });

  test('asks again when a form names none of its choices', async () => {
    const { url } = await comeToPay('Cem');
    const answer = await desk.choose(url, 'everything');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Nothing was chosen');
  });

  test('opens only with its seal, and only in its own clinic', async () => {
    const { url } = await comeToPay('Dan');
    expect((await desk.show(`${url.slice(0, -4)}AAAA`)).statusCode).toBe(404);
    const elsewhere = await desk.app.inject({ url, headers: { host: world.other.host } });
    expect(elsewhere.statusCode).toBe(404);
  });
});

describe('paying for practice', () => {
  test('pays the order before the buyer is back', async () => {
    const { orderId, url } = await comeToPay('Eva');
    const answer = await desk.choose(url, 'pay');
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toMatch(/^\/orders\/[^/]+\/return$/);
    expect(await order(orderId)).toMatchObject({ status: 'paid', paidMinor: 15_000 });
  });

  test('counts once when the form is sent twice, in whatever way', async () => {
    const { orderId, url } = await comeToPay('Fay');
    await Promise.all(['pay', 'slow', 'decline', 'late', 'pay'].map((choice) => desk.choose(url, choice)));
    await desk.letArrive();
    await deliverPracticeNotices(desk.payments);
    await askAgain(desk.payments, orderId);
    const { status } = await order(orderId);
    // Whichever came first stands; a declined card may be followed by any of the others.
    expect(status).toBe('paid');
    const sent = await desk.owner(
      (sql) => sql`select from practice_notice where body like ${`%"checkout.paid"%${url.slice(19, 55)}%`}`,
    );
    expect(sent.length).toBe(1);
  });

  test('tells the news three times at once, and the payment counts once', async () => {
    const { orderId, url } = await comeToPay('Gus');
    await desk.choose(url, 'thrice');
    expect(await order(orderId)).toMatchObject({ status: 'paid', paidMinor: 15_000 });
    const [{ times } = { times: 0 }] = await desk.owner(
      (sql) => sql<{ times: number }[]>`select times from practice_notice order by id desc limit 1`,
    );
    expect(times).toBe(3);
  });

  test('is on its way for a minute where the bank is slow', async () => {
    const { orderId, url, ref } = await comeToPay('Hal');
    await desk.choose(url, 'slow');
    expect(await desk.provider.readCheckout(ref)).toEqual({ state: 'processing' });
    expect(await order(orderId)).toMatchObject({ status: 'awaiting_payment', paidMinor: 0 });
    expect(await desk.provider.expireCheckout(ref)).toEqual({ state: 'processing' });
    await desk.letArrive();
    await deliverPracticeNotices(desk.payments);
    expect(await order(orderId)).toMatchObject({ status: 'paid', paidMinor: 15_000 });
  });

  test('is found out by asking as well, should the notice be lost', async () => {
    const { orderId, url } = await comeToPay('Ida');
    await desk.choose(url, 'slow');
    await desk.letArrive();
    await settleDue(desk.payments);
    expect(await order(orderId)).toMatchObject({ status: 'paid', paidMinor: 15_000 });
    await deliverPracticeNotices(desk.payments);
    expect(await order(orderId)).toMatchObject({ status: 'paid', paidMinor: 15_000 });
  });

  test('can be tried again after the card was declined', async () => {
    const { orderId, url, ref } = await comeToPay('Jil');
    const answer = await desk.choose(url, 'decline');
    expect(answer.headers.location).toBe(url);
    const page = await desk.show(url);
    expect(page.body).toContain('The practice bank declined the card');
    expect(await desk.provider.readCheckout(ref)).toMatchObject({ state: 'failed' });
    await askAgain(desk.payments, orderId);
    expect(await order(orderId)).toMatchObject({ status: 'awaiting_payment', paidMinor: 0 });
    await desk.choose(url, 'pay');
    expect(await order(orderId)).toMatchObject({ status: 'paid', paidMinor: 15_000 });
  });

  test('starts anew from the order after a declined card, and what is paid twice goes back', async () => {
    const { orderId, url } = await comeToPay('Kim');
    await desk.choose(url, 'decline');
    await askAgain(desk.payments, orderId);
    const again = await startCheckout(desk.payments, orderId, ORIGIN);
    if (!again.ok) throw new Error(again.reason);
    expect(again.url).not.toBe(url);
    await desk.choose(again.url, 'pay');
    await desk.choose(url, 'pay');
    expect(await order(orderId)).toMatchObject({ status: 'paid', paidMinor: 30_000, refundedMinor: 15_000 });
  });

  test('comes too late where that was chosen: the time is gone, then claimed again', async () => {
    const orderId = await desk.buyVisit('Lea', FIRST);
    const started = await startCheckout(desk.payments, orderId, ORIGIN);
    if (!started.ok) throw new Error(started.reason);
    await desk.choose(started.url, 'late');
    await askAgain(desk.payments, orderId);
    expect(await order(orderId)).toMatchObject({ status: 'expired', holdId: null, paidMinor: 0 });
    await desk.letArrive();
    await deliverPracticeNotices(desk.payments);
    expect(await order(orderId)).toMatchObject({ status: 'paid', slot: 'booked', paidMinor: 8_500 });
  });

  test('is not possible any more when the time is over', async () => {
    const { orderId, url, ref } = await comeToPay('Max');
    await desk.letEnd(ref);
    const answer = await desk.choose(url, 'pay');
    expect(answer.headers.location).toBe(url);
    expect((await desk.show(url)).body).toContain('The time to pay is over');
    expect(await desk.provider.readCheckout(ref)).toEqual({ state: 'expired' });
    expect((await order(orderId)).paidMinor).toBe(0);
  });
});

describe('the practice provider', () => {
  test('returns the same checkout for the same payment, and refuses it with another amount', async () => {
    const request = {
      paymentId: crypto.randomUUID(),
      orderNumber: '1',
      amountMinor: 500,
      currency: 'EUR',
      lines: [{ description: 'Something', amountMinor: 500 }],
      payerEmail: null,
      successUrl: `${ORIGIN}/a`,
      cancelUrl: `${ORIGIN}/b`,
      expiresAt: Date.now() + 600_000,
      locale: 'en-GB',
    };
    const [one, two] = await Promise.all([1, 2].map(() => desk.provider.startCheckout(request)));
    expect(one).toEqual(two);
    await expect(desk.provider.startCheckout({ ...request, amountMinor: 600 })).rejects.toThrow(
      'another amount',
    );
  });

  test('gives back no more than it took, and the same refund once', async () => {
    const { orderId, url, ref } = await comeToPay('Nia');
    await desk.choose(url, 'pay');
    const refund = { orderId, amountMinor: 4_000, reason: 'One visit less', key: 'nia' };
    expect(await refundOrder(desk.payments, refund)).toEqual({ ok: true, settled: true });
    await deliverPracticeNotices(desk.payments);
    expect(await order(orderId)).toMatchObject({ status: 'partly_refunded', refundedMinor: 4_000 });
    const payment = `practice-${ref}`;
    const ask = (refundId: string, amountMinor: number) =>
      desk.provider.refund({ refundId, payment, amountMinor, currency: 'EUR' });
    expect(await ask(crypto.randomUUID(), 11_001)).toMatchObject({ state: 'failed' });
    expect(await ask(crypto.randomUUID(), 100)).toMatchObject({ state: 'succeeded' });
    expect(
      await desk.provider.refund({
        refundId: crypto.randomUUID(),
        payment: 'else',
        amountMinor: 1,
        currency: 'EUR',
      }),
    ).toMatchObject({ state: 'failed', ref: null });
  });

  test('knows nothing of checkouts that it did not start', async () => {
    await expect(desk.provider.readCheckout(crypto.randomUUID())).rejects.toThrow('no such checkout');
    await expect(desk.provider.expireCheckout('anything')).rejects.toThrow('no such checkout');
  });

  test('is never there in a real clinic', async () => {
    const { url } = await comeToPay('Oda');
    await world.owner.begin(async (sql) => {
      await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
      await sql`update clinic set demo = false where id = ${world.one.clinic.id}`;
    });
    const real = await world.one.reload();
    const fresh = await world.serve(practiceRoutes, inboxRoutes);
    const headers = { host: world.one.host };
    expect((await fresh.inject({ url, headers })).statusCode).toBe(404);
    const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
    const post = await fresh.inject({ method: 'POST', url, headers: form, payload: 'choice=pay' });
    expect(post.statusCode).toBe(404);
    const notice = await fresh.inject({ method: 'POST', url: '/webhooks/practice', headers, payload: '{}' });
    expect(notice.statusCode).toBe(404);
    expect(() => practiceProvider(world.platform, world.one.context, real)).toThrow('Only a demo clinic');
  });
});
