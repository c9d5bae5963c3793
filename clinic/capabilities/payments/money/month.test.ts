import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { orderSums, readOrder } from '../core/orders.ts';
import { verifyBooks } from '../core/verify.ts';
import { monthReport } from './month-report.ts';
import { dayAt, daysOfMonth, oneDay } from './periods.ts';
import { readDay } from './read-day.ts';
import { type Month, readMonth } from './read-month.ts';
import { readMovements } from './read-movements.ts';
import { moneyRoutes } from './routes.ts';
import { takingsOf } from './takings.ts';
import { type MoneyWorld, moneyWorld, textOf } from './testing-money.ts';

let money: MoneyWorld;
beforeAll(async () => {
  money = await moneyWorld(moneyRoutes);
});
afterAll(() => money.close());

const month = (name: string): Promise<Month> =>
  inClinic(money.staff, (tx) => readMonth(tx, money.world.one.clinic, name));
const day = (date: string) => inClinic(money.staff, (tx) => readDay(tx, money.world.one.clinic, date));
const at = (text: string) => money.world.clock.set(Date.parse(text));
const line = (report: Month, date: string) => report.days.find((one) => one.date === date);

describe('a month', () => {
  test('knows sales, tax, refunds and ways of paying, and adds up to the ledger', async () => {
    at('2026-05-04T10:00Z');
    const bought = await money.order(money.package);
    await money.take(bought, 'bank_transfer', 15_000);
    const visit = await money.order(money.first);
    await money.take(visit, 'cash', 8500);
    at('2026-05-20T10:00Z');
    await money.giveBack(bought, 5000);
    const report = await month('2026-05');
    expect(report.mismatches).toEqual([]);
    expect(report.takings).toMatchObject({ receivedMinor: 23_500, refundedMinor: 5000 });
    expect(report.sales).toMatchObject({
      netMinor: 21_817,
      taxMinor: 1683,
      backMinor: 5000,
      leftMinor: 18_500,
    });
    expect(report.byService.map((one) => [one.name, one.netMinor + one.taxMinor, one.backMinor])).toEqual([
      ['First visit', 14_500, 2000],
      ['Follow-up', 9000, 3000],
    ]);
    expect(report.byTax.map((one) => one.name)).toEqual(['No tax', 'VAT 23 %']);
    expect(line(report, '2026-05-20')).toMatchObject({ receivedMinor: 0, refundedMinor: 5000 });
    expect(await verifyBooks(money.staff)).toEqual([]);
    const page = textOf(await money.get('/desk/money/month?m=2026-05'));
    expect(page).toContain('Adds up to the ledger: yes');
    expect(page).toContain('Received €235.00');
  });

  test('puts a payment just before and just after midnight into the clinic’s own days', async () => {
    // Lisbon is an hour ahead of UTC in summer.
    for (const [moment, date] of [
      ['2026-06-30T22:59:59.999Z', '2026-06-30'],
      ['2026-06-30T23:00:00.000Z', '2026-07-01'],
    ] as const) {
      at(moment);
      await money.take(await money.order(money.first), 'cash', 8500);
      expect(line(await month(date.slice(0, 7)), date)).toMatchObject({ receivedMinor: 8500 });
      expect((await day(date)).items).toHaveLength(1);
    }
    expect((await month('2026-06')).takings.receivedMinor).toBe(8500);
  });

  test('gives the days on which the clock changes their 25 and 23 hours', async () => {
    const { clinic } = money.world.one;
    for (const [date, hours, moments] of [
      [
        '2026-10-25',
        25,
        ['2026-10-24T23:00:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T23:59:59Z'],
      ],
      ['2027-03-28', 23, ['2027-03-28T00:00:00Z', '2027-03-28T01:00:00Z', '2027-03-28T22:59:59Z']],
    ] as const) {
      const { start, end } = oneDay(date, clinic);
      expect((end - start) / 3_600_000).toBe(hours);
      for (const moment of moments) {
        at(moment);
        await money.take(await money.order(money.first), 'cash', 8500);
      }
      const report = await month(date.slice(0, 7));
      expect(line(report, date)?.receivedMinor).toBe(8500 * moments.length);
      expect(report.takings.receivedMinor).toBe(8500 * moments.length);
      expect(report.mismatches).toEqual([]);
    }
  });

  test('says so when something does not add up', () => {
    const movement = { kind: 'payment', currency: 'EUR', count: 1, date: '2026-05-01' } as const;
    const report = monthReport(
      ['2026-05-01'],
      [
        { ...movement, account: 'till', debitMinor: 100, creditMinor: 0 },
        { ...movement, account: 'customers', debitMinor: 0, creditMinor: 99 },
      ],
      [],
      [
        { account: 'till', openingMinor: 0, movedMinor: 100 },
        { account: 'customers', openingMinor: 0, movedMinor: -99 },
      ],
      () => '',
    );
    expect(report.mismatches).toEqual([
      'All debits and credits together: 1, in the ledger 0 (minor units)',
      'What came in and went back by method: 100, in the ledger 99 (minor units)',
    ]);
  });
});

describe('whatever is sold, paid and given back', () => {
  const step = fc.record({
    what: fc.constantFrom('first', 'package' as const),
    method: fc.constantFrom('cash', 'card_terminal', 'bank_transfer' as const),
    share: fc.integer({ min: 1, max: 100 }),
    back: fc.integer({ min: 0, max: 100 }),
    hours: fc.integer({ min: 0, max: 70 }),
  });

  test('days add up to their month, the month to the ledger, the orders to the till', async () => {
    let start = Date.UTC(2028, 0, 1, 0);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
        money.world.clock.set(start);
        const { clinic } = money.world.one;
        const name = dayAt(start, clinic).slice(0, 7);
        // Whatever happens, the next run has a month of its own.
        start = daysOfMonth(name, clinic).end;
        const paid = { receivedMinor: 0, refundedMinor: 0 };
        for (const { what, method, share, back, hours } of steps) {
          money.world.clock.set(money.world.clock.now() + hours * 3_600_000);
          const orderId = await money.order(what === 'first' ? money.first : money.package);
          const order = await inClinic(money.staff, (tx) => readOrder(tx, orderId));
          const part = Math.max(1, Math.floor(((order?.totalMinor ?? 0) * share) / 100));
          await money.take(orderId, method, part);
          const given = Math.floor((part * back) / 100);
          if (given > 0) await money.giveBack(orderId, given);
          const sums = await inClinic(money.staff, (tx) => orderSums(tx, orderId));
          paid.receivedMinor += sums.paidMinor;
          paid.refundedMinor += sums.refundedMinor;
        }
        const report = await month(name);
        expect(report.mismatches).toEqual([]);
        expect(report.takings).toMatchObject(paid);
        for (const { date, receivedMinor, refundedMinor } of report.days) {
          const movements = await inClinic(money.staff, (tx) => readMovements(tx, oneDay(date, clinic)));
          expect(takingsOf(movements)).toMatchObject({ receivedMinor, refundedMinor });
        }
      }),
      { numRuns: 6 },
    );
    expect(await verifyBooks(money.staff)).toEqual([]);
  });
});
