import type { RefundState } from '../provider.ts';

/** What is read of a refund, as the API answers it and as a notice carries it. */
export interface RefundSeen {
  readonly id: string;
  readonly status: string | null;
  readonly failure_reason?: string | undefined;
}

// https://docs.stripe.com/api/refunds/object, `failure_reason`
const REASONS: Readonly<Record<string, string>> = {
  lost_or_stolen_card: 'The card was reported lost or stolen.',
  expired_or_canceled_card: 'The card has expired or was cancelled.',
  charge_for_pending_refund_disputed: 'The payer disputed the payment before the refund arrived.',
  insufficient_funds: 'The balance at Stripe is too low.',
  declined: 'The bank declined the refund.',
  merchant_request: 'The refund was cancelled at Stripe.',
};

/** How a refund stands. What waits for somebody to act is pending; what was cancelled has failed. */
export function refundState(refund: RefundSeen): RefundState {
  const { id: ref, status } = refund;
  if (status === 'succeeded') return { ref, state: 'succeeded', reason: null };
  if (status === 'failed' || status === 'canceled')
    return {
      ref,
      state: 'failed',
      reason: REASONS[refund.failure_reason ?? ''] ?? 'The bank did not accept the refund.',
    };
  return { ref, state: 'pending', reason: null };
}
