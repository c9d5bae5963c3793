import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { bookWithin, claiming, dropHold, type RefusalReason, readCatalogue } from '../../booking/index.ts';
import { giveUpTime } from '../core/due.ts';
import { readOrder } from '../core/orders.ts';
import type { Payments } from '../core/payments.ts';
import { sendRefunds } from '../core/refunds.ts';
import { bookedFor, updateOrder } from '../core/settle.ts';

/** Makes an order that nothing was paid for yet one for another time. False where that is too late. */
export async function changeTime(payments: Payments, orderId: string, start: number): Promise<boolean> {
  return inClinic(payments.context, async (clinic) => {
    const order = await readOrder(clinic, orderId, { lock: true });
    if (!order?.booking || order.slot !== 'held' || order.paidMinor > 0 || order.cancelledAt !== null)
      return false;
    if (order.booking.start === start) return true;
    if (order.holdId) await dropHold(clinic, order.holdId);
    await updateOrder(clinic, orderId, { booking: { ...order.booking, start }, hold_id: null });
    await record(clinic, { action: 'order.time_changed', subject: { kind: 'order', id: orderId } });
    return true;
  });
}

export type Chosen =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: RefusalReason | 'settled' };

/**
 * Books another time for whoever paid for one that had gone, in one transaction with everything that ties the order
 * to it. `settled`: somebody has chosen, or the money is on its way back.
 */
export async function chooseTime(
  payments: Payments,
  orderId: string,
  start: number,
  viewerZone: string | null,
): Promise<Chosen> {
  const { context, clinic: house, platform } = payments;
  return claiming(context, async (clinic, thorough): Promise<Chosen> => {
    const order = await readOrder(clinic, orderId, { lock: true });
    if (order?.slot !== 'to_choose' || !order.booking || !order.patientId)
      return { ok: false, reason: 'settled' };
    const { booking, patientId } = order;
    const catalogue = await readCatalogue(context, house.catalogueVersion);
    const service = catalogue.service(booking.serviceId);
    if (!service) return { ok: false, reason: 'closed' };
    const booked = await bookWithin(clinic, thorough, payments, {
      wish: { service, siteId: booking.siteId, clinicianId: booking.clinicianId },
      start,
      person: { patientId },
      idempotencyKey: `order ${orderId}`,
      source: 'online',
      viewerZone: viewerZone ?? booking.viewerZone,
      safety: booking.safety,
      also: (tx, visit) => bookedFor(tx, orderId, visit, platform.clock.now()),
    });
    if (!booked.ok) return booked;
    await record(clinic, { action: 'order.time_chosen', subject: { kind: 'order', id: orderId } });
    return { ok: true };
  });
}

/** Gives the time up for good: the money goes back, now or as soon as the provider can be reached. */
export async function takeMoneyBack(payments: Payments, orderId: string): Promise<void> {
  await inClinic(payments.context, async (clinic) => {
    const given = await giveUpTime(
      clinic,
      orderId,
      'The time had gone, and the buyer asked for the money back.',
      payments.platform.clock.now(),
    );
    if (given) await record(clinic, { action: 'order.given_up', subject: { kind: 'order', id: orderId } });
  });
  await sendRefunds(payments, orderId);
}
