import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { OrderStatus, PaymentMethod } from '../../../platform/database/schema-of-payments.ts';
import { VISITS_USED } from '../core/entitlements.ts';

/** An order that is not paid in full. Minor units, epoch milliseconds. */
export interface OpenOrder {
  readonly id: string;
  readonly number: string;
  readonly status: OrderStatus;
  readonly createdAt: number;
  readonly payerName: string;
  readonly hasEmail: boolean;
  readonly what: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly paidMinor: number;
  readonly openMinor: number;
  /** Somebody is paying it at a provider at this moment. */
  readonly beingPaid: boolean;
}

export interface OpenRefund {
  readonly id: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly status: 'pending' | 'failed';
  readonly method: PaymentMethod;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reason: string;
  readonly failure: string | null;
  readonly createdAt: number;
}

/** Visits of one service that are paid for and not booked yet: what the clinic owes in work. */
export interface Unused {
  readonly name: string;
  readonly currency: string;
  readonly count: number;
  readonly valueMinor: number;
  /** Of these, what can no longer be booked because its time is over. */
  readonly lapsedCount: number;
  readonly lapsedMinor: number;
}

export interface Outstanding {
  /** The oldest first, {@link MOST_SHOWN} at most. */
  readonly orders: readonly OpenOrder[];
  /** All of them, by currency. */
  readonly totals: readonly {
    readonly currency: string;
    readonly count: number;
    readonly openMinor: number;
  }[];
  readonly refunds: readonly OpenRefund[];
  readonly unused: readonly Unused[];
}

export const MOST_SHOWN = 300;
/** How long a refund that failed is shown. */
const FAILED_DAYS = 60;

/** What is owed to the clinic, and what the clinic owes. Three statements. `now` in epoch milliseconds. */
export async function readOutstanding(clinic: ClinicTransaction, now: number): Promise<Outstanding> {
  const all = await readOpenOrders(clinic);
  const totals = [...Map.groupBy(all, (one) => one.currency)].map(([currency, group]) => ({
    currency,
    count: group.length,
    openMinor: group.reduce((sum, one) => sum + one.openMinor, 0),
  }));
  return {
    orders: all.slice(0, MOST_SHOWN),
    totals,
    refunds: await readOpenRefunds(clinic, now),
    unused: await readUnused(clinic, now),
  };
}

async function readOpenOrders({ tx, clinicId }: ClinicTransaction): Promise<readonly OpenOrder[]> {
  const { rows } = await sql<{
    id: string;
    number: string;
    status: OrderStatus;
    created_at: Date;
    payer_name: string;
    has_email: boolean;
    what: string;
    currency: string;
    total_minor: number;
    paid: number;
    being_paid: boolean;
  }>`
    select o.id, o.number, o.status, o.created_at, o.payer_name, o.payer_email is not null as has_email,
      o.currency, o.total_minor,
      (select string_agg(l.description, ', ' order by l.position) from order_line l
        where l.clinic_id = o.clinic_id and l.order_id = o.id) as what,
      coalesce((select -sum(e.amount_minor) from ledger_entry e
        join ledger_transaction t on t.clinic_id = e.clinic_id and t.id = e.transaction_id
        where e.clinic_id = o.clinic_id and e.order_id = o.id and e.account = 'customers'
          and t.kind in ('payment', 'refund')), 0)::float8 as paid,
      exists (select from payment p where p.clinic_id = o.clinic_id and p.order_id = o.id
        and p.status in ('starting', 'open', 'processing')) as being_paid
    from sales_order o
    where o.clinic_id = ${clinicId} and o.status in ('awaiting_payment', 'part_paid') and o.cancelled_at is null
    order by o.created_at, o.id`.execute(tx);
  return rows
    .map((row) => ({
      id: row.id,
      number: row.number,
      status: row.status,
      createdAt: row.created_at.getTime(),
      payerName: row.payer_name,
      hasEmail: row.has_email,
      what: row.what ?? '',
      currency: row.currency,
      totalMinor: row.total_minor,
      paidMinor: row.paid,
      openMinor: Math.max(0, row.total_minor - row.paid),
      beingPaid: row.being_paid,
    }))
    .filter((one) => one.openMinor > 0);
}

async function readOpenRefunds(
  { tx, clinicId }: ClinicTransaction,
  now: number,
): Promise<readonly OpenRefund[]> {
  const rows = await tx
    .selectFrom('refund as r')
    .innerJoin('payment as p', (join) =>
      join.onRef('p.clinic_id', '=', 'r.clinic_id').onRef('p.id', '=', 'r.payment_id'),
    )
    .innerJoin('sales_order as o', (join) =>
      join.onRef('o.clinic_id', '=', 'r.clinic_id').onRef('o.id', '=', 'r.order_id'),
    )
    .select(['r.id', 'r.order_id', 'o.number', 'r.status', 'p.method', 'r.amount_minor', 'r.currency'])
    .select(['r.reason', 'r.failure', 'r.created_at'])
    .where('r.clinic_id', '=', clinicId)
    .where((where) =>
      where.or([
        where('r.status', '=', 'pending'),
        where.and([
          where('r.status', '=', 'failed'),
          where('r.created_at', '>', new Date(now - FAILED_DAYS * 86_400_000)),
        ]),
      ]),
    )
    .orderBy('r.created_at')
    .limit(MOST_SHOWN)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    orderId: row.order_id,
    orderNumber: row.number,
    status: row.status === 'failed' ? 'failed' : 'pending',
    method: row.method,
    amountMinor: row.amount_minor,
    currency: row.currency,
    reason: row.reason,
    failure: row.failure,
    createdAt: row.created_at.getTime(),
  }));
}

/**
 * What was sold and is not booked, at the price that the ledger still shows for it: what refunds took back is worth
 * nothing any more.
 */
async function readUnused({ tx, clinicId }: ClinicTransaction, now: number): Promise<readonly Unused[]> {
  const { rows } = await sql<{
    name: string;
    currency: string;
    count: number;
    value: number;
    lapsed_count: number;
    lapsed: number;
  }>`
    with unused as (
      select e.service_id, o.currency, e.quantity, e.order_id, e.order_line_id,
        coalesce(e.valid_until < ${new Date(now).toISOString()}::timestamptz, false) as lapsed,
        e.quantity - ${VISITS_USED} as remaining
      from entitlement e join sales_order o on o.clinic_id = e.clinic_id and o.id = e.order_id
      where e.clinic_id = ${clinicId} and e.revoked_at is null
    ), worth as (
      select unused.*, round(remaining::numeric / quantity * coalesce((
        select -sum(l.amount_minor) from ledger_entry l
        where l.clinic_id = ${clinicId} and l.order_id = unused.order_id and l.account in ('sales', 'tax')
          and l.order_line_id = unused.order_line_id), 0)) as value
      from unused where remaining > 0
    )
    select s.name, w.currency, sum(w.remaining)::float8 as count, sum(w.value)::float8 as value,
      coalesce(sum(w.remaining) filter (where w.lapsed), 0)::float8 as lapsed_count,
      coalesce(sum(w.value) filter (where w.lapsed), 0)::float8 as lapsed
    from worth w join service s on s.clinic_id = ${clinicId} and s.id = w.service_id
    group by s.name, s.position, w.currency
    order by s.position, s.name`.execute(tx);
  return rows.map((row) => ({
    name: row.name,
    currency: row.currency,
    count: row.count,
    valueMinor: row.value,
    lapsedCount: row.lapsed_count,
    lapsedMinor: row.lapsed,
  }));
}
