import type { FastifyInstance } from 'fastify';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { formValues } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { requireStaff } from '../../accounts/index.ts';
import { cancelOrder } from '../core/desk.ts';
import { EntitlementError, useEntitlement } from '../core/entitlements.ts';
import { OrderError } from '../core/orders.ts';
import { paymentsOf } from '../payments-of.ts';
import { goTo, orderHref, UUID } from './find-order.ts';
import { orderForVisit } from './order-for-visit.ts';
import { moneyOfAppointments } from './visit-money.ts';

/** From a visit to its money in one press: an order for it or for a fee, or what was bought before. */
export function visitRoutes(app: FastifyInstance, platform: Platform): void {
  const desk = { preHandler: requireStaff('front_desk', 'owner') };

  app.post('/desk/orders/for-visit', desk, async (request, reply) => {
    const { appointment = '', product = '' } = formValues(request.body);
    if (!UUID.test(appointment) || (product !== '' && !UUID.test(product))) throw notFound('visit');
    const visit = { appointmentId: appointment, productId: product || null };
    const orderId = await spoken(appointment, async () =>
      orderForVisit(await paymentsOf(platform, request), visit),
    );
    if (!orderId) throw notFound('visit');
    return goTo(reply, orderHref(orderId, { take: 'now' }));
  });

  app.post('/desk/orders/use', desk, async (request, reply) => {
    const { appointment = '', entitlement = '' } = formValues(request.body);
    if (!UUID.test(appointment) || !UUID.test(entitlement)) throw notFound('visit');
    const unpaid = await spoken(appointment, () =>
      inClinic(request.context, (clinic) =>
        useForVisit(clinic, appointment, entitlement, platform.clock.now()),
      ),
    );
    if (unpaid) await cancelOrder(await paymentsOf(platform, request), unpaid, PAID_OTHERWISE);
    return goTo(reply, `/desk/appointments/${appointment}#visit-money`);
  });
}

const PAID_OTHERWISE = 'The visit is paid with what was bought before.';

/**
 * Pays for a visit with what was bought before, unless it is paid already.
 *
 * @returns the order that was to pay for it and is not needed any more
 */
async function useForVisit(
  clinic: ClinicTransaction,
  appointmentId: string,
  entitlementId: string,
  now: number,
): Promise<string | null> {
  const { tx, clinicId } = clinic;
  const visit = await tx
    .selectFrom('appointment')
    .select(['patient_id', 'service_id', 'status'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', appointmentId)
    .forUpdate()
    .executeTakeFirst();
  if (!visit) throw notFound('visit');
  const money = (await moneyOfAppointments(clinic, [appointmentId])).get(appointmentId);
  if (visit.status === 'cancelled' || money?.state !== 'to_pay' || money.order?.paidMinor)
    throw new EntitlementError('This visit is paid already, or cancelled.');
  const known = await tx
    .selectFrom('entitlement_use')
    .select('entitlement_id')
    .where('clinic_id', '=', clinicId)
    .where('appointment_id', '=', appointmentId)
    .executeTakeFirst();
  if (known) throw new EntitlementError('This visit was booked with something that has been refunded.');
  await useEntitlement(
    clinic,
    entitlementId,
    { appointmentId, patientId: visit.patient_id, serviceId: visit.service_id },
    now,
  );
  return money.order?.id ?? null;
}

/** Turns what cannot be sold or used into a page that says why. */
async function spoken<T>(appointmentId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OrderError || error instanceof EntitlementError)) throw error;
    const back = { href: `/desk/appointments/${appointmentId}`, label: 'Back to the visit' };
    throw new UserError(409, 'Nothing was changed', error.message, back);
  }
}
