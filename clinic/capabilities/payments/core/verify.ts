import { sql } from 'kysely';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { OrderStatus } from '../../../platform/database/schema-of-payments.ts';
import { VISITS_USED } from './entitlements.ts';
import { orderStatus } from './status.ts';

/** Something in the books that should not be. */
export interface BookProblem {
  readonly rule: string;
  readonly count: number;
  /** A few of those concerned. */
  readonly examples: readonly string[];
}

/** Each finds what breaks one rule; `id` names it. The transaction has set the clinic, so other clinics are unseen. */
const RULES: readonly { readonly rule: string; readonly find: ReturnType<typeof sql<{ id: string }>> }[] = [
  {
    rule: 'Every transaction balances in each currency',
    find: sql<{ id: string }>`select transaction_id::text as id from ledger_entry
      group by transaction_id, currency having sum(amount_minor) <> 0`,
  },
  {
    rule: 'Every payment that succeeded stands in the ledger once, with its amount',
    find: sql<{ id: string }>`select p.id::text as id from payment p where p.status = 'succeeded' and 1 <> (
      select count(*) from ledger_transaction t join ledger_entry e on e.clinic_id = t.clinic_id and e.transaction_id = t.id
      where t.clinic_id = p.clinic_id and t.key = 'payment:' || p.id and e.account = 'customers' and e.amount_minor = -p.amount_minor)`,
  },
  {
    rule: 'Nothing else stands in the ledger as a payment',
    find: sql<{
      id: string;
    }>`select t.id::text as id from ledger_transaction t where t.kind = 'payment' and not exists (
      select from payment p where p.clinic_id = t.clinic_id and p.id = t.payment_id and p.status = 'succeeded')`,
  },
  {
    rule: 'Every refund that succeeded stands in the ledger once, with its amount',
    find: sql<{ id: string }>`select r.id::text as id from refund r where r.status = 'succeeded' and 1 <> (
      select count(*) from ledger_transaction t join ledger_entry e on e.clinic_id = t.clinic_id and e.transaction_id = t.id
      where t.clinic_id = r.clinic_id and t.key = 'refund:' || r.id and e.account = 'customers' and e.amount_minor = r.amount_minor)`,
  },
  {
    rule: 'No payment is given back more than once over',
    find: sql<{ id: string }>`select p.id::text as id from payment p where p.amount_minor < (
      select coalesce(sum(r.amount_minor), 0) from refund r
      where r.clinic_id = p.clinic_id and r.payment_id = p.id and r.status <> 'failed')`,
  },
  {
    rule: 'A customer owes nothing for an order that is paid or refunded, and keeps no credit but a deposit',
    find: sql<{ id: string }>`select o.id::text as id from sales_order o
      left join ledger_entry e on e.clinic_id = o.clinic_id and e.order_id = o.id and e.account = 'customers'
      where not exists (select from refund r where r.clinic_id = o.clinic_id and r.order_id = o.id and r.status <> 'succeeded')
      group by o.id, o.status, o.total_minor
      having coalesce(sum(e.amount_minor), 0) > 0
        or (o.status in ('paid', 'refunded', 'partly_refunded') and coalesce(sum(e.amount_minor), 0) < 0
          and exists (select from ledger_transaction t where t.key = 'sale:' || o.id))`,
  },
  {
    rule: 'Every payment has a receipt and every refund a credit note',
    find: sql<{ id: string }>`
      select p.id::text as id from payment p where p.status = 'succeeded'
        and not exists (select from document d where d.clinic_id = p.clinic_id and d.payment_id = p.id)
      union all
      select r.id::text from refund r where r.status = 'succeeded'
        and not exists (select from document d where d.clinic_id = r.clinic_id and d.refund_id = r.id)`,
  },
  {
    rule: 'Receipts and credit notes are numbered without gaps',
    find: sql<{ id: string }>`select series || '-' || year as id from document
      group by series, year having max(sequence) <> count(*) or min(sequence) <> 1`,
  },
  {
    rule: 'Whoever paid for a time has it, is asked for another, or gets everything back',
    find: sql<{ id: string }>`select o.id::text as id from sales_order o
      where o.status in ('paid', 'part_paid') and (
        o.slot = 'held' and exists (select from payment p where p.clinic_id = o.clinic_id and p.order_id = o.id and p.status = 'succeeded')
        or o.slot = 'booked' and o.appointment_id is null
        or o.slot = 'to_choose' and o.choose_by is null
        or o.slot = 'given_up' and not exists (
          select from refund r where r.clinic_id = o.clinic_id and r.order_id = o.id))`,
  },
  {
    rule: 'The difference of every closed day stands in the ledger, and no other does',
    find: sql<{ id: string }>`
      select coalesce(c.day::text, t.key) as id
      from (select * from day_close where difference_minor <> 0) c
      full join (
        select t.key, e.amount_minor from ledger_transaction t
        join ledger_entry e on e.clinic_id = t.clinic_id and e.transaction_id = t.id and e.account = 'till'
        where t.kind = 'till_difference') t on t.key = 'till:' || c.day || ':' || c.currency
      where t.amount_minor is distinct from c.difference_minor`,
  },
  {
    rule: 'No more is used of an entitlement than was bought',
    find: sql<{ id: string }>`select e.id::text as id from entitlement e where e.quantity < ${VISITS_USED}`,
  },
];

const STATUS_RULE = 'The state of every order is the one that follows from the ledger';
const EXAMPLES = 5;
/** How many orders are read at a time. */
const PAGE = 20_000;

/**
 * Checks the books of a clinic: the ledger balances, and payments, refunds, papers, orders and entitlements agree
 * with it. An empty answer is a clean one.
 */
export async function verifyBooks(context: ClinicContext): Promise<readonly BookProblem[]> {
  return inClinic(context, async (clinic) => {
    await sql`set local statement_timeout = '10min'`.execute(clinic.tx);
    const problems: BookProblem[] = [];
    const note = (rule: string, ids: readonly string[]) => {
      if (ids.length > 0) problems.push({ rule, count: ids.length, examples: ids.slice(0, EXAMPLES) });
    };
    for (const { rule, find } of RULES) {
      const { rows } = await find.execute(clinic.tx);
      note(
        rule,
        rows.map(({ id }) => id),
      );
    }
    note(STATUS_RULE, await ordersWithAnotherStatus(clinic));
    return problems;
  });
}

/** How many rules {@link verifyBooks} checks. */
export const RULE_COUNT = RULES.length + 1;

/** Orders whose written state is not what `orderStatus` makes of the ledger, each by its id. */
async function ordersWithAnotherStatus({ tx }: ClinicTransaction): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (let after = '0'; ; ) {
    const { rows } = await sql<{
      id: string;
      number: string;
      status: OrderStatus;
      total_minor: number;
      cancelled: boolean;
      expired: boolean;
      paid: number;
      refunded: number;
      disputed: boolean;
    }>`
      select o.id, o.number, o.status, o.total_minor, o.cancelled_at is not null as cancelled,
        coalesce(o.expires_at <= clock_timestamp(), false) and not exists (
          select from payment p where p.clinic_id = o.clinic_id and p.order_id = o.id
            and p.status in ('starting', 'open', 'processing')) as expired,
        sums.paid, sums.refunded, sums.disputed
      from sales_order o cross join lateral (
        select coalesce(-sum(e.amount_minor) filter (where t.kind = 'payment' and e.account = 'customers'), 0)::float8 as paid,
          coalesce(sum(e.amount_minor) filter (where t.kind = 'refund' and e.account = 'customers'), 0)::float8 as refunded,
          count(distinct t.id) filter (where t.kind = 'dispute')
            > count(distinct t.id) filter (where t.kind = 'dispute_won') as disputed
        from ledger_transaction t
        join ledger_entry e on e.clinic_id = t.clinic_id and e.transaction_id = t.id
        where t.clinic_id = o.clinic_id and t.order_id = o.id) sums
      where o.status <> 'draft' and o.number > ${after}::bigint
      order by o.number limit ${PAGE}`.execute(tx);
    for (const row of rows) {
      const status = orderStatus({
        totalMinor: row.total_minor,
        paidMinor: row.paid,
        refundedMinor: row.refunded,
        disputed: row.disputed,
        cancelled: row.cancelled,
        expired: row.expired,
      });
      // What has just run out is written down within the next minute.
      const due = status === 'expired' && row.status === 'awaiting_payment';
      if (status !== row.status && !due) wrong.push(row.id);
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return wrong;
    after = last.number;
  }
}
