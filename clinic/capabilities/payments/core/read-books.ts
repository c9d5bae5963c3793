import { sql } from 'kysely';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { Account } from '../../../platform/database/schema-of-payments.ts';

/** How large the books of a clinic are, and what stands on each account. */
export interface Books {
  readonly transactions: number;
  readonly entries: number;
  readonly orders: number;
  /** Debits less credits in minor units; those of each currency add up to nothing. */
  readonly balances: readonly {
    readonly account: Account;
    readonly currency: string;
    readonly balanceMinor: number;
  }[];
}

/** Reads the size and the balances of a clinic's books. */
export async function readBooks(context: ClinicContext): Promise<Books> {
  return inClinic(context, async ({ tx, clinicId }) => {
    await sql`set local statement_timeout = '10min'`.execute(tx);
    const counts = await sql<{ transactions: number; orders: number }>`
      select (select count(*) from ledger_transaction where clinic_id = ${clinicId})::float8 as transactions,
        (select count(*) from sales_order where clinic_id = ${clinicId})::float8 as orders`.execute(tx);
    const { rows } = await sql<{ account: Account; currency: string; balance: number; entries: number }>`
      select account, currency, sum(amount_minor)::float8 as balance, count(*)::float8 as entries
      from ledger_entry where clinic_id = ${clinicId}
      group by account, currency order by currency, account`.execute(tx);
    return {
      transactions: counts.rows[0]?.transactions ?? 0,
      orders: counts.rows[0]?.orders ?? 0,
      entries: rows.reduce((sum, row) => sum + row.entries, 0),
      balances: rows.map((row) => ({
        account: row.account,
        currency: row.currency,
        balanceMinor: row.balance,
      })),
    };
  });
}
