import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { claiming, dropHold } from '../../booking/index.ts';
import { mailPayLink } from './mails.ts';
import { createOrder, OrderError, readOrder, refreshStatus } from './orders.ts';
import type { Payments } from './payments.ts';
import { type FrozenPrice, freezePrice, type Sellable } from './prices.ts';
import { settleTaken, updateOrder } from './settle.ts';

export interface DeskOrderInput {
  readonly patientId: string;
  readonly payer: { readonly name: string; readonly email: string | null; readonly address?: string };
  readonly items: readonly (Sellable & { readonly quantity?: number })[];
  readonly appointmentId?: string | null;
  readonly key: string;
}

/**
 * Makes an order at the desk, for a visit or for anything that the clinic sells.
 *
 * @returns the order's id
 * @throws OrderError when something is not sold any more, or nothing is to be paid
 */
export async function orderAtDesk(payments: Payments, input: DeskOrderInput): Promise<string> {
  return inClinic(payments.context, async (clinic) => {
    const prices = [];
    for (const item of input.items) {
      const price = await freezePrice(clinic, item);
      if (!price) throw new OrderError('One of these is not sold any more.');
      prices.push(times(price, item.quantity ?? 1));
    }
    return createOrder(clinic, { ...input, source: 'desk', prices });
  });
}

const MOST_OF_A_LINE = 100;

/** The same price for several: each of its lines that many times. */
function times(price: FrozenPrice, quantity: number): FrozenPrice {
  if (price.lines.some((line) => line.quantity * quantity > MOST_OF_A_LINE))
    throw new OrderError(`One order takes at most ${MOST_OF_A_LINE} of a kind.`);
  return {
    ...price,
    totalMinor: price.totalMinor * quantity,
    lines: price.lines.map((line) => ({ ...line, quantity: line.quantity * quantity })),
  };
}

export interface TakenInput {
  readonly orderId: string;
  readonly method: 'cash' | 'card_terminal' | 'bank_transfer';
  readonly amountMinor: number;
  /** What the terminal or the bank calls it; needed for both. */
  readonly reference: string | null;
  /** The same key takes the same money once. */
  readonly key: string;
}

export type TakenRefusal =
  | { readonly ok: false; readonly reason: 'not_found' | 'not_positive' | 'no_reference' | 'closed' }
  | { readonly ok: false; readonly reason: 'too_much'; readonly openMinor: number };

/** Takes money at the desk, all that is open or a part of it. */
export async function takePayment(
  payments: Payments,
  input: TakenInput,
): Promise<{ readonly ok: true; readonly paymentId: string } | TakenRefusal> {
  if (!Number.isSafeInteger(input.amountMinor) || input.amountMinor <= 0)
    return { ok: false, reason: 'not_positive' };
  const reference = input.reference?.trim() || null;
  if (input.method !== 'cash' && !reference) return { ok: false, reason: 'no_reference' };
  return claiming(payments.context, async (clinic, thorough) => {
    const order = await readOrder(clinic, input.orderId, { lock: true });
    if (!order) return { ok: false, reason: 'not_found' } as const;
    const before = await clinic.tx
      .selectFrom('payment')
      .select('id')
      .where('clinic_id', '=', clinic.clinicId)
      .where('idempotency_key', '=', input.key)
      .executeTakeFirst();
    if (before) return { ok: true, paymentId: before.id } as const;
    if (order.openMinor === 0) return { ok: false, reason: 'closed' } as const;
    if (input.amountMinor > order.openMinor)
      return { ok: false, reason: 'too_much', openMinor: order.openMinor } as const;
    const paymentId = await settleTaken(clinic, thorough, payments, order.id, { ...input, reference });
    return { ok: true, paymentId } as const;
  });
}

/** Sends the payer the link to what is open; false where there is nothing to pay or no address. */
export async function sendPayLink(payments: Payments, orderId: string): Promise<boolean> {
  return inClinic(payments.context, async (clinic) => {
    const order = await readOrder(clinic, orderId, { lock: true });
    if (!order || order.openMinor === 0 || !(await mailPayLink(clinic, payments, orderId))) return false;
    await record(clinic, { action: 'order.link_sent', subject: { kind: 'order', id: orderId } });
    return true;
  });
}

/** Cancels an order that nothing was paid for. What was paid is refunded instead. */
export async function cancelOrder(payments: Payments, orderId: string, reason: string): Promise<boolean> {
  return inClinic(payments.context, async (clinic) => {
    const order = await readOrder(clinic, orderId, { lock: true });
    if (!order || order.paidMinor > 0 || order.cancelledAt !== null) return false;
    if (order.holdId) await dropHold(clinic, order.holdId);
    await updateOrder(clinic, orderId, {
      hold_id: null,
      // Nobody waits for the time any more: a payment that still comes goes back and books nothing.
      ...(order.slot === 'held' ? { slot: 'given_up' as const, booking: null } : {}),
      cancelled_at: new Date(payments.platform.clock.now()),
      cancel_reason: reason.trim().slice(0, 300) || null,
    });
    await refreshStatus(clinic, orderId);
    await record(clinic, { action: 'order.cancelled', subject: { kind: 'order', id: orderId } });
    return true;
  });
}
