import type { FormErrors, FormValues } from '../../../platform/web/form.ts';
import { readAmount } from '../core/amount.ts';
import { type TakenRefusal, takePayment } from '../core/desk.ts';
import type { Order } from '../core/orders.ts';
import type { Payments } from '../core/payments.ts';
import { figuresOf } from './figures.ts';

const METHODS = ['cash', 'card_terminal', 'bank_transfer'] as const;
const KEY = /^[\w-]{8,80}$/;

export type TakenByForm =
  | { readonly ok: true; readonly paymentId: string; readonly changeMinor: number | null }
  | ({ readonly ok: false } & FormErrors);

/** Takes a payment as the form asks; what is wrong with the form is said beside its fields. */
export async function takeByForm(payments: Payments, order: Order, values: FormValues): Promise<TakenByForm> {
  const { clinic } = payments;
  const refuse = (field: string, message: string) =>
    ({ ok: false, values, errors: { [field]: message } }) as const;
  const method = METHODS.find((one) => one === values.method);
  if (!method) return refuse('method', 'Choose how it is paid');
  const amount = readAmount(values.amount ?? '', order.currency, clinic.locale);
  if (!amount.ok) return refuse('amount', amount.message);
  const given = method === 'cash' ? (values.given ?? '').trim() : '';
  const handed = given === '' ? null : readAmount(given, order.currency, clinic.locale);
  if (handed && !handed.ok) return refuse('given', handed.message);
  if (handed && handed.minor < amount.minor)
    return refuse('given', 'That is less than the amount. Take a part: lower the amount');
  const taken = await takePayment(payments, {
    orderId: order.id,
    method,
    amountMinor: amount.minor,
    reference: method === 'cash' ? null : (values.reference ?? '').slice(0, 100),
    key: `desk ${order.id} ${values.key && KEY.test(values.key) ? values.key : crypto.randomUUID()}`,
  });
  if (!taken.ok) return refuse(...refusalOf(taken, figuresOf(clinic, order.currency).money));
  return { ok: true, paymentId: taken.paymentId, changeMinor: handed ? handed.minor - amount.minor : null };
}

function refusalOf(
  refusal: TakenRefusal,
  money: (minor: number) => string,
): [field: string, message: string] {
  switch (refusal.reason) {
    case 'too_much':
      return ['amount', `Only ${money(refusal.openMinor)} is open. Take that, or less`];
    case 'closed':
      return ['amount', 'Nothing is open any more: somebody has just taken it, or the order is cancelled'];
    case 'no_reference':
      return ['reference', 'Enter what the slip or the bank calls this payment'];
    case 'not_positive':
      return ['amount', 'The amount must be more than 0'];
    case 'not_found':
      return ['amount', 'This order does not exist any more'];
  }
}
