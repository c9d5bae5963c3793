import { book, cancelAppointment } from '../../clinic/capabilities/booking/index.ts';
import { cancelOrder, takePayment } from '../../clinic/capabilities/payments/core/desk.ts';
import { settleDue } from '../../clinic/capabilities/payments/core/due.ts';
import { refundOrder } from '../../clinic/capabilities/payments/core/refunds.ts';
import { type Action, FRONT_DESK, orderOf, type Schedule, WORKER } from './schedule.ts';

/** What the clinic does, and the clock. */
export const CLINIC: readonly Action[] = [
  { name: 'desk refunds', weight: 4, run: (schedule) => refund(schedule, 1) },
  { name: 'two at the desk refund at once', weight: 3, run: (schedule) => refund(schedule, 2) },
  { name: 'desk takes money', weight: 5, run: take },
  { name: 'desk cancels the order', weight: 3, run: cancel },
  { name: 'a visit is cancelled', weight: 6, run: cancelVisit },
  { name: 'somebody else takes the time', weight: 6, run: rival },
  { name: 'the time to pay passes', weight: 6, run: lapse },
  { name: 'the time to choose passes', weight: 3, run: choosePasses },
  { name: 'the worker settles', weight: 4, run: work },
];

async function refund(schedule: Schedule, people: number): Promise<string | null> {
  const { till, orderId, random } = schedule;
  const order = await orderOf(schedule);
  const kept = order.paidMinor - order.refundedMinor;
  if (kept <= 0) return null;
  const amountMinor = random.next() < 0.4 ? kept : 1 + random.below(kept);
  const answers = await Promise.all(
    Array.from({ length: people }, () =>
      refundOrder(till.as(FRONT_DESK), {
        orderId,
        amountMinor,
        reason: 'One visit less',
        key: random.uuid(),
      }),
    ),
  );
  return `${amountMinor}: ${answers.map((one) => (one.ok ? 'given back' : one.reason)).join(', ')}`;
}

async function take(schedule: Schedule): Promise<string | null> {
  const { till, orderId, random } = schedule;
  const { openMinor, source, paidMinor } = await orderOf(schedule);
  if (openMinor <= 0 || (source === 'online' && paidMinor === 0)) return null;
  const taken = await takePayment(till.as(FRONT_DESK), {
    orderId,
    method: random.pick(['cash', 'card_terminal', 'bank_transfer'] as const),
    amountMinor: random.next() < 0.6 ? openMinor : 1 + random.below(openMinor),
    reference: 'T-1',
    key: random.uuid(),
  });
  return taken.ok ? 'taken' : taken.reason;
}

async function cancel({ till, orderId }: Schedule): Promise<string> {
  return String(await cancelOrder(till.as(FRONT_DESK), orderId, 'Not wanted any more'));
}

/** One of the order's visits, by the clinic or by the patient. */
async function cancelVisit({ till, orderId, random }: Schedule): Promise<string | null> {
  const visits = await till.admin<{ id: string }[]>`
    select a.id from appointment a where a.clinic_id = ${till.id} and a.status = 'booked' and (
      a.id = (select appointment_id from sales_order where clinic_id = ${till.id} and id = ${orderId})
      or a.id in (select u.appointment_id from entitlement_use u
        join entitlement e on e.clinic_id = u.clinic_id and e.id = u.entitlement_id
        where u.clinic_id = ${till.id} and e.order_id = ${orderId}))
    order by a.id`;
  if (visits.length === 0) return null;
  const by = random.next() < 0.6 ? 'clinic' : 'patient';
  const answer = await cancelAppointment(till.payments, { appointmentId: random.pick(visits).id, by });
  return `${by}: ${answer.ok ? 'cancelled' : answer.reason}`;
}

async function rival(schedule: Schedule): Promise<string> {
  const { till, random, wanted } = schedule;
  const { booking } = await orderOf(schedule);
  const start = booking?.start ?? random.pick(wanted);
  const booked = await book(till.payments, {
    wish: { service: till.services.first, siteId: till.siteId, clinicianId: null },
    start,
    person: {
      givenName: 'Rival',
      familyName: `No ${random.below(1e6)}`,
      birthDate: null,
      email: null,
      phone: null,
    },
    idempotencyKey: `rival ${random.uuid()}`,
    source: 'desk',
  });
  return booked.ok ? `took ${new Date(start).toISOString()}` : booked.reason;
}

/** The checkout, its hold and the order run out by the database's clock; the provider's page may still be open. */
async function lapse(schedule: Schedule): Promise<string> {
  await letExpire(schedule);
  return '';
}

export async function letExpire({ till, orderId }: Schedule): Promise<void> {
  await till.admin.begin(async (tx) => {
    const hold = tx`(select hold_id from sales_order where clinic_id = ${till.id} and id = ${orderId})`;
    await tx`update sales_order set expires_at = now() - interval '1 second'
      where clinic_id = ${till.id} and id = ${orderId} and expires_at > now()`;
    await tx`update hold set expires_at = now() - interval '1 second' where clinic_id = ${till.id} and id = ${hold}`;
    await tx`update claim set expires_at = now() - interval '1 second' where clinic_id = ${till.id} and hold_id = ${hold}`;
    await tx`update payment set expires_at = now() - interval '1 second'
      where clinic_id = ${till.id} and order_id = ${orderId} and expires_at > now()`;
  });
}

async function choosePasses(schedule: Schedule): Promise<string | null> {
  const { till, orderId } = schedule;
  const { count } = await till.admin`update sales_order set choose_by = now() - interval '1 second'
    where clinic_id = ${till.id} and id = ${orderId} and slot = 'to_choose'`;
  return count > 0 ? '' : null;
}

async function work({ till }: Schedule): Promise<string> {
  await settleDue(till.as(WORKER));
  return '';
}
