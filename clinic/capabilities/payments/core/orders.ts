import { type SqlBool, sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { newId } from '../../../platform/database/new-id.ts';
import type {
  OrderBooking,
  OrderPerson,
  OrderSlot,
  OrderStatus,
} from '../../../platform/database/schema-of-payments.ts';
import { taxWithin } from './money.ts';
import type { FrozenPrice } from './prices.ts';
import { orderStatus } from './status.ts';

export interface NewOrder {
  readonly source: 'online' | 'desk';
  /** The same key makes the same order, however often it is sent. */
  readonly key: string;
  readonly patientId?: string | null;
  /** Who the patient will be; needed where `patientId` is not given. */
  readonly person?: OrderPerson | null;
  readonly payer: { readonly name: string; readonly email: string | null; readonly address?: string };
  readonly prices: readonly FrozenPrice[];
  /** What must be paid for the order to stand, where that is not all of it. */
  readonly depositMinor?: number | null;
  /** The visit that it pays for, where that is booked already. */
  readonly appointmentId?: string | null;
  /** The visit that is booked once it is paid, and the hold that keeps its time. */
  readonly booking?: OrderBooking | null;
  readonly holdId?: string | null;
}

/** How long an order that was made online waits for somebody to go and pay. */
const UNPAID_FOR = '1 hour';

/** An order that cannot be made, in words for whoever asked for it. */
export class OrderError extends Error {
  override readonly name = 'OrderError';
}

/**
 * Writes an order, or returns the one that this key made before.
 *
 * @throws OrderError when there is nothing to pay, or prices in different currencies
 */
export async function createOrder(clinic: ClinicTransaction, input: NewOrder): Promise<string> {
  const { tx, clinicId, actor } = clinic;
  const [first] = input.prices;
  const totalMinor = input.prices.reduce((sum, price) => sum + price.totalMinor, 0);
  if (!first || totalMinor <= 0) throw new OrderError('There is nothing to pay in this order.');
  if (input.prices.some((price) => price.currency !== first.currency))
    throw new OrderError('One order cannot mix currencies.');
  const dueNowMinor = Math.min(totalMinor, input.depositMinor ?? totalMinor);
  if (dueNowMinor <= 0) throw new OrderError('A deposit must be more than nothing.');
  const id = newId();
  const added = await tx
    .insertInto('sales_order')
    .values({
      clinic_id: clinicId,
      id,
      status: 'awaiting_payment',
      source: input.source,
      patient_id: input.patientId ?? null,
      person: input.person ?? null,
      payer_name: input.payer.name.trim(),
      payer_email: input.payer.email?.trim().toLowerCase() || null,
      payer_address: input.payer.address?.trim() ?? '',
      currency: first.currency,
      total_minor: totalMinor,
      due_now_minor: dueNowMinor,
      appointment_id: input.appointmentId ?? null,
      booking: input.booking ?? null,
      hold_id: input.holdId ?? null,
      slot: input.booking ? 'held' : 'none',
      idempotency_key: input.key,
      // Somebody who never goes to pay leaves nothing behind; going to pay later begins the time anew.
      expires_at: input.source === 'online' ? sql<Date>`clock_timestamp() + ${UNPAID_FOR}::interval` : null,
      created_by: actor.id,
    })
    .onConflict((conflict) => conflict.columns(['clinic_id', 'idempotency_key']).doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) return orderByKey(clinic, input.key);
  await tx
    .insertInto('order_line')
    .values(orderLines(clinicId, id, input.prices))
    .execute();
  await record(clinic, {
    action: 'order.made',
    subject: { kind: 'order', id },
    detail: { source: input.source, totalMinor, currency: first.currency },
  });
  return id;
}

function orderLines(clinicId: string, orderId: string, prices: readonly FrozenPrice[]) {
  return prices
    .flatMap((price) => price.lines.map((line) => ({ price, line })))
    .map(({ price, line }, position) => {
      const amount = line.quantity * line.unitMinor;
      return {
        clinic_id: clinicId,
        order_id: orderId,
        position,
        price_id: price.id,
        product_id: price.productId,
        service_id: line.serviceId,
        description: line.description,
        quantity: line.quantity,
        unit_minor: line.unitMinor,
        amount_minor: amount,
        tax_name: line.taxName,
        tax_bp: line.taxBp,
        tax_minor: taxWithin(amount, line.taxBp),
        procedure_code: line.procedureCode,
        diagnosis_code: null,
      };
    });
}

async function orderByKey({ tx, clinicId }: ClinicTransaction, key: string): Promise<string> {
  const { id } = await tx
    .selectFrom('sales_order')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('idempotency_key', '=', key)
    .executeTakeFirstOrThrow();
  return id;
}

/** An order with what the ledger says about it. Amounts in minor units, instants in epoch milliseconds. */
export interface Order {
  readonly id: string;
  readonly number: string;
  readonly status: OrderStatus;
  readonly source: 'online' | 'desk';
  readonly patientId: string | null;
  readonly person: OrderPerson | null;
  readonly payer: { readonly name: string; readonly email: string | null; readonly address: string };
  readonly currency: string;
  readonly totalMinor: number;
  readonly dueNowMinor: number;
  readonly paidMinor: number;
  readonly refundedMinor: number;
  /** Still to be paid for the order to stand; then for all of it. */
  readonly dueMinor: number;
  readonly openMinor: number;
  readonly appointmentId: string | null;
  readonly booking: OrderBooking | null;
  readonly holdId: string | null;
  readonly slot: OrderSlot;
  readonly chooseBy: number | null;
  readonly expiresAt: number | null;
  readonly cancelledAt: number | null;
  readonly createdAt: number;
}

/** The order, or null when this clinic has none of that id. `lock` keeps others from changing it until the end. */
export async function readOrder(
  { tx, clinicId }: ClinicTransaction,
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Order | null> {
  let query = tx.selectFrom('sales_order').selectAll().where('clinic_id', '=', clinicId).where('id', '=', id);
  if (lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (!row) return null;
  const { paidMinor, refundedMinor } = await orderSums({ tx, clinicId }, id);
  const keptMinor = paidMinor - refundedMinor;
  // Once money is on its way back nothing is owed any more, though the ledger does not show it yet.
  const closed = row.cancelled_at !== null || row.slot === 'given_up' || refundedMinor > 0;
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    source: row.source,
    patientId: row.patient_id,
    person: row.person,
    payer: { name: row.payer_name, email: row.payer_email, address: row.payer_address },
    currency: row.currency,
    totalMinor: row.total_minor,
    dueNowMinor: row.due_now_minor,
    paidMinor,
    refundedMinor,
    dueMinor: closed ? 0 : Math.max(0, row.due_now_minor - keptMinor),
    openMinor: closed ? 0 : Math.max(0, row.total_minor - keptMinor),
    appointmentId: row.appointment_id,
    booking: row.booking,
    holdId: row.hold_id,
    slot: row.slot,
    chooseBy: row.choose_by?.getTime() ?? null,
    expiresAt: row.expires_at?.getTime() ?? null,
    cancelledAt: row.cancelled_at?.getTime() ?? null,
    createdAt: row.created_at.getTime(),
  };
}

/** Whether an order lapses when nobody pays: what the desk wrote down is owed until somebody cancels it. */
export function canExpire(order: Pick<Order, 'source' | 'paidMinor'>): boolean {
  return order.source === 'online' && order.paidMinor === 0;
}

/** What was received for the order and what was given back, by the ledger, in minor units. */
export async function orderSums(
  { tx, clinicId }: Pick<ClinicTransaction, 'tx' | 'clinicId'>,
  orderId: string,
): Promise<{ readonly paidMinor: number; readonly refundedMinor: number }> {
  const row = await tx
    .selectFrom('ledger_entry as e')
    .innerJoin('ledger_transaction as t', (join) =>
      join.onRef('t.clinic_id', '=', 'e.clinic_id').onRef('t.id', '=', 'e.transaction_id'),
    )
    .select([
      sql<number>`coalesce(-sum(e.amount_minor) filter (where t.kind = 'payment'), 0)::float8`.as('paid'),
      sql<number>`coalesce(sum(e.amount_minor) filter (where t.kind = 'refund'), 0)::float8`.as('refunded'),
    ])
    .where('e.clinic_id', '=', clinicId)
    .where('e.order_id', '=', orderId)
    .where('e.account', '=', 'customers')
    .executeTakeFirstOrThrow();
  return { paidMinor: row.paid, refundedMinor: row.refunded };
}

/** Writes down the state that follows from what is known now. Call it, with the order locked, after every change. */
export async function refreshStatus(clinic: ClinicTransaction, orderId: string): Promise<OrderStatus> {
  const { tx, clinicId } = clinic;
  const order = await tx
    .selectFrom('sales_order')
    .select(['total_minor', 'cancelled_at'])
    .select(
      sql<SqlBool>`(expires_at <= clock_timestamp() and not exists (
        select from payment p where p.clinic_id = ${clinicId} and p.order_id = ${orderId}
          and p.status in ('starting', 'open', 'processing')))`.as('expired'),
    )
    .select(
      sql<SqlBool>`coalesce((
        select count(*) filter (where t.kind = 'dispute') > count(*) filter (where t.kind = 'dispute_won')
        from ledger_transaction t where t.clinic_id = ${clinicId} and t.order_id = ${orderId}), false)`.as(
        'disputed',
      ),
    )
    .where('clinic_id', '=', clinicId)
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  const status = orderStatus({
    totalMinor: order.total_minor,
    ...(await orderSums(clinic, orderId)),
    disputed: Boolean(order.disputed),
    cancelled: order.cancelled_at !== null,
    expired: Boolean(order.expired),
  });
  await tx
    .updateTable('sales_order')
    .set({ status })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', orderId)
    .where('status', '!=', status)
    .execute();
  return status;
}
