import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { verifyBooks } from '../core/verify.ts';
import { closeDay } from './close-day.ts';
import { moveCash } from './move-cash.ts';
import { oneDay } from './periods.ts';
import { closingMinor, readBalances } from './read-balances.ts';
import { readDay } from './read-day.ts';
import { moneyRoutes } from './routes.ts';
import { type MoneyWorld, moneyWorld, textOf } from './testing-money.ts';

const MONTH = Date.UTC(2026, 3, 1, 9);
const DAY = 86_400_000;
let money: MoneyWorld;
let days = 0;
let date = '';

beforeAll(async () => {
  money = await moneyWorld(moneyRoutes);
});
afterAll(() => money.close());
// Each test has a day of its own, ten o'clock in Lisbon.
beforeEach(async () => {
  money.world.clock.set(MONTH + days++ * DAY);
  date = new Date(money.world.clock.now()).toISOString().slice(0, 10);
});

const day = () => inClinic(money.staff, (tx) => readDay(tx, money.world.one.clinic, date));
const later = (ms: number) => money.world.clock.set(money.world.clock.now() + ms);

async function tillMinor(): Promise<number> {
  const balances = await inClinic(money.staff, (tx) =>
    readBalances(tx, { start: 0, end: Number.MAX_SAFE_INTEGER / 2 ** 10 }, 'EUR'),
  );
  return closingMinor(balances, 'till');
}

async function close(countedMinor: number, note = '') {
  const { figures } = await day();
  return closeDay(money.staff, money.world.one.clinic, money.world.clock.now(), {
    date,
    currency: 'EUR',
    countedMinor,
    seenExpectedMinor: figures.expectedMinor,
    note,
  });
}

describe('closing the day', () => {
  test('adds up to the ledger to the cent, with cash, card, a package with tax and a refund', async () => {
    const visit = await money.order(money.first);
    await money.take(visit, 'cash', 5000);
    await money.take(visit, 'card_terminal', 3500);
    const bought = await money.order(money.package);
    await money.take(bought, 'cash', 15_000);
    await money.giveBack(bought, 1001);
    const { figures } = await day();
    expect(figures).toMatchObject({ openingMinor: 0, expectedMinor: 5000 + 15_000 - 1001 });
    expect(figures.byMethod.find((one) => one.method === 'card_terminal')).toMatchObject({
      receivedMinor: 3500,
      receivedCount: 1,
      refundedMinor: 0,
    });
    expect(await tillMinor()).toBe(18_999);

    expect(await close(18_950, 'Fifty cents and a bit rolled under the desk')).toEqual({
      ok: true,
      differenceMinor: -49,
    });
    expect(await tillMinor()).toBe(18_950);
    const closed = await day();
    expect(closed.close).toMatchObject({
      countedMinor: 18_950,
      differenceMinor: -49,
      closedBy: 'Helena Roy',
      cashSinceMinor: 0,
    });
    expect(closed.close?.figures).toEqual(figures);
    expect(await verifyBooks(money.staff)).toEqual([]);
  });

  test('begins where the day before was counted', async () => {
    expect((await day()).figures).toMatchObject({ openingMinor: 18_950, expectedMinor: 18_950 });
    expect(await close(18_950)).toEqual({ ok: true, differenceMinor: 0 });
  });

  test('happens once, and two who do it at the same moment do it once', async () => {
    const { figures } = await day();
    const input = {
      date,
      currency: 'EUR',
      countedMinor: figures.expectedMinor + 100,
      seenExpectedMinor: figures.expectedMinor,
      note: 'A coin more',
    };
    const before = await tillMinor();
    const both = await Promise.all(
      [1, 2].map(() => closeDay(money.staff, money.world.one.clinic, money.world.clock.now(), input)),
    );
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.find((one) => !one.ok)).toMatchObject({ reason: 'closed', closedBy: 'Helena Roy' });
    expect(await tillMinor()).toBe(before + 100);
  });

  test('counts cash that comes after it with the next day, and prints the closed day as it was', async () => {
    const before = await tillMinor();
    await close(before);
    const sheet = (await day()).close?.figures;
    later(3_600_000);
    await money.take(await money.order(money.first), 'cash', 8500);
    const after = await day();
    expect(after.close).toMatchObject({ cashSinceMinor: 8500 });
    expect(after.close?.figures).toEqual(sheet);
    const page = textOf(await money.get(`/desk/money?d=${date}`));
    expect(page).toContain('€85.00 in cash came in after it was closed');
    money.world.clock.set(MONTH + days * DAY);
    date = new Date(money.world.clock.now()).toISOString().slice(0, 10);
    expect((await day()).figures.openingMinor).toBe(before + 8500);
  });

  test('of yesterday happens this morning, without what this morning brought', async () => {
    days++;
    const before = await tillMinor();
    const yesterday = date;
    await money.take(await money.order(money.first), 'cash', 8500);
    later(DAY);
    await money.take(await money.order(money.first), 'cash', 2000);
    expect(textOf(await money.get(`/desk/money?d=${yesterday}`))).toContain(
      '€20.00 in cash came in since then',
    );
    expect(await close(before + 8500 - 5, 'Five cents short')).toMatchObject({ ok: true });
    expect((await day()).close).toMatchObject({ differenceMinor: -5, cashSinceMinor: 0 });
    const balances = await inClinic(money.staff, (tx) =>
      readBalances(tx, oneDay(yesterday, money.world.one.clinic), 'EUR'),
    );
    expect(closingMinor(balances, 'till')).toBe(before + 8495);
    days++;
  });

  test('is refused for a day before a closed one, for tomorrow, and for what was not looked at', async () => {
    const now = money.world.clock.now();
    const input = { currency: 'EUR', countedMinor: 0, seenExpectedMinor: 0, note: '' };
    const { clinic } = money.world.one;
    expect(await closeDay(money.staff, clinic, now, { ...input, date: '2026-03-30' })).toMatchObject({
      reason: 'later_closed',
    });
    expect(await closeDay(money.staff, clinic, now, { ...input, date: '2027-01-01' })).toMatchObject({
      reason: 'not_yet',
    });
    const { figures } = await day();
    const seenExpectedMinor = figures.expectedMinor - 1;
    expect(await closeDay(money.staff, clinic, now, { ...input, date, seenExpectedMinor })).toMatchObject({
      reason: 'moved',
      expectedMinor: figures.expectedMinor,
    });
    expect(await close(figures.expectedMinor - 200)).toMatchObject({
      reason: 'no_note',
      differenceMinor: -200,
    });
    expect((await day()).close).toBeNull();
  });

  test('knows cash that went to the bank and change that came from there', async () => {
    const before = await tillMinor();
    const now = money.world.clock.now();
    const { clinic } = money.world.one;
    const bank = { to: 'bank', amountMinor: 5000, currency: 'EUR', key: 'evening bag' } as const;
    expect(await moveCash(money.staff, clinic, now, bank)).toEqual({ ok: true });
    expect(await moveCash(money.staff, clinic, now, bank)).toEqual({ ok: true });
    expect(
      await moveCash(money.staff, clinic, now, { ...bank, to: 'till', amountMinor: 700, key: 'rolls' }),
    ).toEqual({
      ok: true,
    });
    expect(await tillMinor()).toBe(before - 4300);
    expect((await day()).figures).toMatchObject({
      bankedMinor: 5000,
      changeMinor: 700,
      expectedMinor: before - 4300,
    });
    expect(
      await moveCash(money.staff, clinic, now, { ...bank, amountMinor: 10_000_000, key: 'too much' }),
    ).toEqual({ ok: false, reason: 'too_much', inTillMinor: before - 4300 });
  });
});

describe('the page of the day', () => {
  test('counts notes and coins, keeps what was typed when it refuses, and says why', async () => {
    const { figures } = await day();
    const form = {
      d: date,
      currency: 'EUR',
      expected: `${figures.expectedMinor}`,
      'piece-5000': '2',
      'piece-1': '3',
      note: '',
    };
    const short = await money.post('/desk/money/close', form, 'front_desk');
    expect(short.statusCode).toBe(422);
    expect(textOf(short)).toContain('Count again, or say what you know about it');
    expect(short.body).toContain(
      'name="piece-5000" inputmode="numeric" maxlength="4" autocomplete="off" value="2"',
    );
    const unclear = await money.post('/desk/money/close', { ...form, total: '99.00' }, 'front_desk');
    expect(textOf(unclear)).toContain('The notes and coins come to 100.03');
    const nothing = await money.post('/desk/money/close', { d: date, currency: 'EUR', expected: '0' });
    expect(textOf(nothing)).toContain('Count the cash, or enter its sum');
    const words = await money.post('/desk/money/close', { ...form, 'piece-1': 'three' });
    expect(textOf(words)).toContain('Enter how many there are, in digits');
    const done = await money.post(
      '/desk/money/close',
      { ...form, note: 'The till was robbed' },
      'front_desk',
    );
    expect([done.statusCode, done.headers.location]).toEqual([303, `/desk/money?d=${date}&news=closed`]);
    const again = await money.post('/desk/money/close', { ...form, note: 'Again' });
    expect(again.statusCode).toBe(422);
    expect(textOf(again)).toContain('Helena Roy closed this day on');
    expect(textOf(await money.get(`/desk/money?d=${date}`))).toContain(
      'Helena Roy counted €100.03 and closed',
    );
  });

  test('moves cash by its form, and refuses what is no amount', async () => {
    const form = { to: 'bank', amount: 'fifty', currency: 'EUR', key: 'form' };
    const refused = await money.post('/desk/money/move', form);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('value="fifty"');
    expect((await money.post('/desk/money/move', { ...form, amount: '0' })).statusCode).toBe(422);
    expect(
      (await money.post('/desk/money/move', { ...form, amount: '50,00' }, 'front_desk')).statusCode,
    ).toBe(303);
    expect(textOf(await money.get('/desk/money'))).toContain('Brought to the bank −€50.00');
  });

  test('is open to the front desk and the owner, and shows nothing of another clinic', async () => {
    expect((await money.get('/desk/money', 'front_desk')).statusCode).toBe(200);
    expect((await money.get('/desk/money', 'clinician')).statusCode).toBe(403);
    expect((await money.get('/desk/money', null)).statusCode).toBe(303);
    expect((await money.post('/desk/money/close', { d: date }, 'clinician')).statusCode).toBe(403);
    for (const path of ['month', 'outstanding', 'notices', 'export/ledger.csv']) {
      expect((await money.get(`/desk/money/${path}`, 'front_desk')).statusCode).toBe(403);
      expect((await money.get(`/desk/money/${path}`)).statusCode).toBe(200);
    }
    expect(textOf(await money.get(`/desk/money?d=2026-04-01`, 'owner', 'other.test'))).toContain(
      'No money came in or went back on this day',
    );
  });
});
