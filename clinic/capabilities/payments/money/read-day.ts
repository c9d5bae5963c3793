import type { PlainDate } from '@rectus/schedule';
import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { PaymentMethod } from '../../../platform/database/schema-of-payments.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { type DayFigures, dayFigures, thawed } from './day-figures.ts';
import { oneDay } from './periods.ts';
import { closingMinor, readBalances } from './read-balances.ts';
import { currenciesOf, readMovements } from './read-movements.ts';
import { takingsOf } from './takings.ts';

/** A day that was counted. */
export interface DayClose {
  readonly figures: DayFigures;
  readonly countedMinor: number;
  readonly differenceMinor: number;
  readonly note: string;
  readonly closedBy: string;
  readonly closedAt: number;
  /** What the till gained (or lost, negative) after it was counted, and before the day was over. */
  readonly cashSinceMinor: number;
}

/** One day of money in one currency. */
export interface Day {
  readonly date: PlainDate;
  readonly currency: string;
  readonly currencies: readonly string[];
  /** By the ledger as it is now. */
  readonly figures: DayFigures;
  readonly close: DayClose | null;
  /** The latest day that is closed, whichever it is. */
  readonly lastClosed: PlainDate | null;
  readonly items: readonly DayItem[];
}

/** A payment or a refund of the day. */
export interface DayItem {
  readonly kind: 'payment' | 'refund';
  readonly at: number;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly method: PaymentMethod;
  /** Negative where it went back; a refund that its bank returned is positive again. */
  readonly amountMinor: number;
  readonly reference: string | null;
  readonly paper: string | null;
}

/** Everything about one day. Four statements. */
export async function readDay(
  clinicTx: ClinicTransaction,
  clinic: Clinic,
  date: PlainDate,
  asked?: string,
): Promise<Day> {
  const days = oneDay(date, clinic);
  const all = await readMovements(clinicTx, days);
  const currencies = currenciesOf(all, clinic.currency);
  const currency = currencies.find((one) => one === asked) ?? clinic.currency;
  const balances = await readBalances(clinicTx, days, currency);
  const opening = balances.find((one) => one.account === 'till')?.openingMinor ?? 0;
  const figures = dayFigures(opening, takingsOf(all.filter((one) => one.currency === currency)));
  const { close, lastClosed } = await readCloses(clinicTx, date, currency);
  const counted = close && {
    ...close,
    cashSinceMinor: closingMinor(balances, 'till') - close.countedMinor,
  };
  return {
    date,
    currency,
    currencies,
    figures,
    close: counted,
    lastClosed,
    items: await readItems(clinicTx, days, currency),
  };
}

async function readCloses({ tx, clinicId }: ClinicTransaction, date: PlainDate, currency: string) {
  const rows = await tx
    .selectFrom('day_close as c')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.clinic_id', '=', 'c.clinic_id').onRef('m.user_id', '=', 'c.closed_by'),
    )
    .select(['c.day', 'c.expected', 'c.counted_minor', 'c.difference_minor', 'c.note', 'c.closed_at'])
    .select('m.name')
    .where('c.clinic_id', '=', clinicId)
    .where('c.currency', '=', currency)
    .where((where) =>
      where.or([
        where('c.day', '=', date),
        where(
          'c.day',
          '=',
          sql<string>`(select max(day) from day_close where clinic_id = ${clinicId} and currency = ${currency})`,
        ),
      ]),
    )
    .orderBy('c.day', 'desc')
    .execute();
  const row = rows.find((one) => one.day === date);
  const close = row && {
    figures: thawed(row.expected),
    countedMinor: row.counted_minor,
    differenceMinor: row.difference_minor,
    note: row.note,
    closedBy: row.name ?? 'Somebody who has left',
    closedAt: row.closed_at.getTime(),
  };
  return { close: close ?? null, lastClosed: rows[0]?.day ?? null };
}

async function readItems(
  { tx, clinicId }: ClinicTransaction,
  days: { readonly start: number; readonly end: number },
  currency: string,
): Promise<readonly DayItem[]> {
  const rows = await tx
    .selectFrom('ledger_transaction as t')
    .innerJoin('payment as p', (join) =>
      join.onRef('p.clinic_id', '=', 't.clinic_id').onRef('p.id', '=', 't.payment_id'),
    )
    .innerJoin('sales_order as o', (join) =>
      join.onRef('o.clinic_id', '=', 'p.clinic_id').onRef('o.id', '=', 'p.order_id'),
    )
    .innerJoin('ledger_entry as e', (join) =>
      join
        .onRef('e.clinic_id', '=', 't.clinic_id')
        .onRef('e.transaction_id', '=', 't.id')
        .on('e.account', '=', 'customers'),
    )
    .leftJoin('document as receipt', (join) =>
      join
        .onRef('receipt.clinic_id', '=', 't.clinic_id')
        .onRef('receipt.payment_id', '=', 't.payment_id')
        .on('t.kind', '=', 'payment'),
    )
    .leftJoin('document as note', (join) =>
      join.onRef('note.clinic_id', '=', 't.clinic_id').onRef('note.refund_id', '=', 't.refund_id'),
    )
    .select(['t.kind', 't.at', 'o.id as order_id', 'o.number', 'p.method', 'p.reference'])
    .select(['e.amount_minor', 'receipt.number as receipt', 'note.number as credit_note'])
    .where('t.clinic_id', '=', clinicId)
    .where('t.at', '>=', new Date(days.start))
    .where('t.at', '<', new Date(days.end))
    .where('t.kind', 'in', ['payment', 'refund'])
    .where('p.currency', '=', currency)
    .orderBy('t.at')
    .orderBy('t.id')
    .execute();
  return rows.map((row) => ({
    kind: row.kind === 'refund' ? 'refund' : 'payment',
    at: row.at.getTime(),
    orderId: row.order_id,
    orderNumber: row.number,
    method: row.method,
    amountMinor: -row.amount_minor,
    reference: row.reference,
    paper: row.kind === 'refund' ? row.credit_note : row.receipt,
  }));
}
