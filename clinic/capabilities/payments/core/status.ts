import type { OrderStatus } from '../../../platform/database/schema-of-payments.ts';

/** Everything that decides what state an order is in. Amounts in minor units. */
export interface OrderFacts {
  readonly totalMinor: number;
  /** Received so far, and given back so far, by the ledger. */
  readonly paidMinor: number;
  readonly refundedMinor: number;
  /** A dispute that is open, or was lost. */
  readonly disputed: boolean;
  readonly cancelled: boolean;
  /** The time to pay is over and no payment is under way. */
  readonly expired: boolean;
}

/**
 * The state of an order. It follows from the facts alone, so notices that arrive in another order lead to the same
 * end. What was paid twice and given back leaves an order paid.
 */
export function orderStatus(facts: OrderFacts): OrderStatus {
  const { totalMinor, paidMinor, refundedMinor } = facts;
  if (facts.disputed) return 'disputed';
  const surplus = Math.max(0, paidMinor - totalMinor);
  if (refundedMinor > surplus) return refundedMinor >= paidMinor ? 'refunded' : 'partly_refunded';
  if (paidMinor >= totalMinor) return 'paid';
  if (paidMinor > 0) return 'part_paid';
  if (facts.cancelled) return 'cancelled';
  return facts.expired ? 'expired' : 'awaiting_payment';
}
