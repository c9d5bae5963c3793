import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type Cell, csvAmount, csvRecord } from './csv.ts';
import { moneyRoutes } from './routes.ts';
import { type MoneyWorld, moneyWorld } from './testing-money.ts';

/** Reads CSV as RFC 4180 describes it, independent of how it was written. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let rest = text;
  while (rest !== '') {
    const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (!match) throw new Error(`not CSV: ${rest.slice(0, 40)}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') {
      records.push(record);
      record = [];
    }
    rest = rest.slice(match[0].length);
  }
  return records;
}

describe('a CSV record', () => {
  test('reads back as what was written, whatever it holds', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('a,b', 'say "so"', 'two\r\nlines', ''), fc.integer());
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells: Cell[]) => {
        const [record] = parseCsv(csvRecord(cells));
        expect(record?.map((one) => one.replace(/^'(?=[=+\-@\t\r])/, ''))).toEqual(
          cells.map((one) => String(one).replace(/^'(?=[=+\-@\t\r])/, '')),
        );
      }),
    );
  });

  test('holds no formula, and leaves numbers alone', () => {
    const dangerous = [
      '=1+1',
      '+SUM(A1)',
      '-2+3',
      '@x',
      '\tx',
      '\rx',
      '=HYPERLINK("http://x")',
      '-',
      '+4 pieces',
    ];
    const [record] = parseCsv(csvRecord(dangerous));
    expect(record).toEqual(dangerous.map((text) => `'${text}`));
    expect(csvRecord(['-85.00', '+12', 'a=b', -3])).toBe('-85.00,+12,a=b,-3\r\n');
  });

  test('writes amounts with the currency’s decimals', () => {
    expect([csvAmount(-8500, 2), csvAmount(5, 2), csvAmount(500, 0), csvAmount(-1234, 3)]).toEqual([
      '-85.00',
      '0.05',
      '500',
      '-1.234',
    ]);
  });
});

describe('the files for the bookkeeper', () => {
  let money: MoneyWorld;
  let orderId = '';
  beforeAll(async () => {
    money = await moneyWorld(moneyRoutes);
    money.world.clock.set(Date.UTC(2026, 6, 31, 22, 30));
    orderId = await money.order(money.package);
    await money.take(orderId, 'cash', 15_000);
    await money.giveBack(orderId, 1234);
    await inClinic(money.staff, ({ tx }) => tx.updateTable('payment').set({ reference: '=cmd()' }).execute());
  });
  afterAll(() => money.close());

  const file = async (name: string, month = '2026-07') => {
    const reply = await money.get(`/desk/money/export/${name}.csv?m=${month}`);
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(reply.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [head = [], ...records] = parseCsv(reply.body.replace('\ufeff', ''));
    return records.map((record) =>
      Object.fromEntries(head.map((name, index) => [name, record[index] ?? ''])),
    );
  };

  test('hold the ledger of the month, balanced, by the clinic’s clock', async () => {
    const entries = await file('ledger');
    const sum = (column: string) => entries.reduce((total, entry) => total + Number(entry[column]) * 100, 0);
    expect(Math.round(sum('debit'))).toBe(Math.round(sum('credit')));
    expect(entries.length).toBeGreaterThan(8);
    expect(entries[0]).toMatchObject({ date: '2026-07-31', time: '23:30', currency: 'EUR' });
    expect(await file('ledger', '2026-06')).toEqual([]);
  });

  test('hold payments and refunds with their papers, and nothing that runs', async () => {
    const rows = await file('payments');
    expect(rows.map((row) => [row.kind, row.amount, row.paper])).toEqual([
      ['payment', '150.00', 'R-2026-00001'],
      ['refund', '-12.34', 'C-2026-00001'],
    ]);
    expect(rows[0]?.reference).toBe("'=cmd()");
  });

  test('hold orders without anybody’s name, and the export is on record', async () => {
    // Orders are filed under the database’s own clock, which no test sets.
    const month = new Date().toISOString().slice(0, 7);
    money.world.clock.set(Date.now());
    const rows = await file('orders', month);
    expect(rows).toMatchObject([{ total: '150.00', paid: '150.00', 'given back': '12.34', source: 'desk' }]);
    const body = JSON.stringify(rows) + JSON.stringify(await file('payments'));
    expect(body).not.toMatch(/Nora|nora/);
    const audited = await inClinic(money.staff, ({ tx }) =>
      tx.selectFrom('audit_event').select('detail').where('action', '=', 'money.exported').execute(),
    );
    expect(audited.map((one) => one.detail)).toContainEqual({ what: 'orders', month });
  });

  test('are not made under another name', async () => {
    expect((await money.get('/desk/money/export/people.csv')).statusCode).toBe(404);
    expect((await money.get('/desk/money/export/ledger.csv?m=1999-99')).statusCode).toBe(200);
  });
});
