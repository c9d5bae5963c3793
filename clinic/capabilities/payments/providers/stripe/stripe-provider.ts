import Stripe from 'stripe';
import {
  type CheckoutRequest,
  type CheckoutState,
  type Provider,
  type ProviderFee,
  ProviderRefused,
  ProviderUnavailable,
  type RefundState,
  type StartedCheckout,
} from '../provider.ts';
import { fromStripe, toStripe } from './amounts.ts';
import { checkoutState, sessionOf } from './checkout.ts';
import { asking, stripeClient } from './client.ts';
import { readNotice } from './notice.ts';
import { refundState } from './refund.ts';

export interface StripeOptions {
  readonly secretKey: string;
  /** Null where the owner has not entered it yet: then no notice can be proven, and Stripe is only asked. */
  readonly webhookSecret: string | null;
  /** The origin of Stripe's API. */
  readonly apiUrl: string;
}

const STRIPE_API = 'https://api.stripe.com';
const STRIPE_PAGES = 'https://checkout.stripe.com';

/** Stripe lets no checkout be shorter: https://docs.stripe.com/api/checkout/sessions/create, `expires_at`. */
const STRIPE_MINIMUM_MS = 30 * 60_000;

/** Stripe Checkout for one clinic's own Stripe account. Card data is typed on Stripe's pages alone. */
export function stripeProvider({ secretKey, webhookSecret, apiUrl }: StripeOptions): Provider {
  const stripe = stripeClient(secretKey, apiUrl);
  const origin = new URL(apiUrl).origin;
  return {
    method: 'stripe',
    origins: [origin === STRIPE_API ? STRIPE_PAGES : origin],
    startCheckout: (request) => startCheckout(stripe, request),
    readCheckout: (ref) => readCheckout(stripe, ref),
    expireCheckout: (ref) => expireCheckout(stripe, ref),
    refund: (request) => refund(stripe, request),
    readNotice: (body, signature, now) => readNotice(body, signature, webhookSecret, now),
    readFee: (payment) => readFee(stripe, payment),
  };
}

async function startCheckout(stripe: Stripe, request: CheckoutRequest): Promise<StartedCheckout> {
  const session = await createSession(stripe, request, `checkout-${request.paymentId}`).catch((error) => {
    if (!endsTooSoon(error)) throw error;
    // An earlier call for this payment never arrived, and by now there is less left than Stripe's 30 minutes. It may
    // take money longer than was asked; whoever asked ends it in time with `expireCheckout`.
    const later = { ...request, expiresAt: request.expiresAt + STRIPE_MINIMUM_MS };
    return createSession(stripe, later, `checkout-${request.paymentId}-later`);
  });
  if (!session.url) throw new ProviderRefused('Stripe gave the checkout no address');
  return { ref: session.id, url: session.url };
}

function createSession(stripe: Stripe, request: CheckoutRequest, idempotencyKey: string) {
  return asking(() => stripe.checkout.sessions.create(sessionOf(request), { idempotencyKey }));
}

function endsTooSoon(error: unknown): boolean {
  const cause = error instanceof ProviderRefused ? error.cause : null;
  return cause instanceof Stripe.errors.StripeInvalidRequestError && cause.param === 'expires_at';
}

async function readCheckout(stripe: Stripe, ref: string): Promise<CheckoutState> {
  const session = await asking(() => stripe.checkout.sessions.retrieve(ref, { expand: ['payment_intent'] }));
  return checkoutState(session);
}

async function expireCheckout(stripe: Stripe, ref: string): Promise<CheckoutState> {
  try {
    return checkoutState(await asking(() => stripe.checkout.sessions.expire(ref)));
  } catch (error) {
    // Only an open session can be expired: this one was paid, or has expired by itself.
    if (!(error instanceof ProviderRefused)) throw error;
    const state = await readCheckout(stripe, ref);
    if (state.state === 'open') throw new ProviderUnavailable(error.message, { cause: error });
    return state;
  }
}

async function refund(stripe: Stripe, request: Parameters<Provider['refund']>[0]): Promise<RefundState> {
  const { refundId, payment, amountMinor, currency } = request;
  try {
    // Stripe forgets an idempotency key after a day. What was refunded once must not be refunded again then.
    const made = await asking(() => stripe.refunds.list({ payment_intent: payment, limit: 100 }));
    const before = made.data.find((one) => one.metadata?.refund_id === refundId);
    if (before) return refundState(before);
    const created = await asking(() =>
      stripe.refunds.create(
        {
          payment_intent: payment,
          amount: toStripe(amountMinor, currency),
          metadata: { refund_id: refundId },
        },
        { idempotencyKey: `refund-${refundId}` },
      ),
    );
    return refundState(created);
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error;
    return { ref: null, state: 'failed', reason: error.message };
  }
}

async function readFee(stripe: Stripe, payment: string): Promise<ProviderFee | null> {
  const intent = await asking(() =>
    stripe.paymentIntents.retrieve(payment, { expand: ['latest_charge.balance_transaction'] }),
  );
  const charge = intent.latest_charge;
  if (!charge || typeof charge === 'string') return null;
  const booked = charge.balance_transaction;
  if (!booked || typeof booked === 'string') return null;
  const { id, fee, currency } = booked;
  return { ref: id, amountMinor: fromStripe(fee, currency), currency: currency.toUpperCase() };
}
