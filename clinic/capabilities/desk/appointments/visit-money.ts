import type { FastifyRequest } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { Platform } from '../../../platform/web/server.ts';
import type { AppointmentDetails } from '../../booking/index.ts';
import { cancelOrder, moneyOfAppointments, paymentsOf, readVisitPanel } from '../../payments/index.ts';

/** Whether whoever asks takes payments and gives money back; clinicians only look. */
export function mayCharge({ staff }: Pick<FastifyRequest, 'staff'>): boolean {
  return staff?.role === 'front_desk' || staff?.role === 'owner';
}

/** What the payment panel of a visit shows. */
export function readPanel({ context }: FastifyRequest, appointment: AppointmentDetails, now: number) {
  const { status } = appointment;
  const visit = {
    id: appointment.id,
    serviceId: appointment.service.id,
    patientId: appointment.patient.id,
    missed: status === 'no_show' || (status === 'cancelled' && appointment.cancelledLate),
  };
  return inClinic(context, (clinic) => readVisitPanel(clinic, visit, now));
}

/**
 * What becomes of the money of a visit that the clinic has just cancelled: an order that nobody paid is called off,
 * what was bought comes back by itself, and where money shall go back the refund comes next.
 *
 * @returns where to go on, or null where nothing is left to do
 */
export async function afterCancelling(
  platform: Platform,
  request: FastifyRequest,
  appointmentId: string,
  wantsRefund: boolean,
): Promise<string | null> {
  const money = await inClinic(request.context, (clinic) => moneyOfAppointments(clinic, [appointmentId]));
  const order = money.get(appointmentId)?.order;
  if (!order) return null;
  if (order.paidMinor === 0) {
    await cancelOrder(await paymentsOf(platform, request), order.id, 'The clinic cancelled the visit.');
    return null;
  }
  return wantsRefund && mayCharge(request) ? `/desk/orders/${order.id}/refund` : null;
}
