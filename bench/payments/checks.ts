import { orderStatus } from '../../clinic/capabilities/payments/core/status.ts';
import { verifyBooks } from '../../clinic/capabilities/payments/core/verify.ts';
import type { Till } from './till.ts';

/** Something that is wrong, with the order or whatever else it is about. */
export interface Fault {
  readonly kind: 'imbalance' | 'ownerless' | 'unsettled';
  readonly what: string;
  readonly orderId: string | null;
}

interface OrderRow {
  readonly id: string;
  readonly status: string;
  readonly total: number;
  readonly paid: number;
  readonly refunded: number;
  readonly disputed: boolean;
  readonly cancelled: boolean;
  readonly expired: boolean;
}

/** Everything that is wrong with the books of a clinic in which nothing is under way any more. */
export async function findFaults(till: Till, notices: ReadonlySet<string>): Promise<readonly Fault[]> {
  return [
    ...(await bookFaults(till)),
    ...(await stateFaults(till)),
    ...(await noticeFaults(till, notices)),
    ...(await slotFaults(till)),
    ...(await moneyFaults(till)),
  ];
}

async function bookFaults(till: Till): Promise<readonly Fault[]> {
  const problems = await verifyBooks(till.payments.context);
  return problems.flatMap(({ rule, count, examples }) =>
    Array.from({ length: count }, (_, index) => ({
      kind: rule.startsWith('Whoever paid') ? ('ownerless' as const) : ('imbalance' as const),
      what: rule,
      orderId: examples[index] ?? null,
    })),
  );
}

/** The state of every order, worked out here a second time from the ledger and from what happened to it. */
async function stateFaults({ admin, id }: Till): Promise<readonly Fault[]> {
  const orders = await admin<OrderRow[]>`
    select o.id, o.status, o.total_minor as total, o.cancelled_at is not null as cancelled,
      coalesce((select -sum(e.amount_minor) from ledger_entry e join ledger_transaction t on t.clinic_id = e.clinic_id and t.id = e.transaction_id
        where e.clinic_id = o.clinic_id and e.order_id = o.id and t.kind = 'payment' and e.account = 'customers'), 0)::int as paid,
      coalesce((select sum(e.amount_minor) from ledger_entry e join ledger_transaction t on t.clinic_id = e.clinic_id and t.id = e.transaction_id
        where e.clinic_id = o.clinic_id and e.order_id = o.id and t.kind = 'refund' and e.account = 'customers'), 0)::int as refunded,
      (select count(*) filter (where kind = 'dispute') > count(*) filter (where kind = 'dispute_won')
        from ledger_transaction t where t.clinic_id = o.clinic_id and t.order_id = o.id) as disputed,
      coalesce(o.expires_at < now() and not exists (select from payment p where p.clinic_id = o.clinic_id
        and p.order_id = o.id and p.status in ('starting', 'open', 'processing')), false) as expired
    from sales_order o where o.clinic_id = ${id}`;
  return orders.flatMap(({ id: orderId, status, total, paid, refunded, ...facts }) => {
    const right = orderStatus({ totalMinor: total, paidMinor: paid, refundedMinor: refunded, ...facts });
    return right === status
      ? []
      : [{ kind: 'imbalance' as const, what: `it is ${status} and should be ${right}`, orderId }];
  });
}

/** Every proven notice is kept once and took effect; nothing that was not proven is kept. */
async function noticeFaults({ admin, id }: Till, sent: ReadonlySet<string>): Promise<readonly Fault[]> {
  const kept = await admin<{ event_id: string; waits_for: string | null; type: string }[]>`
    select event_id, waits_for, type from provider_notice where clinic_id = ${id}`;
  const known = new Set(kept.map((one) => one.event_id));
  return [
    ...kept
      .filter((one) => !sent.has(one.event_id))
      .map((one) => ({
        kind: 'imbalance' as const,
        what: `kept and never sent: ${one.event_id}`,
        orderId: null,
      })),
    ...[...sent]
      .filter((event) => !known.has(event))
      .map((event) => ({ kind: 'unsettled' as const, what: `sent and not kept: ${event}`, orderId: null })),
    ...kept
      .filter((one) => one.waits_for !== null)
      .map((one) => ({
        kind: 'unsettled' as const,
        what: `${one.type} ${one.event_id} still waits for ${one.waits_for}`,
        orderId: null,
      })),
  ];
}

/** A visit that nobody paid for although it had to be paid first; or somebody who paid and has nothing for it. */
async function slotFaults({ admin, id }: Till): Promise<readonly Fault[]> {
  const rows = await admin<{ id: string; what: string }[]>`
    with visit as (
      select o.id as order_id, a.id, a.status, a.cancelled_by from sales_order o
      join appointment a on a.clinic_id = o.clinic_id and (a.id = o.appointment_id and o.source = 'online'
        or a.idempotency_key = 'order ' || o.id
        or a.id in (select u.appointment_id from entitlement_use u join entitlement e on e.clinic_id = u.clinic_id and e.id = u.entitlement_id
          where e.clinic_id = o.clinic_id and e.order_id = o.id and o.source = 'online'))
      where o.clinic_id = ${id}
    ), kept as (
      select o.id, coalesce(-sum(e.amount_minor) filter (where t.kind in ('payment', 'refund')), 0) as minor
      from sales_order o
      left join ledger_entry e on e.clinic_id = o.clinic_id and e.order_id = o.id and e.account = 'customers'
      left join ledger_transaction t on t.clinic_id = e.clinic_id and t.id = e.transaction_id
      where o.clinic_id = ${id} group by o.id
    )
    select o.id, 'a visit is booked for an order that is ' || o.status as what from visit v join sales_order o on o.id = v.order_id
      where v.status = 'booked' and o.status in ('draft', 'awaiting_payment', 'cancelled', 'expired')
    union all
    select o.id, 'a visit is booked although everything went back by itself' from visit v join sales_order o on o.id = v.order_id
      where v.status = 'booked' and o.status = 'refunded' and o.slot = 'given_up'
    union all
    select o.id, 'paid, and the visit neither booked nor to be chosen nor refunded: ' || o.slot from sales_order o join kept k on k.id = o.id
      where o.clinic_id = ${id} and k.minor >= o.due_now_minor and o.status in ('paid', 'part_paid') and (
        o.slot = 'held'
        or o.slot = 'to_choose' and (o.choose_by is null or not exists (select from entitlement e
          where e.clinic_id = o.clinic_id and e.order_id = o.id and e.revoked_at is null))
        or o.slot = 'given_up' and not exists (select from refund r
          where r.clinic_id = o.clinic_id and r.order_id = o.id and r.status = 'failed')
        or o.slot = 'booked' and not exists (select from visit v
          where v.order_id = o.id and (v.status <> 'cancelled' or v.cancelled_by = 'patient'))
          and not exists (select from entitlement e where e.clinic_id = o.clinic_id and e.order_id = o.id and e.revoked_at is null))
    union all
    select o.id, 'paid, and what was bought cannot be booked' from sales_order o join kept k on k.id = o.id
      where not exists (select from refund r where r.clinic_id = o.clinic_id and r.order_id = o.id and r.status = 'failed') and o.clinic_id = ${id} and o.status = 'paid' and exists (select from order_line l
        where l.clinic_id = o.clinic_id and l.order_id = o.id and l.service_id is not null)
        and not exists (select from entitlement e where e.clinic_id = o.clinic_id and e.order_id = o.id and e.revoked_at is null)
    union all
    select o.id, 'money that came for an order that was cancelled or given up was kept' from sales_order o join kept k on k.id = o.id
      where o.clinic_id = ${id} and (o.cancelled_at is not null or o.slot = 'given_up') and k.minor > 0
        and not exists (select from refund r where r.clinic_id = o.clinic_id and r.order_id = o.id and r.status = 'failed')
        and o.status <> 'disputed'
    union all
    select o.id, 'it waits for a payment although its time is over' from sales_order o
      where o.clinic_id = ${id} and o.source = 'online' and o.status = 'awaiting_payment'
    union all
    select o.id, 'more than the price was kept' from sales_order o join kept k on k.id = o.id
      where o.clinic_id = ${id} and k.minor > o.total_minor
        and not exists (select from refund r where r.clinic_id = o.clinic_id and r.order_id = o.id and r.status = 'failed')`;
  return rows.map(({ id: orderId, what }) => ({ kind: 'ownerless', what, orderId }));
}

/** Times that are kept although nobody is about to pay for them. Look before everything lapses by itself. */
export async function findLeakedHolds({ admin, id }: Till): Promise<readonly Fault[]> {
  const rows = await admin<{ hold: string; order_id: string | null }[]>`
    select h.id as hold, o.id as order_id from hold h left join sales_order o on o.clinic_id = h.clinic_id and o.hold_id = h.id
    where h.clinic_id = ${id} and h.expires_at > now() and (o.id is null or o.status <> 'awaiting_payment' or o.slot <> 'held')
      and exists (select from claim c where c.clinic_id = h.clinic_id and c.hold_id = h.id)`;
  return rows.map((row) => ({
    kind: 'ownerless',
    what: `the hold ${row.hold} keeps a time for nobody`,
    orderId: row.order_id,
  }));
}

/** What the provider has of each order, against what the ledger says that it has. */
async function moneyFaults(till: Till): Promise<readonly Fault[]> {
  const payments = await till.admin<{ id: string; order_id: string }[]>`
    select id, order_id from payment where clinic_id = ${till.id} and method = 'stripe'`;
  const orderOf = new Map(payments.map((one) => [one.id, one.order_id]));
  const there = new Map<string, number>();
  const { sessions, disputes } = till.fake.account;
  const faults: Fault[] = [];
  for (const { given, intent } of sessions.values()) {
    if (!intent?.charge) continue;
    const away = [...disputes.values()]
      .filter((one) => one.intent === intent && /^(needs_response|lost)$/.test(one.status))
      .reduce((sum, one) => sum + one.amount, 0);
    const orderId = orderOf.get(String(given.client_reference_id));
    if (orderId === undefined)
      faults.push({ kind: 'unsettled', what: `nobody knows the payment ${intent.id}`, orderId: null });
    else
      there.set(
        orderId,
        (there.get(orderId) ?? 0) + intent.charge.amount - intent.charge.amountRefunded - away,
      );
  }
  const here = await till.admin<{ order_id: string; minor: number }[]>`
    select order_id, sum(amount_minor)::int as minor from ledger_entry
    where clinic_id = ${till.id} and account = 'stripe' and order_id is not null group by order_id`;
  const known = new Map(here.map((one) => [one.order_id, one.minor]));
  for (const orderId of new Set([...there.keys(), ...known.keys()])) {
    const [theirs, ours] = [there.get(orderId) ?? 0, known.get(orderId) ?? 0];
    if (theirs !== ours)
      faults.push({
        kind: 'unsettled',
        what: `the provider has ${theirs} of it, the ledger says ${ours}`,
        orderId,
      });
  }
  return faults;
}

/** What is still under way: payments, refunds, times to choose. */
export async function openEnds({ admin, id }: Till): Promise<readonly Fault[]> {
  const rows = await admin<{ order_id: string; what: string }[]>`
    select order_id, 'the payment ' || p.id || ' is ' || status as what from payment p
      where clinic_id = ${id} and status in ('starting', 'open', 'processing')
    union all
    select order_id, 'the refund ' || r.id || ' is ' || status from refund r where clinic_id = ${id} and status = 'pending'
    union all
    select o.id, 'a time is still to be chosen' from sales_order o where clinic_id = ${id} and slot = 'to_choose'`;
  return rows.map(({ order_id: orderId, what }) => ({ kind: 'unsettled', what, orderId }));
}
