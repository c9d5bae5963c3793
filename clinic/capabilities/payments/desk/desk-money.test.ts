import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { readEntitlements } from '../core/entitlements.ts';
import { verifyBooks } from '../core/verify.ts';
import { type DeskMoney, deskMoney, wordsOf } from './testing-desk-money.ts';
import { moneyOfAppointments } from './visit-money.ts';

let desk: DeskMoney;
let hours = 0;
/** Another free hour in the working days from Tuesday on. */
const nextHour = () => Date.UTC(2026, 2, 3 + Math.floor(hours / 14), 9 + Math.floor((hours++ % 14) / 2));

beforeAll(async () => {
  desk = await deskMoney();
});
afterAll(() => desk.close());
afterEach(async () => {
  expect(await verifyBooks(desk.world.one.context)).toEqual([]);
});

/** A visit at €85 with its order, as one press makes it. */
async function orderOfVisit(name: string): Promise<{ visit: string; order: string }> {
  const visit = await desk.visit(name, nextHour());
  const pressed = await desk.post('/desk/orders/for-visit', { appointment: visit });
  return { visit, order: desk.orderIn(pressed.headers.location) };
}

const take = (order: string, fields: Record<string, string>) =>
  desk.post(`/desk/orders/${order}/payments`, { method: 'cash', key: randomUUID(), ...fields });
const refund = (order: string, fields: Record<string, string>, user = 'tess') =>
  desk.post(
    `/desk/orders/${order}/refund`,
    { key: randomUUID(), reason: 'Machine broke', confirmed: 'yes', ...fields },
    'front_desk',
    user,
  );
const moneyOf = async (visit: string) =>
  (await inClinic(desk.world.one.context, (tx) => moneyOfAppointments(tx, [visit]))).get(visit);

describe('taking a payment', () => {
  it('begins with one press on the visit, at the price at which it was booked', async () => {
    const visit = await desk.visit('Press', nextHour());
    const both = await Promise.all(
      [1, 2].map(() => desk.post('/desk/orders/for-visit', { appointment: visit })),
    );
    const orders = both.map((one) => desk.orderIn(one.headers.location));
    expect(new Set(orders).size).toBe(1);
    expect(await desk.order(orders[0] ?? '')).toMatchObject({
      totalMinor: 8500,
      appointmentId: visit,
      source: 'desk',
    });
    expect(await moneyOf(visit)).toMatchObject({ state: 'to_pay', toPayMinor: 8500 });
  });

  it('in cash says what to give back', async () => {
    const { order } = await orderOfVisit('Change');
    const taken = await take(order, { amount: '85.00', given: '100' });
    expect(taken.statusCode).toBe(303);
    const page = await desk.get(String(taken.headers.location));
    expect(wordsOf(page.body)).toContain('€85 taken: cash. Give back €15.');
    expect(await desk.order(order)).toMatchObject({ status: 'paid', openMinor: 0 });
  });

  it('is split between cash and card, and what is left stays open', async () => {
    const { order, visit } = await orderOfVisit('Split');
    expect((await take(order, { amount: '50' })).statusCode).toBe(303);
    expect(await moneyOf(visit)).toMatchObject({ state: 'part_paid', toPayMinor: 3500 });
    const card = { method: 'card_terminal', amount: '35,00' };
    const without = await take(order, card);
    expect([without.statusCode, without.body.includes('Enter what the slip')]).toEqual([422, true]);
    expect((await take(order, { ...card, reference: 'Slip 4711' })).statusCode).toBe(303);
    const page = wordsOf((await desk.get(`/desk/orders/${order}`)).body);
    for (const words of ['Cash', 'Card terminal', 'reference Slip 4711', '€50.00', '€35.00', 'R-2026-'])
      expect(page).toContain(words);
    expect(await moneyOf(visit)).toMatchObject({ state: 'paid', toPayMinor: 0 });
  });

  it('of more than is open is refused, and what was typed stays', async () => {
    const { order } = await orderOfVisit('Over');
    const refused = await take(order, { amount: '85.01', method: 'bank_transfer', reference: 'Ref 12' });
    expect(refused.statusCode).toBe(422);
    expect(wordsOf(refused.body)).toContain('Only €85 is open');
    expect(refused.body).toContain('value="85.01"');
    expect(refused.body).toContain('value="Ref 12"');
    expect(await desk.order(order)).toMatchObject({ paidMinor: 0 });
  });

  it.each(['0', '-5', ' ', 'all of it', '1e2', '85.001', '<b>85</b>', '99999999999999'])(
    'of %j is refused, and what was typed stays',
    async (amount) => {
      const { order } = await orderOfVisit('Typo');
      const refused = await take(order, { amount });
      expect(refused.statusCode).toBe(422);
      expect(refused.body).toContain('aria-invalid="true"');
      expect(refused.body).toContain(`value="${amount.replaceAll('<', '&lt;')}"`);
      expect(await desk.order(order)).toMatchObject({ paidMinor: 0 });
    },
  );

  it('with less in hand than the amount is refused', async () => {
    const { order } = await orderOfVisit('Short');
    const refused = await take(order, { amount: '85', given: '80' });
    expect([refused.statusCode, refused.body.includes('less than the amount')]).toEqual([422, true]);
  });

  it('counts once, however often the form is sent', async () => {
    const { order } = await orderOfVisit('Twice');
    const form = { amount: '40', key: randomUUID() };
    const all = await Promise.all([take(order, form), take(order, form), take(order, form)]);
    expect(all.map((one) => one.statusCode)).toEqual([303, 303, 303]);
    expect(await desk.order(order)).toMatchObject({ paidMinor: 4000 });
  });

  it('of a fee stands beside the visit', async () => {
    const fee = await desk.fee();
    const visit = await desk.visit('Late', nextHour());
    const pressed = await desk.post('/desk/orders/for-visit', { appointment: visit, product: fee });
    const order = desk.orderIn(pressed.headers.location);
    expect(await desk.order(order)).toMatchObject({ totalMinor: 2500 });
    expect(await moneyOf(visit)).toMatchObject({ state: 'to_pay', toPayMinor: 8500 + 2500 });
    await take(order, { amount: '25' });
    expect(await moneyOf(visit)).toMatchObject({ state: 'to_pay', toPayMinor: 8500 });
  });
});

describe('giving money back', () => {
  it('shows the amount, asks once more, and then gives back a part', async () => {
    const { order } = await orderOfVisit('Part');
    await take(order, { amount: '85' });
    const form = await desk.get(`/desk/orders/${order}/refund`);
    expect(form.body).toContain('value="85.00"');
    expect(wordsOf(form.body)).toContain('hand it out of the till');
    const asked = await refund(order, { amount: '25', confirmed: '' });
    expect([asked.statusCode, wordsOf(asked.body).includes('Give back €25?')]).toEqual([200, true]);
    expect(await desk.order(order)).toMatchObject({ refundedMinor: 0 });
    const done = await refund(order, { amount: '25' });
    expect([done.statusCode, done.headers.location]).toEqual([303, `/desk/orders/${order}?refunded=done`]);
    expect(await desk.order(order)).toMatchObject({ status: 'partly_refunded', refundedMinor: 2500 });
    const page = wordsOf((await desk.get(`/desk/orders/${order}`)).body);
    for (const words of ['Refunded in part', 'Machine broke', '−€25.00', 'C-2026-', 'Up to €60'])
      expect(page).toContain(words);
  });

  it('goes to the newest payment first, over two ways of paying', async () => {
    const { order } = await orderOfVisit('Ways');
    await take(order, { amount: '50' });
    await take(order, { amount: '35', method: 'card_terminal', reference: 'Slip 1' });
    const asked = wordsOf((await refund(order, { amount: '60', confirmed: '' })).body);
    expect(asked).toMatch(/€35 , card terminal: give it back on the card terminal.*€25 , cash: hand it out/);
    await refund(order, { amount: '60' });
    expect(await desk.order(order)).toMatchObject({ refundedMinor: 6000 });
  });

  it('of two at once pays one, and tells the other what is left, with what was typed', async () => {
    const { order } = await orderOfVisit('Race');
    await take(order, { amount: '85' });
    const [first, second] = await Promise.all([
      refund(order, { amount: '60', reason: 'First desk', seen: '8500' }, 'tess'),
      refund(order, { amount: '60', reason: 'Second desk', seen: '8500' }, 'uma'),
    ]);
    const codes = [first.statusCode, second.statusCode].toSorted();
    expect(codes).toEqual([303, 422]);
    const lost = first.statusCode === 422 ? first : second;
    expect(wordsOf(lost.body)).toContain(
      'Somebody has just refunded a part of this order: at most €25 can still be given back',
    );
    expect(lost.body).toContain('value="60"');
    expect(lost.body).toMatch(/value="(First|Second) desk"/);
    expect(await desk.order(order)).toMatchObject({ refundedMinor: 6000 });
  });

  it('counts once, however often the form is sent', async () => {
    const { order } = await orderOfVisit('Echo');
    await take(order, { amount: '85' });
    const form = { amount: '20', key: randomUUID() };
    await Promise.all([refund(order, form), refund(order, form), refund(order, form)]);
    expect(await desk.order(order)).toMatchObject({ refundedMinor: 2000 });
  });

  it.each([['85.01'], ['0'], ['-1'], ['x']])('of %j is refused', async (amount) => {
    const { order } = await orderOfVisit('Above');
    await take(order, { amount: '85' });
    expect((await refund(order, { amount })).statusCode).toBe(422);
    expect((await refund(order, { amount, confirmed: '' })).statusCode).toBe(422);
    expect(await desk.order(order)).toMatchObject({ refundedMinor: 0 });
  });

  it('needs a reason', async () => {
    const { order } = await orderOfVisit('Why');
    await take(order, { amount: '85' });
    const refused = await refund(order, { amount: '10', reason: '  ' });
    expect([refused.statusCode, refused.body.includes('Say why')]).toEqual([422, true]);
  });

  it('of all takes back what was bought', async () => {
    const order = await desk.till.buyPackage('Greta');
    await desk.payOnline(order);
    const asked = await refund(order, { amount: '150', confirmed: '' });
    expect(wordsOf(asked.body)).toContain('What was bought cannot be used afterwards');
    await refund(order, { amount: '150' });
    expect(await desk.order(order)).toMatchObject({ status: 'refunded' });
    expect(await inClinic(desk.world.one.context, (tx) => readEntitlements(tx, { orderId: order }))).toEqual(
      [],
    );
  });

  it('of a deposit gives the deposit back', async () => {
    const order = await desk.till.buyVisit('Depo', nextHour(), 2000);
    await desk.payOnline(order);
    expect(await desk.order(order)).toMatchObject({ status: 'part_paid', paidMinor: 2000, openMinor: 6500 });
    await refund(order, { amount: '20' });
    expect(await desk.order(order)).toMatchObject({ status: 'refunded', refundedMinor: 2000, openMinor: 0 });
  });
});

describe('an order', () => {
  it('of another clinic, or of nobody, is not found', async () => {
    const { order } = await orderOfVisit('Mine');
    for (const path of ['', '/refund', '/pay-link'])
      expect((await desk.get(`/desk/orders/${order}${path}`, 'owner', 'other.test')).statusCode).toBe(404);
    for (const id of [randomUUID(), 'nonsense', '1001'])
      expect((await desk.get(`/desk/orders/${id}`)).statusCode).toBe(404);
    const elsewhere = await desk.visit('Else', nextHour(), desk.world.other);
    expect((await desk.post('/desk/orders/for-visit', { appointment: elsewhere })).statusCode).toBe(404);
  });

  it('is seen by clinicians, who neither take money nor give it back', async () => {
    const { order, visit } = await orderOfVisit('Seen');
    const page = await desk.get(`/desk/orders/${order}`, 'clinician');
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('Take payment');
    expect(page.body).not.toContain('Change the payer');
    const forms: [string, Record<string, string>][] = [
      [`/desk/orders/${order}/payments`, { method: 'cash', amount: '85' }],
      [`/desk/orders/${order}/refund`, { amount: '1', reason: 'x', confirmed: 'yes' }],
      [`/desk/orders/${order}/cancel`, { 'cancel-reason': 'x' }],
      [`/desk/orders/${order}/link`, {}],
      [`/desk/orders/${order}/payer`, { 'payer-name': 'x' }],
      ['/desk/orders/for-visit', { appointment: visit }],
      ['/desk/orders', {}],
    ];
    for (const [url, fields] of forms)
      expect([url, (await desk.post(url, fields, 'clinician')).statusCode]).toEqual([url, 403]);
    for (const path of [`${order}/refund`, `${order}/pay-link`, 'new'])
      expect((await desk.get(`/desk/orders/${path}`, 'clinician')).statusCode).toBe(403);
    expect(await desk.order(order)).toMatchObject({ paidMinor: 0, cancelledAt: null });
  });

  it('that nobody paid is cancelled with a reason, and one that was paid is not', async () => {
    const { order, visit } = await orderOfVisit('Off');
    const without = await desk.post(`/desk/orders/${order}/cancel`, {});
    expect([without.statusCode, without.body.includes('Say why')]).toEqual([422, true]);
    await desk.post(`/desk/orders/${order}/cancel`, { 'cancel-reason': 'Typed twice' });
    expect(await desk.order(order)).toMatchObject({ status: 'cancelled', openMinor: 0 });
    expect((await take(order, { amount: '85' })).statusCode).toBe(422);
    // The visit can be charged again, with an order of its own.
    const again = desk.orderIn(
      (await desk.post('/desk/orders/for-visit', { appointment: visit })).headers.location,
    );
    expect(again).not.toBe(order);
    await take(again, { amount: '5' });
    expect((await desk.post(`/desk/orders/${again}/cancel`, { 'cancel-reason': 'x' })).statusCode).toBe(409);
  });

  it('carries codes only where somebody typed them', async () => {
    const { order } = await orderOfVisit('Codes');
    const before = await desk.get(`/desk/orders/${order}`);
    const name = /name="(diagnosis-[0-9a-f-]{36})"/.exec(before.body)?.[1] ?? '';
    const wrong = await desk.post(`/desk/orders/${order}/codes`, { [name]: '<script>' }, 'clinician');
    expect([wrong.statusCode, wrong.body.includes('value="&lt;script>"')]).toEqual([422, true]);
    const saved = await desk.post(`/desk/orders/${order}/codes`, { [name]: 'M54.5' }, 'clinician');
    expect(saved.statusCode).toBe(303);
    const page = wordsOf((await desk.get(`/desk/orders/${order}`)).body);
    expect(page).toContain('diagnosis M54.5');
    expect(page).not.toContain('procedure M54.5');
    expect(await desk.audited(order)).toContain('order.codes');
  });

  it('is sent as a pay link, or shown as a code', async () => {
    const { order } = await orderOfVisit('Link');
    const sent = await desk.post(`/desk/orders/${order}/link`, {});
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `/desk/orders/${order}?link=sent`]);
    const page = await desk.get(`/desk/orders/${order}/pay-link`);
    expect(page.body).toMatch(/http:\/\/one\.test\/orders\/[\w.-]+/);
    expect(page.body).toContain('<svg');
    await desk.post(`/desk/orders/${order}/payer`, { 'payer-name': 'A firm', 'payer-email': '' });
    expect((await desk.post(`/desk/orders/${order}/link`, {})).statusCode).toBe(409);
    const wrong = await desk.post(`/desk/orders/${order}/payer`, {
      'payer-name': '',
      'payer-email': 'firm@',
    });
    expect([wrong.statusCode, wrong.body.includes('value="firm@"')]).toEqual([422, true]);
  });

  it('is found by its number, and by the beginning of a name', async () => {
    const { order } = await orderOfVisit('Zvonimir');
    const { number } = await desk.order(order);
    for (const query of [number, `#${number}`, 'zvoni', 'ZVONIMIR nora']) {
      const page = await desk.get(`/desk/orders?${new URLSearchParams({ q: query })}`);
      expect([query, page.body.includes(`/desk/orders/${order}"`)]).toEqual([query, true]);
    }
    for (const query of ['999999999', 'zvonimirovic', '%', "'; drop table sales_order; --", '_'])
      expect((await desk.get(`/desk/orders?${new URLSearchParams({ q: query })}`)).body).not.toContain(order);
    const listed = async (filter: string) =>
      (await desk.get(`/desk/orders?filter=${filter}&q=zvonimir`)).body.includes(order);
    expect([await listed('to_pay'), await listed('today'), await listed('refunding')]).toEqual([
      true,
      false,
      false,
    ]);
    await take(order, { amount: '85' });
    expect([await listed('to_pay'), await listed('today'), await listed('refunding')]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('a refund that is not through', () => {
  /** Says what the provider answered to the latest refund of an order. */
  async function answered(
    order: string,
    status: 'pending' | 'failed',
    failure: string | null,
  ): Promise<void> {
    await inClinic(desk.world.one.context, ({ tx, clinicId }) =>
      tx
        .insertInto('refund')
        .columns([
          'clinic_id',
          'order_id',
          'payment_id',
          'status',
          'amount_minor',
          'currency',
          'reason',
          'failure',
          'idempotency_key',
        ])
        .expression((from) =>
          from
            .selectFrom('payment as p')
            .select((of) => [
              'p.clinic_id',
              'p.order_id',
              'p.id',
              of.val(status).as('status'),
              of.val(3000).as('amount_minor'),
              'p.currency',
              of.val('Came too late').as('reason'),
              of.val(failure).as('failure'),
              of.val(randomUUID()).as('key'),
            ])
            .where('p.clinic_id', '=', clinicId)
            .where('p.order_id', '=', order),
        )
        .execute(),
    );
  }

  it('is shown with why, and can be tried again', async () => {
    const { order } = await orderOfVisit('Failed');
    await take(order, { amount: '85' });
    await answered(order, 'failed', 'The account is closed.');
    const page = await desk.get(`/desk/orders/${order}`);
    expect(wordsOf(page.body)).toContain('The account is closed.');
    expect((await desk.get('/desk/orders?filter=refunding')).body).toContain(order);
    const again = /href="(\/desk\/orders\/[^"]+\/refund\?again=[^"]+)"/.exec(page.body)?.[1] ?? '';
    const form = await desk.get(again);
    expect(form.body).toContain('value="30.00"');
    expect(form.body).toContain('value="Came too late"');
    await refund(order, { amount: '85' });
    expect((await desk.get('/desk/orders?filter=refunding')).body).not.toContain(order);
  });

  it('is listed while it is under way, and its money cannot be given twice', async () => {
    const order = await desk.till.buyVisit('Slow', nextHour());
    await desk.payOnline(order);
    await answered(order, 'pending', null);
    const page = wordsOf((await desk.get(`/desk/orders/${order}`)).body);
    expect(page).toContain('under way');
    expect((await desk.get('/desk/orders?filter=refunding')).body).toContain(order);
    const refused = await refund(order, { amount: '60' });
    expect(wordsOf(refused.body)).toContain('at most €55 can still be given back');
    // A refund of another amount takes the waiting one along.
    await refund(order, { amount: '55' });
    expect(await desk.order(order)).toMatchObject({ status: 'refunded', refundedMinor: 8500 });
  });
});
