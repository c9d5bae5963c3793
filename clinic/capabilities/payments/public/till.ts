import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { formatMoney } from '../../../platform/web/layout/index.ts';
import {
  type Booking,
  type CheckoutAnswer,
  NotUsable,
  type Service,
  type Terms,
  type Till,
  type VisitToPay,
} from '../../booking/index.ts';
import { EntitlementError, readEntitlements, useEntitlement } from '../core/entitlements.ts';
import { createOrder, orderSums } from '../core/orders.ts';
import { freezePrice } from '../core/prices.ts';
import { goPay, publicPayments } from './public-payments.ts';

/** The till that booking asks: entitlements, deposits and payment in full. */
export const onlineTill: Till = {
  async terms(booking, service, entitlementId) {
    return (
      (entitlementId && (await boughtTerms(booking, service, entitlementId))) || priceTerms(booking, service)
    );
  },

  use:
    (booking, entitlementId) =>
    async (clinic, { appointmentId, patientId }) => {
      const { service_id: serviceId } = await clinic.tx
        .selectFrom('appointment')
        .select('service_id')
        .where('clinic_id', '=', clinic.clinicId)
        .where('id', '=', appointmentId)
        .executeTakeFirstOrThrow();
      try {
        const now = booking.platform.clock.now();
        await useEntitlement(clinic, entitlementId, { appointmentId, patientId, serviceId }, now);
      } catch (error) {
        if (error instanceof EntitlementError) throw new NotUsable(error.message);
        throw error;
      }
    },

  checkout: payFor,

  settled: (booking, appointmentId) =>
    inClinic(
      booking.context,
      async (clinic) =>
        (await boughtWords(clinic, booking, appointmentId)) ??
        (await paidWords(clinic, booking, { appointmentId })),
    ),
};

async function boughtTerms(
  { context, platform }: Booking,
  service: Service,
  entitlementId: string,
): Promise<Terms | null> {
  return inClinic(context, async (clinic) => {
    const [one] = await readEntitlements(clinic, { id: entitlementId });
    if (!one || one.serviceId !== service.id || one.left === 0) return null;
    if (one.validUntil !== null && one.validUntil < platform.clock.now()) return null;
    const { given_name, family_name } = await clinic.tx
      .selectFrom('patient')
      .select(['given_name', 'family_name'])
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', one.patientId)
      .executeTakeFirstOrThrow();
    const patient = { id: one.patientId, name: `${given_name} ${family_name}` };
    return { kind: 'entitled', entitlementId, label: await labelOf(clinic, one.id), patient };
  });
}

/** `your 3D gait analysis, order 1042` */
async function labelOf({ tx, clinicId }: ClinicTransaction, entitlementId: string): Promise<string> {
  const row = await tx
    .selectFrom('entitlement as e')
    .innerJoin('sales_order as o', (join) =>
      join.onRef('o.clinic_id', '=', 'e.clinic_id').onRef('o.id', '=', 'e.order_id'),
    )
    .innerJoin('order_line as l', (join) =>
      join.onRef('l.clinic_id', '=', 'e.clinic_id').onRef('l.id', '=', 'e.order_line_id'),
    )
    .leftJoin('product as p', (join) =>
      join.onRef('p.clinic_id', '=', 'l.clinic_id').onRef('p.id', '=', 'l.product_id'),
    )
    .select(['o.number', 'l.description', 'p.name'])
    .where('e.clinic_id', '=', clinicId)
    .where('e.id', '=', entitlementId)
    .executeTakeFirstOrThrow();
  return `your ${row.name ?? row.description}, order ${row.number}`;
}

async function priceTerms(booking: Booking, service: Service): Promise<Terms> {
  const { priceMinor, currency, payment, depositMinor } = service;
  if (payment === 'at_visit' || priceMinor <= 0) return { kind: 'at_visit' };
  const { provider } = await publicPayments(booking.platform, booking);
  if (!provider) return { kind: 'at_visit' };
  const dueMinor = payment === 'deposit' ? Math.min(priceMinor, depositMinor ?? priceMinor) : priceMinor;
  return { kind: 'now', dueMinor, restMinor: priceMinor - dueMinor, currency, origins: provider.origins };
}

async function payFor(booking: Booking, visit: VisitToPay): Promise<CheckoutAnswer> {
  const payments = await publicPayments(booking.platform, booking);
  const { wish, person, terms } = visit;
  const orderId = await inClinic(booking.context, async (clinic) => {
    const price = await freezePrice(clinic, { serviceId: wish.service.id });
    if (!price) throw new Error('A visit is paid for that is not sold any more');
    return createOrder(clinic, {
      source: 'online',
      key: `visit ${visit.key}`,
      person,
      payer: { name: `${person.givenName} ${person.familyName}`, email: person.email },
      prices: [price],
      depositMinor: terms.restMinor > 0 ? terms.dueMinor : null,
      booking: {
        serviceId: wish.service.id,
        siteId: wish.siteId,
        clinicianId: wish.clinicianId,
        start: visit.start,
        viewerZone: visit.viewerZone,
        safety: visit.safety,
      },
      holdId: visit.holdId,
    });
  });
  return goPay(payments, orderId);
}

/** How a visit was paid that used something bought; a visit that was cancelled in time uses nothing. */
async function boughtWords(
  clinic: ClinicTransaction,
  booking: Booking,
  appointmentId: string,
): Promise<string | null> {
  const use = await clinic.tx
    .selectFrom('entitlement_use as u')
    .innerJoin('appointment as a', (join) =>
      join.onRef('a.clinic_id', '=', 'u.clinic_id').onRef('a.id', '=', 'u.appointment_id'),
    )
    .innerJoin('entitlement as e', (join) =>
      join.onRef('e.clinic_id', '=', 'u.clinic_id').onRef('e.id', '=', 'u.entitlement_id'),
    )
    .innerJoin('sales_order as o', (join) =>
      join.onRef('o.clinic_id', '=', 'e.clinic_id').onRef('o.id', '=', 'e.order_id'),
    )
    .select(['e.id', 'e.revoked_at', 'o.id as order_id', 'o.status as order_status'])
    .select(['a.status', 'a.cancelled_by', 'a.cancelled_late'])
    .where('u.clinic_id', '=', clinic.clinicId)
    .where('u.appointment_id', '=', appointmentId)
    .executeTakeFirst();
  if (!use) return null;
  // Of a visit that only a deposit was paid for the rest matters more than what it was bought with.
  if (use.order_status === 'part_paid') return paidWords(clinic, booking, { orderId: use.order_id });
  const label = await labelOf(clinic, use.id);
  if (use.revoked_at) return `What was paid with ${label}, has been given back`;
  const back = use.status === 'cancelled' && (use.cancelled_by === 'clinic' || !use.cancelled_late);
  return back
    ? `It was paid with ${label}. You can book another time with it from the page of that order`
    : `Paid with ${label}`;
}

/** What was paid of the order of a visit, and what is left for the visit. */
async function paidWords(
  transaction: ClinicTransaction,
  { clinic }: Booking,
  of: { readonly appointmentId: string } | { readonly orderId: string },
): Promise<string | null> {
  const [column, id] =
    'orderId' in of ? (['id', of.orderId] as const) : (['appointment_id', of.appointmentId] as const);
  const order = await transaction.tx
    .selectFrom('sales_order')
    .select(['id', 'number', 'status', 'total_minor', 'currency'])
    .where('clinic_id', '=', transaction.clinicId)
    .where(column, '=', id)
    .where('status', 'in', ['paid', 'part_paid'])
    .executeTakeFirst();
  if (!order) return null;
  if (order.status === 'paid') return `Paid, order ${order.number}`;
  const money = (minor: number) => formatMoney(minor, order.currency, clinic.locale);
  const { paidMinor, refundedMinor } = await orderSums(transaction, order.id);
  const keptMinor = paidMinor - refundedMinor;
  return `${money(keptMinor)} paid, ${money(order.total_minor - keptMinor)} at the visit, order ${order.number}`;
}
