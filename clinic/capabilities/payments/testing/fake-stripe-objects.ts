import type { FakeCharge, FakeDispute, FakeIntent, FakeRefund, FakeSession } from './fake-stripe-account.ts';
import { textAt } from './form-body.ts';

// The API's objects as JSON, with the fields that matter here: https://docs.stripe.com/api

export type Json = Readonly<Record<string, unknown>>;

/** @param pages the origin of the page where the buyer pays */
export function sessionJson(session: FakeSession, pages: string, expand = false): Json {
  const { given, intent } = session;
  return {
    id: session.id,
    object: 'checkout.session',
    amount_subtotal: session.amount,
    amount_total: session.amount,
    cancel_url: textAt(given, 'cancel_url'),
    client_reference_id: textAt(given, 'client_reference_id'),
    created: session.created,
    currency: session.currency,
    customer: null,
    customer_email: textAt(given, 'customer_email'),
    expires_at: session.expiresAt,
    livemode: false,
    locale: textAt(given, 'locale'),
    metadata: given.metadata ?? {},
    mode: 'payment',
    payment_intent: intent && expand ? intentJson(intent) : (intent?.id ?? null),
    payment_status: session.paid ? 'paid' : 'unpaid',
    status: session.status,
    success_url: textAt(given, 'success_url'),
    url: session.status === 'open' ? `${pages}/c/pay/${session.id}` : null,
  };
}

export function intentJson(intent: FakeIntent, expand = false): Json {
  const { charge } = intent;
  return {
    id: intent.id,
    object: 'payment_intent',
    amount: intent.amount,
    amount_received: charge ? intent.amount : 0,
    currency: intent.currency,
    last_payment_error: intent.error
      ? { type: 'card_error', code: 'card_declined', message: intent.error }
      : null,
    latest_charge: charge && expand ? chargeJson(intent, charge, true) : (charge?.id ?? null),
    livemode: false,
    metadata: intent.metadata,
    status: intent.status,
  };
}

export function chargeJson(intent: FakeIntent, charge: FakeCharge, expand = false): Json {
  const { id, fee } = charge.balance;
  return {
    id: charge.id,
    object: 'charge',
    amount: charge.amount,
    amount_refunded: charge.amountRefunded,
    balance_transaction: expand ? balanceJson(id, charge.amount, fee, intent.currency) : id,
    currency: intent.currency,
    disputed: charge.disputed,
    livemode: false,
    metadata: intent.metadata,
    paid: true,
    payment_intent: intent.id,
    refunded: charge.amountRefunded === charge.amount,
    status: 'succeeded',
  };
}

function balanceJson(id: string, amount: number, fee: number, currency: string): Json {
  return { id, object: 'balance_transaction', amount, fee, net: amount - fee, currency };
}

export function refundJson(refund: FakeRefund): Json {
  return {
    id: refund.id,
    object: 'refund',
    amount: refund.amount,
    charge: refund.intent.charge?.id ?? null,
    currency: refund.intent.currency,
    metadata: refund.metadata,
    payment_intent: refund.intent.id,
    status: refund.status,
    ...(refund.failure ? { failure_reason: refund.failure } : {}),
  };
}

export function disputeJson(dispute: FakeDispute): Json {
  const { intent, amount, fee } = dispute;
  return {
    id: dispute.id,
    object: 'dispute',
    amount,
    balance_transactions: /^warning/.test(dispute.status)
      ? []
      : [balanceJson(fee.id, -amount, fee.fee, intent.currency)],
    charge: intent.charge?.id ?? null,
    currency: intent.currency,
    livemode: false,
    payment_intent: intent.id,
    reason: 'fraudulent',
    status: dispute.status,
  };
}
