import { inClinic } from '../../../platform/database/in-clinic.ts';
import { createOrder, OrderError } from '../core/orders.ts';
import type { Payments } from '../core/payments.ts';
import { freezeBookedPrice, freezePrice } from '../core/prices.ts';
import { moneyOfAppointments } from './visit-money.ts';

/**
 * The order of a visit, at the price at which it was booked: the one that is there, or a new one. With a product, an
 * order of that fee beside it. Pressing twice, also on two desks at once, leads to one order.
 *
 * @returns the order's id, or null when this clinic has no such visit
 * @throws OrderError when there is nothing to pay, or the fee is not sold any more
 */
export async function orderForVisit(
  payments: Payments,
  visit: { readonly appointmentId: string; readonly productId?: string | null },
): Promise<string | null> {
  return inClinic(payments.context, async (clinic) => {
    const { tx, clinicId } = clinic;
    const row = await tx
      .selectFrom('appointment as a')
      .innerJoin('patient as p', (join) =>
        join.onRef('p.clinic_id', '=', 'a.clinic_id').onRef('p.id', '=', 'a.patient_id'),
      )
      .select(['a.id', 'a.patient_id', 'a.service_id', 'a.price_minor', 'a.currency'])
      .select(['p.given_name', 'p.family_name', 'p.email'])
      .where('a.clinic_id', '=', clinicId)
      .where('a.id', '=', visit.appointmentId)
      // Two desks that press at once wait for each other here.
      .forUpdate('a')
      .executeTakeFirst();
    if (!row) return null;
    const known = (await moneyOfAppointments(clinic, [row.id])).get(row.id);
    if (!visit.productId && known?.cover) return known.cover.orderId;
    if (!visit.productId && known?.order) return known.order.id;
    const price = visit.productId
      ? await freezePrice(clinic, { productId: visit.productId })
      : await freezeBookedPrice(clinic, {
          serviceId: row.service_id,
          priceMinor: row.price_minor,
          currency: row.currency,
        });
    if (!price) throw new OrderError('This is not sold any more.');
    return createOrder(clinic, {
      source: 'desk',
      patientId: row.patient_id,
      payer: { name: `${row.given_name} ${row.family_name}`, email: row.email },
      prices: [price],
      appointmentId: row.id,
      key: await freeKey(clinic, `visit ${row.id} ${visit.productId ?? ''}`.trim()),
    });
  });
}

/** The same fee for the same visit is one order, unless that one was cancelled or all of it went back. */
async function freeKey({ tx, clinicId }: Parameters<typeof createOrder>[0], wish: string): Promise<string> {
  const made = await tx
    .selectFrom('sales_order')
    .select(['idempotency_key', 'status'])
    .where('clinic_id', '=', clinicId)
    .where('idempotency_key', 'like', `${wish}%`)
    .where((where) =>
      where.or([where('idempotency_key', '=', wish), where('idempotency_key', 'like', `${wish} again %`)]),
    )
    .execute();
  const standing = made.find((one) => !['cancelled', 'expired', 'refunded'].includes(one.status));
  if (standing) return standing.idempotency_key;
  return made.length === 0 ? wish : `${wish} again ${made.length}`;
}
