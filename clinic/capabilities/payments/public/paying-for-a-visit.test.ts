import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestBrowser } from '../../../platform/web/testing-browser.ts';
import { fieldsOf } from '../../../platform/web/testing-form.ts';
import { book, readCatalogue } from '../../booking/index.ts';
import { settleDue } from '../core/due.ts';
import { verifyBooks } from '../core/verify.ts';
import { paymentsOf } from '../payments-of.ts';
import { deliverPracticeNotices } from '../providers/practice/deliver.ts';
import { type BuyingWorld, buyingWorld, MAYA, practise } from '../testing/buying-world.ts';

const VISIT = { service: 'first-visit', where: 'harbour' };
let world: BuyingWorld;
let maya: TestBrowser;
let tests = 0;
/** A time that no other test uses. */
let slot: number;

beforeAll(async () => {
  world = await buyingWorld();
  await world.setPayment('deposit');
});
afterAll(async () => {
  expect(await verifyBooks(world.one.context)).toEqual([]);
  await world.close();
});
beforeEach(() => {
  maya = world.buyer();
  const day = Math.floor(tests / 2);
  slot = Date.UTC(2026, 2, 3 + 7 * Math.floor(day / 4) + (day % 4), tests % 2 === 0 ? 9 : 13);
  tests += 1;
});

async function atDetails(buyer = maya, start = slot) {
  await buyer.post('/book/hold', { ...VISIT, start: String(start) });
  await buyer.post('/book/safety', VISIT);
  return buyer.get('/book/details');
}

/** Fills in the last step and goes to pay; answers with the checkout's address. */
async function goToPay(buyer = maya, start = slot): Promise<string> {
  const page = await atDetails(buyer, start);
  const fields = fieldsOf(page.body, '/book/details');
  const answer = await buyer.post('/book/details', { ...fields, ...MAYA, policy: 'yes' });
  expect(answer.statusCode).toBe(303);
  return String(answer.headers.location);
}

const appointments = () =>
  world.run(
    sql`select a.id, a.status from appointment a where a.starts_at = ${new Date(slot).toISOString()}::timestamptz`,
  );

/** Two other people take the only two clinicians at a time. */
async function takeEverything(): Promise<void> {
  const clinic = await world.one.reload();
  const catalogue = await readCatalogue(world.one.context, clinic.catalogueVersion);
  const service = catalogue.serviceBySlug('first-visit');
  if (!service) throw new Error('The test clinic has no first visit');
  for (const givenName of ['Ann', 'Ben']) {
    const booked = await book(
      { platform: world.platform, context: world.one.context, clinic },
      {
        wish: { service, siteId: world.one.ids.site ?? null, clinicianId: null },
        start: slot,
        person: { givenName, familyName: 'Rival', birthDate: null, email: null, phone: null },
        idempotencyKey: crypto.randomUUID(),
        source: 'online',
      },
    );
    expect(booked.ok).toBe(true);
  }
}

async function dropHolds(): Promise<void> {
  await world.run(sql`update hold set expires_at = clock_timestamp() - interval '1 second'`);
  await world.run(
    sql`update claim set expires_at = clock_timestamp() - interval '1 second' where hold_id is not null`,
  );
}

const orderPathOf = async (buyer: TestBrowser, checkout: string) => {
  const page = await buyer.get(checkout);
  return /href="(\/orders\/[^"]+)\/return\?left=1"/.exec(page.body)?.[1] ?? '';
};

describe('a visit with a deposit', () => {
  it('says on every step what is paid now and what at the visit', async () => {
    const page = await atDetails();
    expect(page.body).toContain('<b>€30</b> now, <b>€55</b> at the visit');
    expect(page.body).toContain('Continue to payment');
    expect(page.body).not.toContain('Confirm booking');
  });

  it('is booked when the deposit has arrived, once, with the rest at the visit or now', async () => {
    const path = await practise(maya, await goToPay(), 'thrice');
    const page = (await maya.get(path)).body;
    for (const text of [
      'Payment success',
      'You have paid <b>€30.00</b> for <b>first visit</b>',
      'Move or cancel',
    ])
      expect(page).toContain(text);
    expect(page).toContain('€55.00 at the visit');
    expect(await appointments()).toHaveLength(1);
    const manage = /href="(\/manage\/[^"/]+)"/.exec(page)?.[1] ?? '';
    expect((await maya.get(manage)).body).toContain('€30 paid, €55 at the visit, order');
    const rest = String((await maya.post(`${path}/pay`, {})).headers.location);
    await practise(maya, rest, 'pay');
    expect((await maya.get(path)).body).not.toContain('€55.00 at the visit');
    expect((await maya.get(manage)).body).toMatch(/Paid with your First visit|Paid, order/);
  });

  it('keeps the time for as long as the checkout takes money', async () => {
    const checkout = await goToPay();
    const [hold] = await world.run(
      sql`select extract(epoch from expires_at - clock_timestamp())::int as left_s from hold where starts_at = ${new Date(slot).toISOString()}::timestamptz`,
    );
    expect(Number(hold?.left_s)).toBeGreaterThan(30 * 60 - 5);
    const page = (await maya.get(await orderPathOf(maya, checkout))).body;
    expect(page).toContain('The time is kept for you until');
  });

  it('a double click makes one order and leads to one checkout', async () => {
    const fields = { ...fieldsOf((await atDetails()).body, '/book/details'), ...MAYA, policy: 'yes' };
    const [one, two] = await Promise.all([
      maya.post('/book/details', fields),
      maya.post('/book/details', fields),
    ]);
    expect(one.headers.location).toMatch(/^\/practice\/checkout\//);
    expect(two.headers.location).toBe(one.headers.location);
  });

  it('whose price changed while the form was open is shown again, with nothing paid', async () => {
    const fields = { ...fieldsOf((await atDetails()).body, '/book/details'), ...MAYA, policy: 'yes' };
    await world.setPayment('in_full');
    const page = await maya.post('/book/details', fields);
    await world.setPayment('deposit');
    expect(page.statusCode).toBe(409);
    expect(page.body).toContain('How this visit is paid has changed');
    expect(page.body).toContain('value="Okafor"');
    expect(await appointments()).toEqual([]);
  });
});

describe('a payment that fails or comes late', () => {
  it('declined keeps the time, and the next try books it', async () => {
    const checkout = await goToPay();
    await maya.post(checkout, { choice: 'decline' });
    const path = await orderPathOf(maya, checkout);
    await maya.get(`${path}/return?left=1`);
    const page = (await maya.get(path)).body;
    expect(page).toContain('The payment did not go through');
    expect(page).toContain('The time is kept for you until');
    await practise(maya, String((await maya.post(`${path}/pay`, {})).headers.location), 'pay');
    expect(await appointments()).toHaveLength(1);
  });

  it('abandoned gives the time back, and coming back asks for the same time with everything typed kept', async () => {
    const checkout = await goToPay();
    const path = await orderPathOf(maya, checkout);
    await expireOrder();
    expect((await maya.get(path)).body).toContain('The time to pay is over');
    const again = await maya.post(`${path}/again`, {});
    expect(again.headers.location).toMatch(/^\/book\/safety\?service=first-visit&where=harbour/);
    await maya.post('/book/safety', VISIT);
    const page = await maya.get('/book/details');
    expect(page.body).toContain('value="Okafor"');
    expect(page.body).toContain('value="1992"');
  });

  it('abandoned and taken by somebody else offers the nearest times', async () => {
    const path = await orderPathOf(maya, await goToPay());
    await expireOrder();
    await maya.get(path);
    await takeEverything();
    const page = await maya.post(`${path}/again`, {});
    expect(page.statusCode).toBe(409);
    expect(page.body).toContain('Somebody else has taken that time');
    const [, nearest = ''] = /name="slot" value="([^"]+)"/.exec(page.body) ?? [];
    expect((await maya.post(`${path}/again`, { slot: nearest })).headers.location).toMatch(/^\/book\/safety/);
  });

  it('whose time went before paying began is offered others, and pays for the one it takes', async () => {
    const checkout = await goToPay();
    const path = await orderPathOf(maya, checkout);
    await dropHolds();
    await takeEverything();
    const page = await maya.post(`${path}/pay`, {});
    expect(page.statusCode).toBe(409);
    const [, nearest = ''] = /name="slot" value="([^"]+)"/.exec(page.body) ?? [];
    const paying = await maya.post(`${path}/pay`, { slot: nearest });
    expect(paying.headers.location).toBe(checkout);
    await practise(maya, checkout, 'pay');
    expect((await maya.get(path)).body).toContain('Payment success');
  });

  it('late but the time still free: it is claimed again', async () => {
    const checkout = await goToPay();
    const path = await orderPathOf(maya, checkout);
    await payLate(checkout);
    expect((await maya.get(path)).body).toContain('Payment success');
    expect(await appointments()).toHaveLength(1);
  });

  it('late and the time gone: another is chosen with the same money', async () => {
    const path = await lateAndGone();
    const page = (await maya.get(path)).body;
    expect(page).toContain('Your payment is here, but the time had gone');
    const [, nearest = ''] = /name="slot" value="([^"]+)"/.exec(page) ?? [];
    const chosen = await maya.post(`${path}/choose`, { slot: nearest });
    expect(chosen.headers.location).toBe(path);
    expect((await maya.get(path)).body).toContain('Payment success');
    expect((await maya.post(`${path}/choose`, { back: 'yes' })).headers.location).toBe(path);
    expect((await maya.get(path)).body).toContain('Payment success');
  });

  it('late and the time gone: the money goes back when it is asked for', async () => {
    const path = await lateAndGone();
    await maya.post(`${path}/choose`, { back: 'yes' });
    const page = (await maya.get(path)).body;
    expect(page).toContain('Your money was given back');
    expect(page).toContain('Credit note C-2026-');
    expect((await maya.post(`${path}/choose`, { slot: `${slot} harbour` })).headers.location).toBe(path);
    expect((await maya.get(path)).body).toContain('Your money was given back');
  });

  async function lateAndGone(): Promise<string> {
    const checkout = await goToPay();
    const path = await orderPathOf(maya, checkout);
    await dropHolds();
    await takeEverything();
    await payLate(checkout);
    return path;
  }

  async function payLate(checkout: string): Promise<void> {
    await maya.post(checkout, { choice: 'late' });
    await world.run(sql`update practice_checkout set pays_at = clock_timestamp() where pays_at is not null`);
    await world.run(
      sql`update practice_notice set deliver_at = clock_timestamp() where delivered_at is null`,
    );
    const payments = await paymentsOf(world.platform, world.one);
    await deliverPracticeNotices(payments);
    await settleDue(payments);
  }
});

describe('a visit paid at the visit', () => {
  it('is booked without any payment', async () => {
    await world.setPayment('at_visit');
    const page = await atDetails();
    expect(page.body).toContain('Confirm booking');
    await world.setPayment('deposit');
  });
});

async function expireOrder(): Promise<void> {
  await world.run(
    sql`update sales_order set expires_at = clock_timestamp() - interval '1 second' where status = 'awaiting_payment'`,
  );
  await world.run(
    sql`update payment set expires_at = clock_timestamp() - interval '1 second' where status in ('starting', 'open')`,
  );
  await dropHolds();
}
