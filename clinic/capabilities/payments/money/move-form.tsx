import { randomUUID } from 'node:crypto';
import type { FormErrors } from '../../../platform/web/form.ts';
import { Field } from '../../../platform/web/layout/index.ts';
import { MONEY } from './money-page.tsx';

/** Cash that goes to the bank, or change that comes from there. */
export function MoveForm({ form: { values, errors }, currency }: { form: FormErrors; currency: string }) {
  const open = Object.keys(errors).length > 0;
  return (
    <details class="card no-print" open={open}>
      <summary>Bring cash to the bank, or fetch change</summary>
      <form method="post" action={MONEY.move} class="stack" novalidate>
        <input type="hidden" name="key" value={values.key ?? randomUUID()} />
        <input type="hidden" name="currency" value={currency} />
        <fieldset class="checks">
          <legend class="vh">Which way</legend>
          <label class="check">
            <input type="radio" name="to" value="bank" checked={values.to !== 'till'} />
            From the till to the bank
          </label>
          <label class="check">
            <input type="radio" name="to" value="till" checked={values.to === 'till'} />
            From the bank into the till
          </label>
        </fieldset>
        <Field name="amount" label={`Amount in ${currency}`} error={errors.amount}>
          {(control) => (
            <input
              inputMode="decimal"
              autocomplete="off"
              maxLength={20}
              value={values.amount ?? ''}
              {...control}
            />
          )}
        </Field>
        <button type="submit">Note it</button>
      </form>
    </details>
  );
}
