import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors, FormValues } from '../../../platform/web/form.ts';
import { ErrorSummary, Field, Notice } from '../../../platform/web/layout/index.ts';
import { figuresOf } from './figures.ts';
import type { OrderOnDesk } from './read-order-page.ts';
import type { RefundPart } from './refund-by-form.ts';
import { METHOD_NAMES, WAY_BACK } from './words.ts';

export interface RefundPageProps {
  readonly clinic: Clinic;
  readonly shown: OrderOnDesk;
  readonly form: FormErrors;
}

/** How much goes back, and why. */
export function RefundPage({ clinic, shown, form }: RefundPageProps) {
  const { order, refundable } = shown;
  const { money } = figuresOf(clinic, order.currency);
  const refundableMinor = refundable.reduce((sum, one) => sum + one.leftMinor, 0);
  const { values, errors } = form;
  return (
    <>
      <p class="crumbs">
        <a href={`/desk/orders/${order.id}`}>‹ Order {order.number}</a>
      </p>
      <h1>Refund of order {order.number}</h1>
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      {refundableMinor === 0 && (
        <Notice kind="plain" title="Nothing is left to give back">
          <p>What was paid has gone back already, or is on its way.</p>
        </Notice>
      )}
      <form
        method="post"
        action={`/desk/orders/${order.id}/refund`}
        class="card stack narrow-card"
        novalidate
      >
        <input type="hidden" name="key" value={values.key} />
        <input type="hidden" name="seen" value={refundableMinor} />
        <p>
          {order.payer.name} paid {money(order.paidMinor)}
          {order.refundedMinor > 0 && `, of which ${money(order.refundedMinor)} has gone back`}. Up to{' '}
          <b>{money(refundableMinor)}</b> can be given back:
        </p>
        <ul class="plain-list">
          {refundable.map((one) => (
            <li key={one.id}>
              {METHOD_NAMES[one.method]}, up to {money(one.leftMinor)}: {WAY_BACK[one.method]}
            </li>
          ))}
        </ul>
        <Field name="amount" label="Amount" error={errors.amount}>
          {(control) => (
            <input
              {...control}
              inputMode="decimal"
              autocomplete="off"
              class="amount"
              value={values.amount ?? ''}
            />
          )}
        </Field>
        <Field
          name="reason"
          label="Reason"
          hint="It stands on the credit note that the payer gets."
          error={errors.reason}
        >
          {(control) => <input {...control} maxLength={300} autocomplete="off" value={values.reason ?? ''} />}
        </Field>
        <button type="submit" class="primary">
          Go on
        </button>
      </form>
    </>
  );
}

/** The last look before money goes back. */
export function ConfirmRefundPage(props: {
  clinic: Clinic;
  shown: OrderOnDesk;
  values: FormValues;
  parts: readonly RefundPart[];
}) {
  const { clinic, shown, values, parts } = props;
  const { order } = shown;
  const { money } = figuresOf(clinic, order.currency);
  const amountMinor = parts.reduce((sum, part) => sum + part.amountMinor, 0);
  const all = amountMinor === order.paidMinor - order.refundedMinor;
  return (
    <>
      <p class="crumbs">
        <a href={`/desk/orders/${order.id}`}>‹ Order {order.number}</a>
      </p>
      <h1>Give back {money(amountMinor)}?</h1>
      <form method="post" action={`/desk/orders/${order.id}/refund`} class="card stack narrow-card">
        {['key', 'seen', 'amount', 'reason'].map((name) => (
          <input key={name} type="hidden" name={name} value={values[name] ?? ''} />
        ))}
        <ul class="plain-list">
          {parts.map((part) => (
            <li key={`${part.method} ${part.amountMinor}`}>
              <b>{money(part.amountMinor)}</b>, {METHOD_NAMES[part.method].toLowerCase()}:{' '}
              {WAY_BACK[part.method]}
            </li>
          ))}
        </ul>
        <p>Reason: {values.reason}</p>
        {all && shown.entitlements.length > 0 && (
          <Notice kind="warn" title="What was bought cannot be used afterwards">
            <p>Everything goes back, so nothing of this order is left to book. Booked visits stay booked.</p>
          </Notice>
        )}
        <p class="small soft">
          {order.payer.email
            ? `A credit note goes to ${order.payer.email}.`
            : 'The credit note can be printed from the order.'}
        </p>
        <div class="row">
          <button type="submit" name="confirmed" value="yes" class="primary">
            Give back {money(amountMinor)}
          </button>
          <button type="submit" name="confirmed" value="change">
            Change it
          </button>
        </div>
      </form>
    </>
  );
}
