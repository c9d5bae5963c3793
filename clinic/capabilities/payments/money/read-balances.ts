import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Account } from '../../../platform/database/schema-of-payments.ts';

/** What stands on an account before a period, what the period adds, in minor units; a debit is positive. */
export interface Balance {
  readonly account: Account;
  readonly openingMinor: number;
  readonly movedMinor: number;
}

/**
 * The balance of every account in one currency, straight from the entries and from nothing else, so that what other
 * queries find can be held against it.
 *
 * @param span epoch milliseconds, the end not included
 */
export async function readBalances(
  { tx, clinicId }: ClinicTransaction,
  span: { readonly start: number; readonly end: number },
  currency: string,
): Promise<readonly Balance[]> {
  const [from, to] = [new Date(span.start).toISOString(), new Date(span.end).toISOString()];
  const { rows } = await sql<{ account: Account; opening: number; moved: number }>`
    select account,
      coalesce(sum(amount_minor) filter (where at < ${from}::timestamptz), 0)::float8 as opening,
      coalesce(sum(amount_minor) filter (where at >= ${from}::timestamptz), 0)::float8 as moved
    from ledger_entry
    where clinic_id = ${clinicId} and at < ${to}::timestamptz and currency = ${currency}
    group by account`.execute(tx);
  return rows.map((row) => ({ account: row.account, openingMinor: row.opening, movedMinor: row.moved }));
}

/** What stands on an account at the end of the period. */
export function closingMinor(balances: readonly Balance[], account: Account): number {
  const balance = balances.find((one) => one.account === account);
  return balance ? balance.openingMinor + balance.movedMinor : 0;
}
