import type { PlainDate } from '@rectus/schedule';
import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Account, LedgerKind } from '../../../platform/database/schema-of-payments.ts';
import type { Days } from './periods.ts';

/** What one kind of transaction moved on one account within one day of the clinic. Minor units, both positive. */
export interface Movement {
  readonly date: PlainDate;
  readonly kind: LedgerKind;
  readonly account: Account;
  readonly currency: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
  /** Entries. */
  readonly count: number;
}

/** Everything that the ledger says about some days, in one statement. */
export async function readMovements(
  { tx, clinicId }: ClinicTransaction,
  days: Days,
): Promise<readonly Movement[]> {
  // The days begin where our own calendar says, so that a day and its month can never disagree about midnight.
  // The texts are read once, in a subquery; otherwise they would be for every row.
  const starts = days.starts.map((start) => new Date(start).toISOString()).join(',');
  const [from, to] = [new Date(days.start).toISOString(), new Date(days.end).toISOString()];
  const { rows } = await sql<{
    bucket: number;
    kind: LedgerKind;
    account: Account;
    currency: string;
    debit: number;
    credit: number;
    entries: number;
  }>`
    select width_bucket(e.at, (select string_to_array(${starts}, ',')::timestamptz[])) as bucket,
      t.kind, e.account, e.currency,
      coalesce(sum(e.amount_minor) filter (where e.amount_minor > 0), 0)::float8 as debit,
      coalesce(-sum(e.amount_minor) filter (where e.amount_minor < 0), 0)::float8 as credit,
      count(*)::int as entries
    from ledger_entry e
    join ledger_transaction t on t.clinic_id = e.clinic_id and t.id = e.transaction_id
    where e.clinic_id = ${clinicId} and e.at >= ${from}::timestamptz and e.at < ${to}::timestamptz
      and t.clinic_id = ${clinicId} and t.at >= ${from}::timestamptz and t.at < ${to}::timestamptz
    group by 1, 2, 3, 4`.execute(tx);
  return rows.map((row) => ({
    date: days.dates[row.bucket - 1] ?? '',
    kind: row.kind,
    account: row.account,
    currency: row.currency,
    debitMinor: row.debit,
    creditMinor: row.credit,
    count: row.entries,
  }));
}

/** The currencies that movements are in: the clinic's own first, whether or not there are any in it. */
export function currenciesOf(movements: readonly Movement[], own: string): readonly string[] {
  return [...new Set([own, ...movements.map((one) => one.currency).sort()])];
}

/** Debits less credits of those movements that fit. */
export function netMinor(
  movements: readonly Movement[],
  fits: (movement: Movement) => boolean = () => true,
): number {
  return movements.filter(fits).reduce((sum, one) => sum + one.debitMinor - one.creditMinor, 0);
}
