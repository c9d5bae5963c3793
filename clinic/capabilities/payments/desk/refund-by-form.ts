import type { PaymentMethod } from '../../../platform/database/schema-of-payments.ts';
import type { FormErrors, FormValues } from '../../../platform/web/form.ts';
import { readAmount } from '../core/amount.ts';
import type { Payments } from '../core/payments.ts';
import { type RefundRefusal, refundOrder } from '../core/refunds.ts';
import { figuresOf } from './figures.ts';
import type { OrderOnDesk } from './read-order-page.ts';

const KEY = /^[\w-]{8,80}$/;

/** A part of a refund: what goes back to one of the payments. */
export interface RefundPart {
  readonly method: PaymentMethod;
  readonly amountMinor: number;
}

export type RefundByForm =
  | ({ readonly step: 'again' } & FormErrors)
  | { readonly step: 'confirm'; readonly values: FormValues; readonly parts: readonly RefundPart[] }
  | { readonly step: 'done'; readonly settled: boolean };

/**
 * Gives money back as the form asks, once somebody has confirmed it. Where a colleague was faster, what was typed is
 * kept and the form says what can still go back.
 */
export async function refundByForm(
  payments: Payments,
  shown: OrderOnDesk,
  values: FormValues,
): Promise<RefundByForm> {
  const { order, refundable } = shown;
  const { clinic } = payments;
  const refundableMinor = refundable.reduce((sum, one) => sum + one.leftMinor, 0);
  const amount = readAmount(values.amount ?? '', order.currency, clinic.locale);
  const reason = (values.reason ?? '').trim().slice(0, 300);
  const errors: Record<string, string> = {};
  const { money } = figuresOf(clinic, order.currency);
  if (!amount.ok) errors.amount = amount.message;
  if (reason === '') errors.reason = 'Say why; the reason stands on the credit note';
  if (!amount.ok || reason === '' || values.confirmed === 'change') return { step: 'again', values, errors };
  const key = values.key && KEY.test(values.key) ? values.key : crypto.randomUUID();
  if (values.confirmed !== 'yes') {
    if (amount.minor > refundableMinor)
      return { step: 'again', values, errors: { amount: tooMuch(refundableMinor, values, money) } };
    return { step: 'confirm', values: { ...values, reason, key }, parts: partsOf(refundable, amount.minor) };
  }
  const done = await refundOrder(payments, {
    orderId: order.id,
    amountMinor: amount.minor,
    reason,
    key: `desk-${key}`,
  });
  if (done.ok) return { step: 'done', settled: done.settled };
  return { step: 'again', values, errors: refusalOf(done, values, money) };
}

/** Newest payment first, as the money goes back. */
function partsOf(refundable: OrderOnDesk['refundable'], amountMinor: number): readonly RefundPart[] {
  const parts: RefundPart[] = [];
  let left = amountMinor;
  for (const { method, leftMinor } of refundable) {
    const part = Math.min(left, leftMinor);
    if (part > 0) parts.push({ method, amountMinor: part });
    left -= part;
  }
  return parts;
}

function refusalOf(
  refusal: RefundRefusal,
  values: FormValues,
  money: (minor: number) => string,
): Record<string, string> {
  switch (refusal.reason) {
    case 'too_much':
      return { amount: tooMuch(refusal.refundableMinor, values, money) };
    case 'no_reason':
      return { reason: 'Say why; the reason stands on the credit note' };
    case 'not_positive':
      return { amount: 'The amount must be more than 0' };
    case 'not_found':
      return { amount: 'This order does not exist any more' };
  }
}

/** The form carries how much could go back when it was shown: less by now means that a colleague was faster. */
function tooMuch(refundableMinor: number, values: FormValues, money: (minor: number) => string): string {
  const seen = /^\d{1,9}$/.test(values.seen ?? '') ? Number(values.seen) : refundableMinor;
  const most =
    refundableMinor === 0
      ? 'nothing more can be given back'
      : `at most ${money(refundableMinor)} can still be given back`;
  if (refundableMinor < seen) return `Somebody has just refunded a part of this order: ${most}`;
  return `That is more than was paid: ${most}`;
}
