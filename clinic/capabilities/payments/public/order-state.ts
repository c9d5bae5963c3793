import type { PaymentStatus } from '../../../platform/database/schema-of-payments.ts';
import type { Order } from '../core/orders.ts';

/** What an order's page says first. */
export type OrderState =
  | 'awaiting'
  | 'processing'
  | 'failed'
  | 'expired'
  | 'to_choose'
  | 'giving_back'
  | 'paid'
  | 'part_paid'
  | 'partly_refunded'
  | 'refunded'
  | 'cancelled'
  | 'disputed';

/**
 * Which page an order has now.
 *
 * @param payments newest first
 * @param stand whether the time to pay is over
 */
export function orderState(
  order: Pick<Order, 'status' | 'slot' | 'source' | 'paidMinor' | 'dueMinor'>,
  payments: readonly { readonly status: PaymentStatus }[],
  stand: { readonly over: boolean },
): OrderState {
  const { status } = order;
  if (status === 'disputed' || status === 'refunded' || status === 'cancelled') return status;
  if (order.slot === 'given_up') return 'giving_back';
  if (order.slot === 'to_choose') return 'to_choose';
  if (payments[0]?.status === 'processing') return 'processing';
  if (status === 'paid' || status === 'partly_refunded') return status;
  // A deposit that is paid in full makes the order stand; less than that is still to be paid.
  if (status === 'part_paid' && order.dueMinor === 0) return 'part_paid';
  // What was ordered at the desk stays open: only a checkout of it is over.
  const over = status === 'expired' || (stand.over && !payments.some(isOpen));
  if (over && order.source === 'online' && order.paidMinor === 0) return 'expired';
  return payments[0]?.status === 'failed' ? 'failed' : 'awaiting';
}

function isOpen({ status }: { readonly status: PaymentStatus }): boolean {
  return status === 'starting' || status === 'open';
}
