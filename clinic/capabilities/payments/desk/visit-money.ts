import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { AppointmentStatus } from '../../../platform/database/schema.ts';
import type { OrderStatus } from '../../../platform/database/schema-of-payments.ts';
import { VISITS_USED } from '../core/entitlements.ts';

/** What is known about the money of one visit. Amounts in minor units. */
export interface VisitMoney {
  readonly appointmentId: string;
  readonly currency: string;
  /** What the visit cost when it was booked; 0 is free. */
  readonly priceMinor: number;
  /** Still to be taken: of the visit, and of fees that were added to it. */
  readonly toPayMinor: number;
  readonly state: 'free' | 'to_pay' | 'part_paid' | 'paid' | 'covered' | 'refunded' | 'disputed' | 'not_due';
  /** The order that sells this visit, where there is one. */
  readonly order: {
    readonly id: string;
    readonly number: string;
    readonly status: OrderStatus;
    readonly paidMinor: number;
    readonly refundedMinor: number;
  } | null;
  /** What was bought before and pays for this visit. */
  readonly cover: {
    readonly orderId: string;
    readonly name: string;
    readonly used: number;
    readonly quantity: number;
  } | null;
}

interface Row {
  id: string;
  price_minor: number;
  currency: string;
  status: AppointmentStatus;
  order_id: string | null;
  order_number: string | null;
  order_status: OrderStatus | null;
  total_minor: number | null;
  paid_minor: number | null;
  refunded_minor: number | null;
  cover_order_id: string | null;
  cover_name: string | null;
  used: number | null;
  quantity: number | null;
  fees_minor: number;
}

const ORDER_SUMS = sql`
  select coalesce(-sum(e.amount_minor) filter (where t.kind = 'payment'), 0)::float8 as paid_minor,
    coalesce(sum(e.amount_minor) filter (where t.kind = 'refund'), 0)::float8 as refunded_minor
  from ledger_entry e
  join ledger_transaction t on t.clinic_id = e.clinic_id and t.id = e.transaction_id
  where e.clinic_id = o.clinic_id and e.order_id = o.id and e.account = 'customers'`;

/** Whether an order sells the visit itself, rather than a fee beside it. */
const SELLS_VISIT = sql`exists (select from order_line l
  where l.clinic_id = o.clinic_id and l.order_id = o.id and l.service_id = a.service_id)`;

/** The money of many visits in one query, by appointment; ids that this clinic does not have are left out. */
export async function moneyOfAppointments(
  { tx, clinicId }: ClinicTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, VisitMoney>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select a.id, a.price_minor, a.currency, a.status,
      own.id as order_id, own.number::text as order_number, own.status as order_status, own.total_minor,
      own.paid_minor, own.refunded_minor,
      cover.order_id as cover_order_id, cover.name as cover_name, cover.used, cover.quantity, fees.fees_minor
    from appointment a
    left join lateral (
      select o.id, o.number, o.status, o.total_minor, sums.paid_minor, sums.refunded_minor
      from sales_order o cross join lateral (${ORDER_SUMS}) sums
      where o.clinic_id = a.clinic_id and o.appointment_id = a.id and o.status not in ('cancelled', 'expired')
        and ${SELLS_VISIT}
      order by o.status = 'refunded', o.created_at desc limit 1
    ) own on true
    left join lateral (
      select e.order_id, coalesce(p.name, l.description) as name, e.quantity,
        ${VISITS_USED} as used
      from entitlement_use u
      join entitlement e on e.clinic_id = u.clinic_id and e.id = u.entitlement_id and e.revoked_at is null
      join order_line l on l.clinic_id = e.clinic_id and l.id = e.order_line_id
      left join product p on p.clinic_id = l.clinic_id and p.id = l.product_id
      where u.clinic_id = a.clinic_id and u.appointment_id = a.id
    ) cover on true
    cross join lateral (
      select coalesce(sum(greatest(0, o.total_minor - sums.paid_minor)), 0)::float8 as fees_minor
      from sales_order o cross join lateral (${ORDER_SUMS}) sums
      where o.clinic_id = a.clinic_id and o.appointment_id = a.id and o.status in ('awaiting_payment', 'part_paid')
        and not ${SELLS_VISIT}
    ) fees
    where a.clinic_id = ${clinicId} and a.id = any(${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, moneyOf(row)]));
}

function moneyOf(row: Row): VisitMoney {
  const order =
    row.order_id && row.order_number && row.order_status
      ? {
          id: row.order_id,
          number: row.order_number,
          status: row.order_status,
          paidMinor: row.paid_minor ?? 0,
          refundedMinor: row.refunded_minor ?? 0,
        }
      : null;
  const cover =
    row.cover_order_id && row.cover_order_id !== row.order_id
      ? {
          orderId: row.cover_order_id,
          name: row.cover_name ?? '',
          used: row.used ?? 0,
          quantity: row.quantity ?? 0,
        }
      : null;
  const state = stateOf(row, order, cover);
  return {
    appointmentId: row.id,
    currency: row.currency,
    priceMinor: row.price_minor,
    toPayMinor: row.fees_minor + visitToPay(row, state, order),
    state,
    order,
    cover,
  };
}

function stateOf(row: Row, order: VisitMoney['order'], cover: VisitMoney['cover']): VisitMoney['state'] {
  if (cover) return 'covered';
  if (!order) {
    if (row.price_minor === 0) return 'free';
    return row.status === 'cancelled' || row.status === 'no_show' ? 'not_due' : 'to_pay';
  }
  switch (order.status) {
    case 'part_paid':
    case 'disputed':
    case 'refunded':
      return order.status;
    case 'paid':
    case 'partly_refunded':
      return 'paid';
    default:
      return 'to_pay';
  }
}

function visitToPay(row: Row, state: VisitMoney['state'], order: VisitMoney['order']): number {
  if (state !== 'to_pay' && state !== 'part_paid') return 0;
  return order ? Math.max(0, (row.total_minor ?? 0) - order.paidMinor) : row.price_minor;
}
