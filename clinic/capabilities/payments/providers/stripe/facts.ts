import { z } from 'zod';
import type { Fact, Notice } from '../provider.ts';
import { fromStripe } from './amounts.ts';
import { checkoutState, FAILED_AFTERWARDS } from './checkout.ts';
import { refundState } from './refund.ts';

type Read = Pick<Notice, 'facts' | 'quiet'>;

const QUIET: Read = { facts: [], quiet: true };
const FOR_PEOPLE: Read = { facts: [] };

const currency = z.string().regex(/^[a-z]{3}$/i);
const reference = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]);
const metadata = z.record(z.string(), z.string()).nullish();

const sessionShape = z.object({
  id: z.string(),
  mode: z.string(),
  status: z.string().nullable(),
  payment_status: z.string(),
  payment_intent: reference.nullable(),
  amount_total: z.number().int().nullable(),
  currency: currency.nullable(),
  client_reference_id: z.string().nullish(),
  metadata,
});
const refundShape = z.object({
  id: z.string(),
  status: z.string().nullable(),
  failure_reason: z.string().optional(),
  payment_intent: reference,
  amount: z.number().int(),
  currency,
  metadata,
});
const balanceShape = z.object({ id: z.string(), fee: z.number().int(), currency });
const chargeShape = z.object({ payment_intent: reference, balance_transaction: balanceShape });
const payoutShape = z.object({ id: z.string(), amount: z.number().int(), currency, status: z.string() });
const disputeShape = z.object({
  id: z.string(),
  status: z.string(),
  payment_intent: reference,
  amount: z.number().int(),
  currency,
  balance_transactions: z.array(balanceShape).default([]),
});

/** What belongs to a payment of ours but says nothing that another notice does not say. */
const NEEDS_NOTHING = new Set([
  ...['created', 'processing', 'requires_action', 'payment_failed', 'succeeded', 'canceled'].map(
    (what) => `payment_intent.${what}`,
  ),
  ...['pending', 'failed', 'captured', 'expired', 'refunded', 'refund.updated'].map(
    (what) => `charge.${what}`,
  ),
  'charge.dispute.funds_reinstated',
  ...['created', 'updated', 'canceled', 'reconciliation_completed'].map((what) => `payout.${what}`),
  ...['customer.created', 'customer.updated', 'product.created', 'price.created', 'balance.available'],
  ...['payment_method.attached', 'payment_method.automatically_updated', 'payment_method.updated'],
]);

/**
 * What an event says about the clinic's money. One that this program does not know, or cannot read, has no facts; one
 * that it knows and that needs nothing is quiet.
 */
export function factsOf(type: string, object: Readonly<Record<string, unknown>>): Read {
  if (NEEDS_NOTHING.has(type)) return QUIET;
  switch (type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return checkout(type, object);
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return refund(object);
    case 'charge.succeeded':
    case 'charge.updated':
      return fee(object);
    case 'payout.paid':
    case 'payout.failed':
      return payout(type, object);
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.closed':
      return dispute(object);
    default:
      return FOR_PEOPLE;
  }
}

function checkout(type: string, object: unknown): Read {
  const { data: session } = sessionShape.safeParse(object);
  if (session?.mode !== 'payment') return FOR_PEOPLE;
  if (
    session.payment_status === 'paid' &&
    !(session.payment_intent && session.amount_total && session.currency)
  )
    return FOR_PEOPLE;
  return {
    facts: [
      {
        kind: 'checkout',
        ref: session.id,
        paymentId: session.metadata?.payment_id ?? session.client_reference_id ?? null,
        now: type.endsWith('failed')
          ? { state: 'failed', reason: FAILED_AFTERWARDS }
          : checkoutState(session),
      },
    ],
  };
}

function refund(object: unknown): Read {
  const { data } = refundShape.safeParse(object);
  if (!data) return FOR_PEOPLE;
  const { state, reason } = refundState(data);
  return {
    facts: [
      {
        kind: 'refund',
        ref: data.id,
        refundId: data.metadata?.refund_id ?? null,
        payment: data.payment_intent,
        ...money(data),
        state,
        reason,
      },
    ],
  };
}

/** Notices name the booking on Stripe's balance and seldom hold it: then its fee is asked for when it is needed. */
function fee(object: unknown): Read {
  const { data } = chargeShape.safeParse(object);
  const facts = data ? feeOf(data.payment_intent, data.balance_transaction) : [];
  return facts.length > 0 ? { facts } : QUIET;
}

/** A fee below zero is one that was given back, as after a dispute that was won. */
function feeOf(payment: string, booked: z.infer<typeof balanceShape>): Fact[] {
  if (booked.fee === 0) return [];
  const amount = money({ amount: booked.fee, currency: booked.currency });
  return [{ kind: 'fee', ref: booked.id, payment, ...amount }];
}

function payout(type: string, object: unknown): Read {
  const { data } = payoutShape.safeParse(object);
  if (!data) return FOR_PEOPLE;
  const state = type === 'payout.paid' ? 'paid' : 'failed';
  return { facts: [{ kind: 'payout', ref: data.id, ...money(data), state }] };
}

/**
 * An inquiry (its states begin with "warning") moves no money and is for people to answer; so is a dispute that was
 * prevented, for what became of the money is told by other notices.
 * https://docs.stripe.com/api/disputes/object, `status`
 */
function dispute(object: unknown): Read {
  const { data } = disputeShape.safeParse(object);
  if (!data) return FOR_PEOPLE;
  if (data.status === 'warning_closed') return QUIET;
  const state = disputeState(data.status);
  if (!state) return FOR_PEOPLE;
  const { id: ref, payment_intent: payment } = data;
  return {
    facts: [
      { kind: 'dispute', ref, payment, ...money(data), state },
      ...data.balance_transactions.flatMap((booked) => feeOf(payment, booked)),
    ],
  };
}

function disputeState(status: string): 'open' | 'won' | 'lost' | null {
  if (status === 'needs_response' || status === 'under_review') return 'open';
  return status === 'won' || status === 'lost' ? status : null;
}

function money(object: { readonly amount: number; readonly currency: string }) {
  return {
    amountMinor: fromStripe(object.amount, object.currency),
    currency: object.currency.toUpperCase(),
  };
}
