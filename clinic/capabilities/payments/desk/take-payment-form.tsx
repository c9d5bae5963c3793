import { ErrorSummary, Field } from '../../../platform/web/layout/index.ts';
import { amountInput } from '../core/amount.ts';
import type { PartProps } from './order-page-props.ts';

const METHODS = [
  ['cash', 'Cash'],
  ['card_terminal', 'Card terminal'],
  ['bank_transfer', 'Bank transfer'],
] as const;

/** Takes all that is open, or a part. Works by keyboard alone: arrows choose the method, Enter takes the payment. */
export function TakePaymentForm({ shown, figures, clinic, refused, pressKey, takeNow }: PartProps) {
  const { order } = shown;
  const mine = refused?.form === 'take' ? refused : undefined;
  const values = mine?.values ?? {};
  const errors = mine?.errors ?? {};
  const method = METHODS.find(([one]) => one === values.method)?.[0] ?? 'cash';
  const amount = values.amount ?? amountInput(order.openMinor, order.currency, clinic.locale);
  return (
    <form
      method="post"
      action={`/desk/orders/${order.id}/payments`}
      class="card stack take-payment"
      aria-labelledby="take"
      id="take-payment"
      data-currency={order.currency}
      data-locale={clinic.locale}
      novalidate
    >
      <h2 id="take">Take payment</h2>
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      <input type="hidden" name="key" value={pressKey} />
      <fieldset>
        <legend class="vh">How it is paid</legend>
        <div class="methods">
          {METHODS.map(([value, label]) => (
            <label class="slot" key={value}>
              <input
                type="radio"
                name="method"
                value={value}
                checked={value === method}
                // Whoever pressed “Take payment” on the visit goes on here.
                autofocus={takeNow && value === method}
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      <Field
        name="amount"
        label="Amount"
        hint={`${figures.money(order.openMinor)} is open. A part is fine too.`}
        error={errors.amount}
      >
        {(control) => <input {...control} inputMode="decimal" autocomplete="off" value={amount} />}
      </Field>
      <div class="if-cash">
        <Field name="given" label="Given" hint="To work out the change." error={errors.given} optional>
          {(control) => (
            <input {...control} inputMode="decimal" autocomplete="off" value={values.given ?? ''} />
          )}
        </Field>
        <output class="change" for="field-amount field-given" id="change" />
      </div>
      <div class="if-reference">
        <Field
          name="reference"
          label="Reference"
          hint="What the terminal's slip or the bank calls it."
          error={errors.reference}
        >
          {(control) => (
            <input {...control} autocomplete="off" maxLength={100} value={values.reference ?? ''} />
          )}
        </Field>
      </div>
      <button type="submit" class="primary roomy">
        Take payment
      </button>
    </form>
  );
}
