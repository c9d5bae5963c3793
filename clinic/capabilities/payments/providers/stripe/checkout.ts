import type Stripe from 'stripe';
import type { CheckoutRequest, CheckoutState } from '../provider.ts';
import { fromStripe, toStripe } from './amounts.ts';
import { stripeLocale } from './locale.ts';

/**
 * A Checkout Session for what is asked. Equal requests give equal parameters, which a repeat with the same
 * idempotency key must have; therefore its end is the request's and not counted from now.
 *
 * @throws RangeError when the lines do not add up to the amount
 * @throws ProviderRefused where Stripe cannot take an amount as fine as this
 */
export function sessionOf(request: CheckoutRequest): Stripe.Checkout.SessionCreateParams {
  const { amountMinor, currency, lines, paymentId, orderNumber } = request;
  const sum = lines.reduce((total, line) => total + line.amountMinor, 0);
  if (amountMinor <= 0 || sum !== amountMinor)
    throw new RangeError(`The lines add up to ${sum}, the amount to be paid is ${amountMinor}`);
  return {
    mode: 'payment',
    line_items: lines.map((line) => ({
      quantity: 1,
      price_data: {
        currency: currency.toLowerCase(),
        unit_amount: toStripe(line.amountMinor, currency),
        product_data: { name: line.description },
      },
    })),
    client_reference_id: paymentId,
    metadata: { payment_id: paymentId },
    payment_intent_data: { description: `Order ${orderNumber}`, metadata: { payment_id: paymentId } },
    // What is owed stands in one currency; Stripe would otherwise offer the buyer's own.
    adaptive_pricing: { enabled: false },
    // Whole seconds, and never less than what was asked for: Stripe's minimum is 30 minutes to the second.
    expires_at: Math.ceil(request.expiresAt / 1000),
    locale: stripeLocale(request.locale),
    success_url: request.successUrl,
    cancel_url: request.cancelUrl,
    ...(request.payerEmail ? { customer_email: request.payerEmail } : {}),
  };
}

/** What is read of a session, as the API answers it and as a notice carries it. */
export interface SessionSeen {
  readonly status: string | null;
  readonly payment_status: string;
  readonly payment_intent:
    | string
    | {
        readonly id: string;
        readonly status: string;
        readonly last_payment_error: { readonly message?: string | undefined } | null;
      }
    | null;
  readonly amount_total: number | null;
  readonly currency: string | null;
}

/**
 * How a checkout stands. A declined attempt on an open session is no failure: the buyer may try another card there.
 * A complete one whose payment went back to wanting a method is: the bank said no afterwards.
 *
 * @throws TypeError when a paid session does not say what was paid
 */
export function checkoutState(session: SessionSeen): CheckoutState {
  const intent = session.payment_intent;
  if (session.payment_status === 'paid') {
    if (!intent || session.amount_total === null || !session.currency)
      throw new TypeError('A paid Checkout Session names no payment, amount or currency');
    return {
      state: 'paid',
      payment: typeof intent === 'string' ? intent : intent.id,
      amountMinor: fromStripe(session.amount_total, session.currency),
      currency: session.currency.toUpperCase(),
    };
  }
  if (session.status === 'expired') return { state: 'expired' };
  if (session.status !== 'complete') return { state: 'open' };
  if (intent && typeof intent !== 'string' && /^(requires_payment_method|canceled)$/.test(intent.status))
    return { state: 'failed', reason: intent.last_payment_error?.message ?? FAILED_AFTERWARDS };
  return { state: 'processing' };
}

/** Why a payment failed that the buyer had completed, where Stripe gives no reason. */
export const FAILED_AFTERWARDS = 'The bank did not make the payment.';
