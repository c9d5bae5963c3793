import { book } from '../../clinic/capabilities/booking/index.ts';
import { askAgain, startCheckout } from '../../clinic/capabilities/payments/core/checkout.ts';
import { giveUpTime } from '../../clinic/capabilities/payments/core/due.ts';
import {
  EntitlementError,
  readEntitlements,
  useEntitlement,
} from '../../clinic/capabilities/payments/core/entitlements.ts';
import { sendRefunds } from '../../clinic/capabilities/payments/core/refunds.ts';
import { inClinic } from '../../clinic/platform/database/in-clinic.ts';
import { type Action, openSessions, orderOf, type Schedule, sessionsOf } from './schedule.ts';

const ORIGIN = 'http://bench.test';

/** What the buyer does, here and on the provider's pages. */
export const BUYER: readonly Action[] = [
  { name: 'starts checkout', weight: 14, run: (schedule) => checkout(schedule, 1) },
  { name: 'starts checkout twice at once', weight: 4, run: (schedule) => checkout(schedule, 2) },
  { name: 'pays', weight: 16, run: pay },
  { name: 'is declined', weight: 3, run: decline },
  { name: 'pays later', weight: 4, run: payLater },
  { name: 'later payment ends', weight: 4, run: async (schedule) => settleLater(schedule) },
  { name: 'abandons', weight: 3, run: abandon },
  { name: 'comes back', weight: 5, run: comeBack },
  { name: 'books with what was bought', weight: 8, run: bookEntitled },
  { name: 'gives up the time', weight: 3, run: giveUp },
];

async function checkout({ till, orderId }: Schedule, times: number): Promise<string> {
  const started = await Promise.all(
    Array.from({ length: times }, () => startCheckout(till.payments, orderId, ORIGIN)),
  );
  return started.map((one) => (one.ok ? `to ${one.url.split('/').at(-1)}` : one.reason)).join(', ');
}

async function pay(schedule: Schedule): Promise<string | null> {
  const open = openSessions(schedule);
  if (open.length === 0) return null;
  const session = schedule.random.pick(open);
  schedule.till.fake.pay(session.id);
  return session.id;
}

async function decline(schedule: Schedule): Promise<string | null> {
  const open = openSessions(schedule);
  if (open.length === 0) return null;
  const session = schedule.random.pick(open);
  schedule.till.fake.declineOnce(session.id);
  return session.id;
}

async function payLater(schedule: Schedule): Promise<string | null> {
  const open = openSessions(schedule);
  if (open.length === 0) return null;
  const session = schedule.random.pick(open);
  schedule.till.fake.payLater(session.id);
  return session.id;
}

/** The bank decides about a payment that was to come later. */
export function settleLater(schedule: Schedule): string | null {
  const session = sessionsOf(schedule).find((one) => one.intent?.status === 'processing');
  if (!session) return null;
  const how = schedule.random.next() < 0.7 ? 'succeeded' : 'failed';
  schedule.till.fake.settleLater(session.id, how);
  return `${session.id} ${how}`;
}

async function abandon(schedule: Schedule): Promise<string | null> {
  const open = openSessions(schedule);
  if (open.length === 0) return null;
  const session = schedule.random.pick(open);
  schedule.till.fake.expire(session.id);
  return session.id;
}

async function comeBack({ till, orderId, random }: Schedule): Promise<string> {
  const how = random.next() < 0.7 ? 'read' : 'expire';
  await askAgain(till.payments, orderId, how);
  return how;
}

async function bookEntitled(schedule: Schedule): Promise<string | null> {
  const { till, orderId, random } = schedule;
  const entitlements = await inClinic(till.payments.context, (clinic) =>
    readEntitlements(clinic, { orderId }),
  );
  const usable = entitlements.filter((one) => one.left > 0);
  if (usable.length === 0) return null;
  const entitlement = random.pick(usable);
  const { first, followUp } = till.services;
  const service = entitlement.serviceId === first.id ? first : followUp;
  const start = random.pick(random.next() < 0.3 ? schedule.wanted : till.starts);
  try {
    const booked = await book(till.payments, {
      wish: { service, siteId: till.siteId, clinicianId: null },
      start,
      person: { patientId: entitlement.patientId },
      idempotencyKey: `with ${random.uuid()}`,
      source: 'online',
      also: (tx, visit) =>
        useEntitlement(tx, entitlement.id, { ...visit, serviceId: service.id }, Date.now()),
    });
    return booked.ok ? `${service.slug} ${new Date(start).toISOString()}` : booked.reason;
  } catch (error) {
    if (error instanceof EntitlementError) return error.message;
    throw error;
  }
}

async function giveUp(schedule: Schedule): Promise<string | null> {
  const { till, orderId } = schedule;
  if ((await orderOf(schedule)).slot !== 'to_choose') return null;
  const gave = await inClinic(till.payments.context, (clinic) =>
    giveUpTime(clinic, orderId, 'The buyer wants no other time.', Date.now()),
  );
  await sendRefunds(till.payments, orderId);
  return String(gave);
}
