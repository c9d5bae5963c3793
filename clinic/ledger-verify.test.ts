import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type MoneyWorld, moneyWorld } from './capabilities/payments/money/testing-money.ts';
import { ledgerVerify } from './ledger-verify.ts';
import { inClinic } from './platform/database/in-clinic.ts';

let money: MoneyWorld;
beforeAll(async () => {
  money = await moneyWorld();
});
afterAll(() => money.close());

/** Runs the command against the test's own database; what it printed, and its exit code. */
async function verify(): Promise<{ readonly code: number; readonly printed: string }> {
  const { user, password, port, host, database } = money.world.admin;
  const address = new URL(`postgres://localhost:${port}/${database}`);
  address.username = encodeURIComponent(user);
  address.password = encodeURIComponent(password);
  address.searchParams.set('host', host);
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    const code = await ledgerVerify({ ...money.world.platform.config, databaseUrl: address.href });
    return { code, printed: lines.join('') };
  } finally {
    spy.mockRestore();
  }
}

describe('ledger-verify', () => {
  test('prints what stands on every account of every clinic, and that the rules hold', async () => {
    const orderId = await money.order(money.package);
    await money.take(orderId, 'cash', 15_000);
    await money.giveBack(orderId, 1000);
    const { code, printed } = await verify();
    expect(code).toBe(0);
    expect(printed).toMatch(/^Clinic one: \d+ entries of 4 transactions, 1 orders\.$/m);
    expect(printed).toMatch(/^ {2}till +EUR 140\.00$/m);
    expect(printed).toMatch(/^ {2}EUR adds up to nothing$/m);
    expect(printed).toMatch(/^Clinic other: 0 entries/m);
  });

  test('ends with 1 and names the order whose state is not what the ledger says', async () => {
    const orderId = await money.order(money.first);
    await inClinic(money.staff, ({ tx }) =>
      tx.updateTable('sales_order').set({ status: 'paid' }).where('id', '=', orderId).execute(),
    );
    const { code, printed } = await verify();
    expect(code).toBe(1);
    expect(printed).toContain(
      `BROKEN: The state of every order is the one that follows from the ledger: 1, such as ${orderId}`,
    );
    await inClinic(money.staff, ({ tx }) =>
      tx.updateTable('sales_order').set({ status: 'awaiting_payment' }).where('id', '=', orderId).execute(),
    );
  });

  test('misses the difference of a day that was closed beside the ledger', async () => {
    await inClinic(money.staff, ({ tx, clinicId }) =>
      tx
        .insertInto('day_close')
        .values({
          clinic_id: clinicId,
          day: '2026-02-27',
          currency: 'EUR',
          expected: { till: 500 },
          counted_minor: 400,
          difference_minor: -100,
          closed_by: 'helena',
        })
        .execute(),
    );
    const { code, printed } = await verify();
    expect(code).toBe(1);
    expect(printed).toContain('1, such as 2026-02-27');
    expect(printed).toContain('The difference of every closed day stands in the ledger');
  });
});
