import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { startCheckout } from '../core/checkout.ts';
import { receiveNotice } from '../core/notices.ts';
import { refundOrder } from '../core/refunds.ts';
import { readOutstanding } from './read-outstanding.ts';
import { moneyRoutes } from './routes.ts';
import { type MoneyWorld, moneyWorld, textOf } from './testing-money.ts';

let money: MoneyWorld;
beforeAll(async () => {
  money = await moneyWorld(moneyRoutes);
  money.world.clock.set(Date.now());
});
afterAll(() => money.close());

const outstanding = () => inClinic(money.staff, (tx) => readOutstanding(tx, money.world.clock.now()));

describe('what is outstanding', () => {
  test('is every order that is not paid in full, the oldest first, and its link can be sent', async () => {
    const untouched = await money.order(money.first);
    const partly = await money.order(money.package);
    await money.take(partly, 'cash', 5000);
    const paid = await money.order(money.first);
    await money.take(paid, 'cash', 8500);
    const { orders, totals } = await outstanding();
    expect(orders.map((one) => [one.id, one.openMinor])).toEqual([
      [untouched, 8500],
      [partly, 10_000],
    ]);
    expect(totals).toEqual([{ currency: 'EUR', count: 2, openMinor: 18_500 }]);
    const sent = await money.post(`/desk/money/outstanding/${partly}/link`, {});
    expect(sent.statusCode).toBe(303);
    expect(textOf(await money.get(`${sent.headers.location}`))).toContain('is on its way');
    const mails = await inClinic(money.staff, ({ tx }) =>
      tx.selectFrom('mail').select(['kind', 'to_email']).where('kind', '=', 'pay_link').execute(),
    );
    expect(mails).toEqual([{ kind: 'pay_link', to_email: 'nora@example.org' }]);
    expect((await money.post(`/desk/money/outstanding/${paid}/link`, {})).statusCode).toBe(409);
    expect((await money.post(`/desk/money/outstanding/${partly}/link`, {}, 'front_desk')).statusCode).toBe(
      403,
    );
    expect(
      (await money.post(`/desk/money/outstanding/${partly}/link`, {}, 'owner', 'other.test')).statusCode,
    ).toBe(404);
  });

  test('is a refund that its provider has not finished', async () => {
    const { till, payments } = money;
    const provider = payments.provider;
    if (!provider) throw new Error('no provider');
    const orderId = await till.buyPackage('Ada');
    await startCheckout(payments, orderId, 'http://one.test');
    const test = provider as import('../testing/test-till.ts').TestProvider;
    test.pay(test.last());
    await receiveNotice(payments, test.notice(test.last()), '{}');
    const waiting = {
      ...payments,
      provider: {
        ...provider,
        refund: async () => ({ ref: 're_1', state: 'pending', reason: null }) as const,
      },
    };
    await refundOrder(waiting, { orderId, amountMinor: 700, reason: 'Came late', key: randomUUID() });
    expect((await outstanding()).refunds).toMatchObject([
      { orderId, status: 'pending', amountMinor: 700, reason: 'Came late', method: 'stripe' },
    ]);
    expect(textOf(await money.get('/desk/money/outstanding'))).toContain('Refunds that are not done');
  });

  test('is what was bought and not booked, at what the ledger still shows for it', async () => {
    const before = (await outstanding()).unused;
    const orderId = await money.order(money.package);
    await money.take(orderId, 'cash', 15_000);
    await money.giveBack(orderId, 1500);
    const after = (await outstanding()).unused;
    const value = (list: typeof before, of: 'count' | 'valueMinor') =>
      list.reduce((sum, one) => sum + one[of], 0);
    expect(value(after, 'count') - value(before, 'count')).toBe(3);
    expect(value(after, 'valueMinor') - value(before, 'valueMinor')).toBe(13_500);
    money.world.clock.set(Date.now() + 400 * 86_400_000);
    expect(
      (await outstanding()).unused.reduce((sum, one) => sum + one.lapsedCount, 0),
    ).toBeGreaterThanOrEqual(3);
  });
});

describe('notices that nobody could apply', () => {
  test('are kept readable until somebody has seen them', async () => {
    const body = '{"id":"evt_strange","type":"radar.early_fraud_warning.created"}';
    const notice = { eventId: 'evt_strange', type: 'radar.early_fraud_warning.created', facts: [] };
    await receiveNotice(money.payments, notice, body);
    const page = await money.get('/desk/money/notices');
    expect(textOf(page)).toContain('radar.early_fraud_warning.created To look at');
    expect(page.body).toContain('&quot;id&quot;: &quot;evt_strange&quot;');
    expect(textOf(page)).toContain('Notices 1 to look at');
    const action = /action="(\/desk\/money\/notices\/[^"]+\/seen)"/.exec(page.body)?.[1] ?? '';
    expect((await money.post(action, {}, 'owner', 'other.test')).statusCode).toBe(404);
    expect((await money.post(action, {})).statusCode).toBe(303);
    const seen = textOf(await money.get('/desk/money/notices'));
    expect(seen).toContain('seen by Helena Roy');
    expect(seen).not.toContain('To look at');
  });
});
