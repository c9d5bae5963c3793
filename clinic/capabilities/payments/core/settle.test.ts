import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { book, cancelAppointment, readCatalogue } from '../../booking/index.ts';
import type { Fact } from '../providers/provider.ts';
import { type TestProvider, type TestTill, testProvider, testTill } from '../testing/test-till.ts';
import { askAgain, startCheckout } from './checkout.ts';
import { cancelOrder, orderAtDesk, takePayment } from './desk.ts';
import { giveUpTime, settleDue } from './due.ts';
import { readEntitlements, useEntitlement } from './entitlements.ts';
import { receiveNotice } from './notices.ts';
import { type Order, readOrder } from './orders.ts';
import { freezePrice } from './prices.ts';
import { refundOrder, sendRefunds } from './refunds.ts';
import { verifyBooks } from './verify.ts';

const ORIGIN = 'http://one.test';
const FIRST = Date.UTC(2026, 2, 3, 9);
const HOUR = 3_600_000;

let world: TestWorld;
let till: TestTill;
let provider: TestProvider;
let starts = 0;
/** Another free hour of a week of working days. */
const nextStart = () => {
  const n = starts++;
  return FIRST + (n % 7) * HOUR + Math.floor(n / 7) * 24 * HOUR;
};

beforeAll(async () => {
  world = await testWorld();
  provider = testProvider();
  till = await testTill(world, provider);
});
afterAll(() => world.close());
beforeEach(() => provider.refunds.clear());
afterEach(async () => {
  expect(await verifyBooks(world.one.context)).toEqual([]);
});

async function order(id: string): Promise<Order> {
  const found = await inClinic(world.one.context, (clinic) => readOrder(clinic, id));
  if (!found) throw new Error('no order');
  return found;
}

/** Goes to pay; the provider's id of the checkout. */
async function checkout(orderId: string): Promise<string> {
  const started = await startCheckout(till.payments, orderId, ORIGIN);
  expect(started).toMatchObject({ ok: true });
  return provider.last();
}

const tell = (ref: string, state?: Parameters<TestProvider['notice']>[1]) =>
  receiveNotice(till.payments, provider.notice(ref, state), '{}');

const tellFact = (eventId: string, fact: Fact) =>
  receiveNotice(till.payments, { eventId, type: fact.kind, facts: [fact] }, '{}');

const left = (orderId: string) =>
  inClinic(world.one.context, async (clinic) =>
    (await readEntitlements(clinic, { orderId })).map((one) => one.left),
  );

async function balance(account: string): Promise<number> {
  const rows = await world.owner.begin(async (sql) => {
    await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
    return sql<{ sum: number }[]>`
      select coalesce(sum(amount_minor), 0)::float8 as sum from ledger_entry where account = ${account}`;
  });
  return rows[0]?.sum ?? 0;
}

async function count(table: string, where: string): Promise<number> {
  const rows = await world.owner.begin(async (sql) => {
    await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
    return sql.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table} where ${where}`);
  });
  return rows[0]?.n ?? 0;
}

async function idsOf(table: string, where: string): Promise<readonly string[]> {
  const rows = await world.owner.begin(async (sql) => {
    await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
    return sql.unsafe<{ id: string }[]>(`select id from ${table} where ${where}`);
  });
  return rows.map(({ id }) => id);
}

describe('a package that is bought', () => {
  test('can be booked once it is paid, and the money stands where it arrived', async () => {
    const before = {
      stripe: await balance('stripe'),
      tax: await balance('tax'),
      sales: await balance('sales'),
    };
    const id = await till.buyPackage('Ana');
    expect(await order(id)).toMatchObject({ status: 'awaiting_payment', totalMinor: 15000, dueMinor: 15000 });
    const ref = await checkout(id);
    provider.pay(ref);
    expect(await tell(ref)).toBe('applied');
    expect(await order(id)).toMatchObject({ status: 'paid', paidMinor: 15000, openMinor: 0 });
    expect(await left(id)).toEqual([1, 2]);
    expect((await balance('stripe')) - before.stripe).toBe(15000);
    // 90.00 contains 16.83 of tax at 23 %.
    expect((await balance('tax')) - before.tax).toBe(-1683);
    expect((await balance('sales')) - before.sales).toBe(-13317);
    expect(await count('document', `order_id = '${id}' and kind = 'receipt'`)).toBe(1);
    expect(await count('mail', `kind = 'payment_received' and to_email = 'ana@example.org'`)).toBe(1);
  });

  test('counts once, however often and at once the provider says so', async () => {
    const id = await till.buyPackage('Bea');
    const ref = await checkout(id);
    provider.pay(ref);
    const notice = provider.notice(ref);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => receiveNotice(till.payments, notice, '{}')),
    );
    expect(answers.filter((one) => one === 'applied')).toHaveLength(1);
    expect(answers.filter((one) => one === 'repeated')).toHaveLength(49);
    // Other events about the same payment change nothing either.
    await Promise.all([tell(ref), tell(ref), askAgain(till.payments, id)]);
    expect(await order(id)).toMatchObject({ status: 'paid', paidMinor: 15000 });
  });

  test('is known to be paid when the buyer comes back, before any notice', async () => {
    const id = await till.buyPackage('Cleo');
    provider.pay(await checkout(id));
    await askAgain(till.payments, id);
    expect((await order(id)).status).toBe('paid');
  });

  test('begins its checkout once, however often the button is pressed', async () => {
    const id = await till.buyPackage('Dora');
    const started = await Promise.all([1, 2, 3].map(() => startCheckout(till.payments, id, ORIGIN)));
    expect(new Set(started.map((one) => (one.ok ? one.url : 'none'))).size).toBe(1);
  });

  test('stays paid when the end of the checkout is told afterwards, and expires when nobody pays', async () => {
    const paid = await till.buyPackage('Edda');
    const ref = await checkout(paid);
    const state = provider.pay(ref);
    await tell(ref, state);
    await tell(ref, { state: 'expired' });
    expect((await order(paid)).status).toBe('paid');
    const abandoned = await till.buyPackage('Fay');
    await tell(await checkout(abandoned), { state: 'expired' });
    expect((await order(abandoned)).status).toBe('expired');
  });

  test('is paid even when the end of its checkout was told first', async () => {
    const id = await till.buyPackage('Gwen');
    const ref = await checkout(id);
    await tell(ref, { state: 'expired' });
    await tell(ref, provider.pay(ref));
    expect((await order(id)).status).toBe('paid');
  });

  test('is not accepted with another amount or currency, and the notice is kept for people', async () => {
    const id = await till.buyPackage('Hana');
    const ref = await checkout(id);
    const wrong = { state: 'paid', payment: 'pi_wrong', amountMinor: 14999, currency: 'EUR' } as const;
    expect(await tell(ref, wrong)).toBe('unknown');
    expect(await tell(ref, { ...wrong, amountMinor: 15000, currency: 'USD' })).toBe('unknown');
    expect(await order(id)).toMatchObject({ status: 'awaiting_payment', paidMinor: 0 });
  });

  test('keeps its price when the price changes during the checkout', async () => {
    const id = await till.buyPackage('Ida');
    const ref = await checkout(id);
    await world.owner.begin(async (sql) => {
      await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
      await sql`update product_part set unit_minor = 7000 where unit_minor = 6000`;
    });
    await tell(ref, provider.pay(ref));
    expect(await order(id)).toMatchObject({ status: 'paid', totalMinor: 15000 });
    const price = await inClinic(world.one.context, (clinic) =>
      freezePrice(clinic, { productId: till.packageId }),
    );
    expect(price).toMatchObject({ version: 2, totalMinor: 16000 });
    await world.owner.begin(async (sql) => {
      await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
      await sql`update product_part set unit_minor = 6000 where unit_minor = 7000`;
    });
  });

  test('that is paid twice goes back once by itself', async () => {
    const id = await till.buyPackage('Jill');
    const first = await checkout(id);
    await till.letExpire(id);
    const second = await checkout(id);
    expect(second).not.toBe(first);
    await tell(first, provider.pay(first));
    await tell(second, provider.pay(second));
    expect(await order(id)).toMatchObject({ status: 'paid', paidMinor: 30000, refundedMinor: 15000 });
    expect(await left(id)).toEqual([1, 2]);
  });

  test('that was cancelled goes back when its payment arrives all the same', async () => {
    const id = await till.buyPackage('Kim');
    const ref = await checkout(id);
    expect(await cancelOrder(till.payments, id, 'Changed my mind')).toBe(true);
    expect((await order(id)).status).toBe('cancelled');
    await tell(ref, provider.pay(ref));
    expect(await order(id)).toMatchObject({ status: 'refunded', refundedMinor: 15000 });
    expect(await left(id)).toEqual([]);
  });
});

describe('a visit that is paid when it is booked', () => {
  test('is booked by its payment, and its time is kept as long as the checkout', async () => {
    const id = await till.buyVisit('Lea', nextStart());
    const ref = await checkout(id);
    const hold = (await order(id)).holdId;
    expect(await count('claim', `hold_id = '${hold}' and expires_at > now() + interval '30 minutes'`)).toBe(
      2,
    );
    await tell(ref, provider.pay(ref));
    const paid = await order(id);
    expect(paid).toMatchObject({ status: 'paid', slot: 'booked', booking: null, holdId: null });
    expect(await count('appointment', `id = '${paid.appointmentId}' and status = 'booked'`)).toBe(1);
    expect(await left(id)).toEqual([0]);
  });

  test('gives its time back at once when the checkout is abandoned', async () => {
    const id = await till.buyVisit('Mia', nextStart());
    const ref = await checkout(id);
    const hold = (await order(id)).holdId;
    await tell(ref, { state: 'expired' });
    expect(await order(id)).toMatchObject({ status: 'expired', holdId: null });
    expect(await count('claim', `hold_id = '${hold}'`)).toBe(0);
  });

  test('keeps its time once, however often somebody goes to pay after it had lapsed', async () => {
    const id = await till.buyVisit('Milla', nextStart());
    await checkout(id);
    await till.letExpire(id);
    const started = await Promise.all([1, 2, 3].map(() => startCheckout(till.payments, id, ORIGIN)));
    expect(started.every((one) => one.ok)).toBe(true);
    expect(await count('hold', `id = '${(await order(id)).holdId}' and expires_at > now()`)).toBe(1);
    expect(await liveHolds(await startOf(id))).toBe(1);
  });

  test('keeps no time for an order that was cancelled', async () => {
    const id = await till.buyVisit('Mona', nextStart());
    const start = await startOf(id);
    await checkout(id);
    await cancelOrder(till.payments, id, 'Changed my mind');
    expect(await startCheckout(till.payments, id, ORIGIN)).toEqual({ ok: false, reason: 'nothing_due' });
    expect(await liveHolds(start)).toBe(0);
  });

  test('that was cancelled books nothing when its money comes all the same, even where the bank will not take it back', async () => {
    const id = await till.buyVisit('Mona', nextStart());
    const ref = await checkout(id);
    await cancelOrder(till.payments, id, 'Changed my mind');
    await tell(ref, provider.pay(ref));
    const [refundId = ''] = provider.refunds.keys();
    await tellFact(`evt_declined_${id}`, {
      kind: 'refund',
      ref: `re_${refundId}`,
      refundId,
      payment: `pi_${ref}`,
      amountMinor: 8500,
      currency: 'EUR',
      state: 'failed',
      reason: 'The bank declined the refund.',
    });
    expect(await order(id)).toMatchObject({ slot: 'given_up', refundedMinor: 0, appointmentId: null });
    expect(await count('refund', `order_id = '${id}' and status = 'failed'`)).toBe(1);
  });

  test('does not wait for ever for somebody who never goes to pay', async () => {
    const id = await till.buyVisit('Moira', nextStart());
    expect((await order(id)).expiresAt).toBeGreaterThan(Date.now());
    await till.letExpire(id);
    await settleDue(till.payments);
    expect((await order(id)).status).toBe('expired');
    await checkout(id);
    expect((await order(id)).status).toBe('awaiting_payment');
  });

  test('claims its time again when the payment is late and nobody took it', async () => {
    const id = await till.buyVisit('Nora', nextStart());
    const ref = await checkout(id);
    await till.letExpire(id);
    await tell(ref, provider.pay(ref));
    expect(await order(id)).toMatchObject({ status: 'paid', slot: 'booked' });
  });

  test('asks for another time when the payment is late and the time is gone, and books that one', async () => {
    const start = await crowd();
    const id = await till.buyVisit('Olga', start);
    const ref = await checkout(id);
    await till.letExpire(id);
    await fill(start);
    await tell(ref, provider.pay(ref));
    const lost = await order(id);
    expect(lost).toMatchObject({ status: 'paid', slot: 'to_choose', appointmentId: null });
    expect(lost.chooseBy).toBeGreaterThan(Date.now());
    expect(await left(id)).toEqual([1]);
    expect(await count('mail', `kind = 'time_gone' and to_email = 'olga@example.org'`)).toBe(1);
    await bookWith(id, nextStart());
    expect(await order(id)).toMatchObject({ status: 'paid', slot: 'booked', chooseBy: null });
    expect(await left(id)).toEqual([0]);
  });

  test('gives everything back when no other time is chosen', async () => {
    const start = await crowd();
    const id = await till.buyVisit('Pia', start);
    const ref = await checkout(id);
    await till.letExpire(id);
    await fill(start);
    await tell(ref, provider.pay(ref));
    const now = world.clock.now();
    expect(await inClinic(world.one.context, (clinic) => giveUpTime(clinic, id, 'No other time', now))).toBe(
      true,
    );
    expect(await left(id)).toEqual([]);
    expect(await sendRefunds(till.payments, id)).toBe(0);
    expect(await order(id)).toMatchObject({ status: 'refunded', slot: 'given_up' });
  });

  test('leaves it to the desk to hand back what the desk took, when no other time is chosen', async () => {
    const start = await crowd();
    const id = await till.buyVisit('Paola', start, 3000);
    const ref = await checkout(id);
    await till.letExpire(id);
    await fill(start);
    await tell(ref, provider.pay(ref));
    const cash = {
      orderId: id,
      method: 'cash',
      amountMinor: 5500,
      reference: null,
      key: `paola ${id}`,
    } as const;
    expect(await takePayment(till.payments, cash)).toMatchObject({ ok: true });
    await inClinic(world.one.context, (clinic) => giveUpTime(clinic, id, 'No other time', world.clock.now()));
    expect(await sendRefunds(till.payments, id)).toBe(0);
    expect(await order(id)).toMatchObject({
      status: 'partly_refunded',
      refundedMinor: 3000,
      slot: 'given_up',
    });
    expect(await count('refund', `order_id = '${id}' and status = 'failed' and amount_minor = 5500`)).toBe(1);
    const byHand = { orderId: id, amountMinor: 5500, reason: 'No other time', key: `by hand ${id}` };
    expect(await refundOrder(till.payments, byHand)).toEqual({ ok: true, settled: true });
    expect(await order(id)).toMatchObject({ status: 'refunded', refundedMinor: 8500 });
  });

  test('takes no more money once its time was given up, though the deposit is still on its way back', async () => {
    const start = await crowd();
    const id = await till.buyVisit('Petra', start, 3000);
    const ref = await checkout(id);
    await till.letExpire(id);
    await fill(start);
    await tell(ref, provider.pay(ref));
    await inClinic(world.one.context, (clinic) => giveUpTime(clinic, id, 'No other time', world.clock.now()));
    const cash = {
      orderId: id,
      method: 'cash',
      amountMinor: 5500,
      reference: null,
      key: `petra ${id}`,
    } as const;
    expect(await takePayment(till.payments, cash)).toEqual({ ok: false, reason: 'closed' });
    expect(await startCheckout(till.payments, id, ORIGIN)).toEqual({ ok: false, reason: 'nothing_due' });
    await settleDue(till.payments);
    expect(await order(id)).toMatchObject({ status: 'refunded', refundedMinor: 3000 });
  });

  test('pays a deposit first and the rest at the desk', async () => {
    const id = await till.buyVisit('Rosa', nextStart(), 3000);
    const ref = await checkout(id);
    expect(provider.checkouts.get(ref)).toMatchObject({ amountMinor: 3000 });
    await tell(ref, provider.pay(ref));
    expect(await order(id)).toMatchObject({
      status: 'part_paid',
      slot: 'booked',
      openMinor: 5500,
      dueMinor: 0,
    });
    const cash = {
      orderId: id,
      method: 'cash',
      amountMinor: 5500,
      reference: null,
      key: `cash ${id}`,
    } as const;
    expect(await takePayment(till.payments, { ...cash, amountMinor: 5501 })).toEqual({
      ok: false,
      reason: 'too_much',
      openMinor: 5500,
    });
    const twice = await Promise.all([takePayment(till.payments, cash), takePayment(till.payments, cash)]);
    expect(twice.every((one) => one.ok)).toBe(true);
    expect(await order(id)).toMatchObject({ status: 'paid', paidMinor: 8500 });
  });

  test('that is paid again after everything was given back leaves nothing to book', async () => {
    const id = await till.buyVisit('Runa', nextStart());
    const ref = await checkout(id);
    await tell(ref, provider.pay(ref));
    await refundOrder(till.payments, {
      orderId: id,
      amountMinor: 8500,
      reason: 'By mistake',
      key: `r ${id}`,
    });
    const { appointmentId, patientId } = await order(id);
    const { service } = await firstVisit();
    const again = await orderAtDesk(till.payments, {
      patientId: patientId ?? '',
      payer: { name: 'Runa Test', email: null },
      items: [{ serviceId: service.id }],
      appointmentId,
      key: `again ${id}`,
    });
    const cash = { method: 'cash', amountMinor: 8500, reference: null, key: `cash ${again}` } as const;
    expect(await takePayment(till.payments, { orderId: again, ...cash })).toMatchObject({ ok: true });
    expect(await left(again)).toEqual([0]);
  });

  test('comes back as a visit to book when the clinic cancels it, and not when the patient does so late', async () => {
    const id = await till.buyVisit('Sara', nextStart());
    const ref = await checkout(id);
    await tell(ref, provider.pay(ref));
    const { appointmentId } = await order(id);
    await cancelAppointment(till.payments, { appointmentId: appointmentId ?? '', by: 'clinic' });
    expect(await left(id)).toEqual([1]);
    const second = await bookWith(id, nextStart());
    expect(await left(id)).toEqual([0]);
    await expect(bookWith(id, nextStart())).rejects.toThrow('booked already');
    await cancelAppointment(till.payments, { appointmentId: second, by: 'patient' });
    expect(await left(id)).toEqual([1]);
  });
});

describe('money that goes back', () => {
  test('falls on the lines in proportion, with their tax, to the last cent', async () => {
    const id = await till.buyPackage('Tea');
    const ref = await checkout(id);
    await tell(ref, provider.pay(ref));
    const give = (amountMinor: number, key: string) =>
      refundOrder(till.payments, { orderId: id, amountMinor, reason: 'One visit less', key });
    expect(await give(3333, 'a')).toEqual({ ok: true, settled: true });
    expect(await give(3333, 'a')).toEqual({ ok: true, settled: true });
    expect(await order(id)).toMatchObject({ status: 'partly_refunded', refundedMinor: 3333 });
    expect(await give(11668, 'b')).toEqual({ ok: false, reason: 'too_much', refundableMinor: 11667 });
    expect(await give(0, 'c')).toMatchObject({ ok: false, reason: 'not_positive' });
    expect(await give(-5, 'c')).toMatchObject({ ok: false, reason: 'not_positive' });
    expect(await give(11667, 'd')).toEqual({ ok: true, settled: true });
    expect(await order(id)).toMatchObject({ status: 'refunded', refundedMinor: 15000 });
    expect(await left(id)).toEqual([]);
    expect(await count('document', `order_id = '${id}' and kind = 'credit_note'`)).toBe(2);
    expect(await count('ledger_entry', `order_id = '${id}' and account in ('sales', 'tax')`)).toBeGreaterThan(
      3,
    );
    expect(await sumOf(id)).toEqual({ sales: 0, tax: 0, customers: 0, stripe: 0 });
  });

  test('is no more than there is, when two give it back at once', async () => {
    const id = await till.buyPackage('Uma');
    const ref = await checkout(id);
    await tell(ref, provider.pay(ref));
    const give = (key: string) =>
      refundOrder(till.payments, { orderId: id, amountMinor: 10000, reason: 'Both at once', key });
    const answers = await Promise.all([give('one'), give('two')]);
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(answers.find((one) => !one.ok)).toMatchObject({ reason: 'too_much', refundableMinor: 5000 });
  });

  test('of a deposit takes back no sale, because there was none', async () => {
    const id = await till.buyVisit('Vera', nextStart(), 3000);
    const ref = await checkout(id);
    await tell(ref, provider.pay(ref));
    await refundOrder(till.payments, { orderId: id, amountMinor: 3000, reason: 'Cancelled', key: `v ${id}` });
    expect((await order(id)).status).toBe('refunded');
    expect(await count('ledger_transaction', `order_id = '${id}' and kind = 'sale_reversal'`)).toBe(0);
  });

  test('at the provider’s own pages is noted, even when it is told before the payment', async () => {
    const id = await till.buyPackage('Wera');
    const ref = await checkout(id);
    const paid = provider.pay(ref);
    const refund = {
      kind: 'refund',
      ref: 're_outside',
      refundId: null,
      payment: `pi_${ref}`,
      amountMinor: 5000,
      currency: 'EUR',
      state: 'succeeded',
      reason: null,
    } as const;
    expect(await tellFact('evt_early', refund)).toBe('waiting');
    await tell(ref, paid);
    expect(await order(id)).toMatchObject({ status: 'partly_refunded', refundedMinor: 5000 });
    expect(await tellFact('evt_again', refund)).toBe('applied');
    expect(await order(id)).toMatchObject({ refundedMinor: 5000 });
    expect(await count('provider_notice', `event_id = 'evt_early' and outcome = 'applied'`)).toBe(1);
  });

  test('at the provider’s own pages is not sent there a second time while it is under way', async () => {
    const id = await till.buyPackage('Wanda');
    const ref = await checkout(id);
    await tell(ref, provider.pay(ref));
    const slow = {
      kind: 'refund',
      ref: 're_slow',
      refundId: null,
      payment: `pi_${ref}`,
      amountMinor: 5000,
      currency: 'EUR',
      reason: null,
    } as const;
    expect(await tellFact('evt_slow', { ...slow, state: 'pending' })).toBe('applied');
    await settleDue(till.payments);
    expect(provider.refunds.size).toBe(0);
    expect(await tellFact('evt_still_slow', { ...slow, state: 'pending' })).toBe('applied');
    expect(await tellFact('evt_slow_end', { ...slow, state: 'succeeded' })).toBe('applied');
    expect(await order(id)).toMatchObject({ status: 'partly_refunded', refundedMinor: 5000 });
    expect(await count('refund', `order_id = '${id}'`)).toBe(1);
  });

  test('at the provider’s own pages is noted too when the buyer’s return told of the payment first', async () => {
    const id = await till.buyPackage('Wiebke');
    const ref = await checkout(id);
    provider.pay(ref);
    const refund = {
      kind: 'refund',
      ref: 're_before',
      refundId: null,
      payment: `pi_${ref}`,
      amountMinor: 4000,
      currency: 'EUR',
      state: 'succeeded',
      reason: null,
    } as const;
    expect(await tellFact('evt_before', refund)).toBe('waiting');
    await askAgain(till.payments, id);
    expect(await order(id)).toMatchObject({ status: 'paid', refundedMinor: 0 });
    await settleDue(till.payments);
    expect(await order(id)).toMatchObject({ status: 'partly_refunded', refundedMinor: 4000 });
    expect(await count('provider_notice', `event_id = 'evt_before' and waits_for is null`)).toBe(1);
  });

  test('is not taken again by a second checkout that was still open', async () => {
    const id = await till.buyPackage('Walli');
    const first = await checkout(id);
    await till.letExpire(id);
    const second = await checkout(id);
    await tell(first, provider.pay(first));
    await refundOrder(till.payments, { orderId: id, amountMinor: 15000, reason: 'Ill', key: `walli ${id}` });
    await tell(second, provider.pay(second));
    expect(await order(id)).toMatchObject({ status: 'refunded', paidMinor: 30000, refundedMinor: 30000 });
    expect(await sumOf(id)).toEqual({ sales: 0, tax: 0, customers: 0, stripe: 0 });
  });

  test('counts when the provider tells of it, although an earlier try was refused', async () => {
    const id = await till.buyPackage('Wenke');
    const ref = await checkout(id);
    await tell(ref, provider.pay(ref));
    const refuse = { ref: null, state: 'failed', reason: 'Not now.' } as const;
    const refunds = { ...provider, refund: async () => refuse };
    const input = { orderId: id, amountMinor: 6000, reason: 'One visit less', key: `wenke ${id}` };
    await refundOrder({ ...till.payments, provider: refunds }, input);
    expect((await order(id)).refundedMinor).toBe(0);
    const [refundId = ''] = await idsOf('refund', `order_id = '${id}'`);
    const told = {
      kind: 'refund',
      ref: 're_wenke',
      refundId,
      payment: `pi_${ref}`,
      amountMinor: 6000,
    } as const;
    const made = { ...told, currency: 'EUR', state: 'succeeded', reason: null } as const;
    await tellFact('evt_wenke', made);
    expect(await order(id)).toMatchObject({ status: 'partly_refunded', refundedMinor: 6000 });
    await tellFact('evt_wenke_back', { ...made, state: 'failed' });
    await tellFact('evt_wenke_late', made);
    expect(await order(id)).toMatchObject({ status: 'paid', refundedMinor: 0 });
  });

  test('that the bank sends back is the customer’s again, and can be given back once more', async () => {
    const id = await till.buyPackage('Wilma');
    const ref = await checkout(id);
    await tell(ref, provider.pay(ref));
    const give = (key: string) =>
      refundOrder(till.payments, { orderId: id, amountMinor: 15000, reason: 'Moved away', key });
    await give('first');
    expect((await order(id)).status).toBe('refunded');
    const refundId = [...provider.refunds.keys()].at(-1) ?? '';
    const returned = {
      kind: 'refund',
      ref: `re_${refundId}`,
      refundId,
      payment: `pi_${ref}`,
      amountMinor: 15000,
      currency: 'EUR',
      reason: 'The account is closed.',
    } as const;
    await tellFact('evt_returned', { ...returned, state: 'failed' });
    await tellFact('evt_late_success', { ...returned, state: 'succeeded' });
    expect(await order(id)).toMatchObject({ refundedMinor: 0 });
    expect((await sumOf(id)).customers).toBe(-15000);
    // The clinic has the money, so she has what it bought.
    expect(await left(id)).toEqual([1, 2]);
    await give('second');
    expect(await order(id)).toMatchObject({ status: 'refunded', refundedMinor: 15000 });
    expect((await sumOf(id)).customers).toBe(0);
    expect(await left(id)).toEqual([]);
  });

  test('that is disputed is away until it is decided, in whatever order that is told', async () => {
    const id = await till.buyPackage('Xenia');
    const ref = await checkout(id);
    await tell(ref, provider.pay(ref));
    const before = { disputed: await balance('disputed'), stripe: await balance('stripe') };
    const dispute = (state: 'open' | 'won') =>
      ({
        kind: 'dispute',
        ref: 'dp_1',
        payment: `pi_${ref}`,
        amountMinor: 15000,
        currency: 'EUR',
        state,
      }) as const;
    await tellFact('evt_d_open', dispute('open'));
    expect((await order(id)).status).toBe('disputed');
    expect((await balance('disputed')) - before.disputed).toBe(15000);
    await tellFact('evt_d_won', dispute('won'));
    await tellFact('evt_d_open_again', dispute('open'));
    expect((await order(id)).status).toBe('paid');
    expect(await balance('disputed')).toBe(before.disputed);
    expect(await balance('stripe')).toBe(before.stripe);
  });
});

test('an event of a kind that nobody knows is kept and shown', async () => {
  const answer = await receiveNotice(
    till.payments,
    { eventId: 'evt_odd', type: 'odd.thing', facts: [] },
    '{"a":1}',
  );
  expect(answer).toBe('unknown');
  expect(await count('provider_notice', `event_id = 'evt_odd' and outcome = 'unknown'`)).toBe(1);
});

test('what is due is settled without anybody looking', async () => {
  const id = await till.buyVisit('Yara', nextStart());
  const ref = await checkout(id);
  provider.pay(ref);
  await till.letExpire(id);
  const lapsed = await till.buyPackage('Zoe');
  await checkout(lapsed);
  await till.letExpire(lapsed);
  await settleDue(till.payments);
  expect(await order(id)).toMatchObject({ status: 'paid', slot: 'booked' });
  expect((await order(lapsed)).status).toBe('expired');
});

/** When the visit is that an order is for. */
const startOf = async (orderId: string) => (await order(orderId)).booking?.start ?? 0;

const liveHolds = (start: number) =>
  count('hold', `starts_at = '${new Date(start).toISOString()}' and expires_at > now()`);

async function sumOf(orderId: string): Promise<Record<string, number>> {
  const rows = await world.owner.begin(async (sql) => {
    await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
    return sql<{ account: string; sum: number }[]>`
      select account, sum(amount_minor)::float8 as sum from ledger_entry where order_id = ${orderId} group by account`;
  });
  return Object.fromEntries(rows.map((row) => [row.account, row.sum]));
}

/** A time at which one of the two clinicians is busy already. */
async function crowd(): Promise<number> {
  const start = nextStart();
  await bookAt(start);
  return start;
}

/** Somebody else takes what is left of a time. */
const fill = (start: number) => bookAt(start);

async function bookAt(start: number): Promise<void> {
  const booked = await book(till.payments, {
    wish: await firstVisit(),
    start,
    person: { ...till.person(`Other${start}`), email: null },
    idempotencyKey: `other ${start} ${Math.random()}`,
    source: 'online',
  });
  expect(booked).toMatchObject({ ok: true });
}

async function firstVisit() {
  const catalogue = await readCatalogue(world.one.context, world.one.clinic.catalogueVersion);
  const service = catalogue.serviceBySlug('first-visit');
  if (!service) throw new Error('no service');
  return { service, siteId: world.one.ids.site ?? null, clinicianId: null };
}

/** Books with what an order entitles to; the appointment's id. */
async function bookWith(orderId: string, start: number): Promise<string> {
  const wish = await firstVisit();
  const [entitlement] = await inClinic(world.one.context, (clinic) => readEntitlements(clinic, { orderId }));
  if (!entitlement) throw new Error('nothing to book with');
  const booked = await book(till.payments, {
    wish,
    start,
    person: { patientId: entitlement.patientId },
    idempotencyKey: `with ${orderId} ${start}`,
    source: 'online',
    also: (tx, visit) =>
      useEntitlement(tx, entitlement.id, { ...visit, serviceId: wish.service.id }, world.clock.now()),
  });
  if (!booked.ok) throw new Error(`the time is ${booked.reason}`);
  return booked.appointmentId;
}
