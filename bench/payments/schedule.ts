import { type Order, readOrder } from '../../clinic/capabilities/payments/core/orders.ts';
import type { FakeSession } from '../../clinic/capabilities/payments/testing/fake-stripe-account.ts';
import type { Random } from '../../clinic/demo/random.ts';
import { inClinic } from '../../clinic/platform/database/in-clinic.ts';
import type { PostOffice } from './post-office.ts';
import type { Till } from './till.ts';

export const KINDS = ['package', 'visit', 'deposit', 'desk'] as const;
export type Kind = (typeof KINDS)[number];

/** One order and everything that happens to it, decided by a seed. */
export interface Schedule {
  readonly number: number;
  readonly kind: Kind;
  readonly random: Random;
  readonly till: Till;
  readonly post: PostOffice;
  readonly person: { givenName: string; familyName: string; birthDate: string; email: string; phone: null };
  /** The few times that everybody wants. */
  readonly wanted: readonly number[];
  readonly orderId: string;
  /** What was done, for whoever has to find out why. */
  readonly trace: string[];
}

/** One thing that can happen. It returns what came of it, or null where it cannot happen now. */
export interface Action {
  readonly name: string;
  readonly weight: number;
  readonly run: (schedule: Schedule) => Promise<string | null>;
}

export const FRONT_DESK = { kind: 'staff', id: 'front desk', role: 'front_desk' } as const;
export const WORKER = { kind: 'system', id: 'payments' } as const;

export async function orderOf({ till, orderId }: Schedule): Promise<Order> {
  const order = await inClinic(till.payments.context, (clinic) => readOrder(clinic, orderId));
  if (!order) throw new Error(`There is no order ${orderId}`);
  return order;
}

/** The checkouts that the provider has for this order, those included whose answer got lost. */
export function sessionsOf({ till, person }: Schedule): readonly FakeSession[] {
  till.fake.lapse();
  return [...till.fake.account.sessions.values()].filter((one) => one.given.customer_email === person.email);
}

export function openSessions(schedule: Schedule): readonly FakeSession[] {
  return sessionsOf(schedule).filter((one) => one.status === 'open');
}

/** The provider's payments of this order that took money. */
export function paidIntents(schedule: Schedule): readonly string[] {
  return sessionsOf(schedule).flatMap(({ intent }) => (intent?.charge ? [intent.id] : []));
}
