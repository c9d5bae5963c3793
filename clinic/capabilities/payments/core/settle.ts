import { type RawBuilder, sql, type Updateable } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { PaymentMethod, SalesOrderTable } from '../../../platform/database/schema-of-payments.ts';
import { addPatient, bookWithin, dropHold, findPatient, readCatalogue } from '../../booking/index.ts';
import { issueReceipt } from '../papers/new-document.ts';
import type { CheckoutState } from '../providers/provider.ts';
import { grantEntitlements, readEntitlements, useEntitlement } from './entitlements.ts';
import { ACCOUNT_OF, post } from './ledger.ts';
import { mailChooseTime, mailReceipt } from './mails.ts';
import { canExpire, type Order, readOrder, refreshStatus } from './orders.ts';
import type { Payments } from './payments.ts';
import { planRefund } from './refunds.ts';

/** How long somebody whose time was gone may choose another before the money goes back by itself. */
export const CHOOSE_HOURS = 48;

export interface PaymentRow {
  readonly id: string;
  readonly order_id: string;
  readonly method: PaymentMethod;
  readonly status: 'starting' | 'open' | 'processing' | 'succeeded' | 'failed' | 'expired';
  readonly amount_minor: number;
  readonly currency: string;
  readonly provider_ref: string | null;
  readonly provider_payment: string | null;
  readonly reference: string | null;
}

/** What came of telling a payment its state. `wrong_amount`: the money is not what was asked for; nothing was written. */
export type Settled = 'settled' | 'unchanged' | 'wrong_amount';

/**
 * Brings a payment, and everything that hangs on it, to what the provider says. Runs in a transaction of
 * `claiming`, because a payment may book the visit that it is for. Saying the same thing again changes nothing, and
 * a state that money has overtaken changes nothing either: paid wins over expired and failed.
 */
export async function settlePayment(
  clinic: ClinicTransaction,
  thorough: boolean,
  payments: Payments,
  paymentId: string,
  now: CheckoutState,
): Promise<Settled> {
  const orderId = await orderIdOf(clinic, paymentId);
  if (!orderId) return 'unchanged';
  const order = await readOrder(clinic, orderId, { lock: true });
  const payment = await paymentRow(clinic, paymentId);
  if (!order || !payment || payment.status === 'succeeded') return 'unchanged';
  if (now.state === 'paid') {
    if (now.amountMinor !== payment.amount_minor || now.currency !== payment.currency) return 'wrong_amount';
    const at = payments.platform.clock.now();
    await updatePayment(clinic, paymentId, { status: 'succeeded', provider_payment: now.payment }, at);
    await received(clinic, thorough, payments, order, payment);
    return 'settled';
  }
  return closePayment(clinic, order, payment, now, payments.platform.clock.now());
}

/** Records money that somebody in the clinic took: the payment is written and settled in one go. */
export async function settleTaken(
  clinic: ClinicTransaction,
  thorough: boolean,
  payments: Payments,
  orderId: string,
  taken: {
    readonly method: 'cash' | 'card_terminal' | 'bank_transfer';
    readonly amountMinor: number;
    readonly reference: string | null;
    readonly key: string;
  },
): Promise<string> {
  const order = await readOrder(clinic, orderId, { lock: true });
  if (!order) throw new Error(`There is no order ${orderId}`);
  const { id } = await clinic.tx
    .insertInto('payment')
    .values({
      clinic_id: clinic.clinicId,
      order_id: orderId,
      method: taken.method,
      status: 'succeeded',
      amount_minor: taken.amountMinor,
      currency: order.currency,
      reference: taken.reference,
      taken_by: clinic.actor.id,
      idempotency_key: taken.key,
      settled_at: new Date(payments.platform.clock.now()),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const payment = await paymentRow(clinic, id);
  if (payment) await received(clinic, thorough, payments, order, payment);
  return id;
}

/** Everything that follows from money that has arrived. */
async function received(
  clinic: ClinicTransaction,
  thorough: boolean,
  payments: Payments,
  before: Order,
  payment: PaymentRow,
): Promise<void> {
  const at = payments.platform.clock.now();
  await post(clinic, {
    kind: 'payment',
    key: `payment:${payment.id}`,
    at,
    currency: payment.currency,
    orderId: before.id,
    paymentId: payment.id,
    entries: [
      { account: ACCOUNT_OF[payment.method], amountMinor: payment.amount_minor },
      { account: 'customers', amountMinor: -payment.amount_minor },
    ],
  });
  const receipt = await issueReceipt(clinic, payments.clinic, before.id, payment.id, at);
  await record(clinic, {
    action: 'payment.received',
    subject: { kind: 'order', id: before.id },
    detail: {
      payment: payment.id,
      method: payment.method,
      amountMinor: payment.amount_minor,
      receipt: receipt.number,
    },
  });
  const order = { ...before, paidMinor: before.paidMinor + payment.amount_minor };
  if (before.cancelledAt !== null || before.slot === 'given_up') {
    await planRefund(
      clinic,
      order.id,
      payment.id,
      payment.amount_minor,
      'The order had been cancelled before the payment arrived.',
    );
  } else {
    await stand(clinic, thorough, payments, order);
    // Whatever was refunded meanwhile, nobody meant to pay it again.
    const surplus = Math.min(payment.amount_minor, order.paidMinor - before.totalMinor);
    if (surplus > 0)
      await planRefund(clinic, order.id, payment.id, surplus, 'The order had been paid already.');
  }
  await refreshStatus(clinic, order.id);
  await mailReceipt(clinic, payments, order.id, receipt, payment.amount_minor);
}

/** Once enough is paid the order stands: the visit is booked and what was bought can be used. */
async function stand(
  clinic: ClinicTransaction,
  thorough: boolean,
  payments: Payments,
  order: Order,
): Promise<void> {
  const at = payments.platform.clock.now();
  if (order.paidMinor - order.refundedMinor >= order.totalMinor) await postSale(clinic, order, at);
  if (order.paidMinor - order.refundedMinor < order.dueNowMinor) return;
  if (order.slot === 'to_choose') return;
  if (order.booking && order.slot === 'held') {
    await bookPaid(clinic, thorough, payments, order);
    return;
  }
  const patientId = order.patientId ?? (await patientOf(clinic, order));
  await grantEntitlements(clinic, order.id, patientId, at);
  if (order.appointmentId) await useFor(clinic, order.id, order.appointmentId, patientId, at);
}

async function patientOf(clinic: ClinicTransaction, order: Order): Promise<string> {
  if (!order.person) throw new Error(`Order ${order.id} is for nobody`);
  const patientId = (await findPatient(clinic, order.person)) ?? (await addPatient(clinic, order.person));
  await updateOrder(clinic, order.id, { patient_id: patientId });
  return patientId;
}

/** Books the visit that the order is for, or asks the buyer to choose another time. */
async function bookPaid(
  clinic: ClinicTransaction,
  thorough: boolean,
  payments: Payments,
  order: Order,
): Promise<void> {
  const { booking } = order;
  if (!booking) return;
  const catalogue = await readCatalogue(payments.context, payments.clinic.catalogueVersion);
  const service = catalogue.service(booking.serviceId);
  const person = order.patientId ? { patientId: order.patientId } : order.person;
  if (!person) throw new Error(`Order ${order.id} is for nobody`);
  const result =
    service &&
    (await bookWithin(clinic, thorough, payments, {
      wish: { service, siteId: booking.siteId, clinicianId: booking.clinicianId },
      start: booking.start,
      person,
      idempotencyKey: `order ${order.id}`,
      source: 'online',
      holdId: order.holdId,
      viewerZone: booking.viewerZone,
      safety: booking.safety,
      also: (tx, booked) => bookedFor(tx, order.id, booked, payments.platform.clock.now()),
    }));
  if (result?.ok) return;
  // The time is gone. The money is not: the buyer chooses another time, or gets it back.
  const patientId = order.patientId ?? (await patientOf(clinic, order));
  await grantEntitlements(clinic, order.id, patientId, payments.platform.clock.now());
  await updateOrder(clinic, order.id, {
    slot: 'to_choose',
    hold_id: null,
    choose_by: sql<Date>`clock_timestamp() + make_interval(hours => ${CHOOSE_HOURS})`,
  });
  await record(clinic, { action: 'order.time_lost', subject: { kind: 'order', id: order.id } });
  await mailChooseTime(clinic, payments, order.id);
}

/** What ties a paid order to the visit that was booked with it; runs in the transaction of that booking. */
export async function bookedFor(
  clinic: ClinicTransaction,
  orderId: string,
  booked: { readonly appointmentId: string; readonly patientId: string },
  at: number,
): Promise<void> {
  await updateOrder(clinic, orderId, {
    slot: 'booked',
    appointment_id: booked.appointmentId,
    patient_id: booked.patientId,
    booking: null,
    hold_id: null,
    choose_by: null,
  });
  await grantEntitlements(clinic, orderId, booked.patientId, at);
  await useFor(clinic, orderId, booked.appointmentId, booked.patientId, at);
}

/** The visit that an order pays for uses up what that order entitles to; where the service differs, nothing is used. */
async function useFor(
  clinic: ClinicTransaction,
  orderId: string,
  appointmentId: string,
  patientId: string,
  at: number,
): Promise<void> {
  const visit = await clinic.tx
    .selectFrom('appointment as a')
    .leftJoin('entitlement_use as u', (join) =>
      join.onRef('u.clinic_id', '=', 'a.clinic_id').onRef('u.appointment_id', '=', 'a.id'),
    )
    .leftJoin('entitlement as e', (join) =>
      join
        .onRef('e.clinic_id', '=', 'u.clinic_id')
        .onRef('e.id', '=', 'u.entitlement_id')
        .on('e.revoked_at', 'is', null),
    )
    .select(['a.service_id', 'a.patient_id', 'e.id as entitlement_id'])
    .where('a.clinic_id', '=', clinic.clinicId)
    .where('a.id', '=', appointmentId)
    .executeTakeFirst();
  if (!visit || visit.entitlement_id || visit.patient_id !== patientId) return;
  const entitlements = await readEntitlements(clinic, { orderId });
  const fitting = entitlements.find((one) => one.serviceId === visit.service_id && one.left > 0);
  if (!fitting) return;
  await useEntitlement(clinic, fitting.id, { appointmentId, patientId, serviceId: visit.service_id }, at);
}

/** Books the sale: what the customer owed becomes income and tax, line by line. */
async function postSale(clinic: ClinicTransaction, order: Order, at: number): Promise<void> {
  const lines = await clinic.tx
    .selectFrom('order_line')
    .select(['id', 'service_id', 'amount_minor', 'tax_minor'])
    .where('clinic_id', '=', clinic.clinicId)
    .where('order_id', '=', order.id)
    .orderBy('position')
    .execute();
  await post(clinic, {
    kind: 'sale',
    key: `sale:${order.id}`,
    at,
    currency: order.currency,
    orderId: order.id,
    entries: [
      { account: 'customers', amountMinor: order.totalMinor },
      ...lines.flatMap((line) => {
        const about = { orderLineId: line.id, serviceId: line.service_id };
        return [
          { account: 'sales', amountMinor: line.tax_minor - line.amount_minor, ...about },
          { account: 'tax', amountMinor: -line.tax_minor, ...about },
        ] as const;
      }),
    ],
  });
}

/** A checkout that ended without money, or has not ended yet. */
async function closePayment(
  clinic: ClinicTransaction,
  order: Order,
  payment: PaymentRow,
  now: Exclude<CheckoutState, { state: 'paid' }>,
  at: number,
): Promise<Settled> {
  if (now.state === 'open' || payment.status === 'expired' || payment.status === now.state)
    return 'unchanged';
  const failure = now.state === 'failed' ? now.reason.slice(0, 300) : null;
  await updatePayment(clinic, payment.id, { status: now.state, failure }, at);
  if (now.state === 'processing') return 'settled';
  const { live } = await clinic.tx
    .selectFrom('payment')
    .select(sql<number>`count(*)::int`.as('live'))
    .where('clinic_id', '=', clinic.clinicId)
    .where('order_id', '=', order.id)
    .where('status', 'in', ['starting', 'open', 'processing'])
    .executeTakeFirstOrThrow();
  if (now.state === 'expired' && live === 0) {
    // Abandoning the checkout gives the time back at once; a late payment would claim it again.
    if (order.holdId) await dropHold(clinic, order.holdId);
    const expired = canExpire(order) ? { expires_at: sql<Date>`clock_timestamp()` } : {};
    await updateOrder(clinic, order.id, { ...expired, hold_id: null });
  }
  await refreshStatus(clinic, order.id);
  await record(clinic, {
    action: now.state === 'expired' ? 'payment.expired' : 'payment.failed',
    subject: { kind: 'order', id: order.id },
    detail: { payment: payment.id },
  });
  return 'settled';
}

async function orderIdOf({ tx, clinicId }: ClinicTransaction, paymentId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('payment')
    .select('order_id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', paymentId)
    .executeTakeFirst();
  return row?.order_id ?? null;
}

/** One payment, read under the lock of its order. */
export async function paymentRow(
  { tx, clinicId }: ClinicTransaction,
  paymentId: string,
): Promise<PaymentRow | null> {
  const row = await tx
    .selectFrom('payment')
    .select(['id', 'order_id', 'method', 'status', 'amount_minor', 'currency'])
    .select(['provider_ref', 'provider_payment', 'reference'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', paymentId)
    .executeTakeFirst();
  return row ?? null;
}

async function updatePayment(
  { tx, clinicId }: ClinicTransaction,
  paymentId: string,
  change: {
    readonly status: PaymentRow['status'];
    readonly provider_payment?: string;
    readonly failure?: string | null;
  },
  at: number,
): Promise<void> {
  const ended = change.status !== 'processing';
  await tx
    .updateTable('payment')
    .set({ ...change, ...(ended ? { settled_at: new Date(at) } : {}) })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', paymentId)
    .execute();
}

type OrderChange = Updateable<Omit<SalesOrderTable, 'expires_at' | 'choose_by'>> & {
  readonly expires_at?: Date | RawBuilder<Date> | null;
  readonly choose_by?: Date | RawBuilder<Date> | null;
};

/** Changes an order that is locked. */
export async function updateOrder(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
  change: OrderChange,
): Promise<void> {
  await tx
    .updateTable('sales_order')
    .set(change)
    .where('clinic_id', '=', clinicId)
    .where('id', '=', orderId)
    .execute();
}
