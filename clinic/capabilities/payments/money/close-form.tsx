import { ErrorSummary, Field, fieldId, Notice } from '../../../platform/web/layout/index.ts';
import { shortDate } from '../../../platform/web/wall-clock.ts';
import { amountInput } from '../core/amount.ts';
import type { Figures } from '../desk/figures.ts';
import { denominations, pieceField } from './cash-count.ts';
import type { DayPageProps } from './day-page-props.ts';
import { MONEY } from './money-page.tsx';

/** Counting the till: how many of each note and coin, or the sum alone; with a script the sum is worked out at once. */
export function CloseForm(props: DayPageProps & { readonly say: Figures }) {
  const { clinic, day, today, say, close: form, laterCashMinor } = props;
  const { values, errors } = form;
  if (day.lastClosed !== null && day.lastClosed > day.date) {
    return (
      <p class="card soft">
        This day was not closed by itself. Its cash was counted with{' '}
        {shortDate(day.lastClosed, clinic.locale, true)} at the latest.
      </p>
    );
  }
  const decimals = (amountInput(0, day.currency, clinic.locale).split(/[.,]/)[1] ?? '').length;
  return (
    <form
      method="post"
      action={MONEY.close}
      class="card stack no-print"
      novalidate
      data-cash-count
      data-expected={day.figures.expectedMinor}
      data-currency={day.currency}
      data-locale={clinic.locale}
      data-decimals={decimals}
    >
      <h2>Close the day</h2>
      <ErrorSummary
        errors={Object.entries(errors).map(([field, message]) => ({
          field,
          message,
          id: field === 'form' ? 'errors' : undefined,
        }))}
      />
      {day.date < today && laterCashMinor !== 0 && (
        <Notice kind="warn" title="Count what was there in the evening">
          <p>
            {say.exact(Math.abs(laterCashMinor))} in cash {laterCashMinor > 0 ? 'came in' : 'went out'} since
            then. It belongs to a later day.
          </p>
        </Notice>
      )}
      <input type="hidden" name="d" value={day.date} />
      <input type="hidden" name="currency" value={day.currency} />
      <input type="hidden" name="expected" value={day.figures.expectedMinor} />
      <Pieces {...props} />
      <Field
        name="total"
        label="Sum of the cash"
        error={errors.total}
        optional={denominations(day.currency).length > 0}
      >
        {(control) => (
          <input
            inputMode="decimal"
            autocomplete="off"
            maxLength={20}
            value={values.total ?? ''}
            data-cash-total
            {...control}
          />
        )}
      </Field>
      <output class="count-result" data-cash-result hidden />
      <Field
        name="note"
        label="Note"
        hint="Needed where the till is not what it should be."
        error={errors.note}
        optional
      >
        {(control) => (
          <textarea rows={2} maxLength={500} {...control}>
            {values.note ?? ''}
          </textarea>
        )}
      </Field>
      <button type="submit" class="primary">
        Close the day
      </button>
      <p class="tiny soft">
        A day is closed once. Its difference goes into the ledger, and what comes later is counted with the
        next day.
      </p>
    </form>
  );
}

function Pieces({ day, clinic, close: { values, errors } }: DayPageProps) {
  const pieces = denominations(day.currency);
  if (pieces.length === 0) return null;
  return (
    <fieldset class="pieces">
      <legend>How many of each</legend>
      {pieces.map((minor) => {
        const name = pieceField(minor);
        const id = fieldId(name);
        const error = errors[name];
        return (
          <div class="piece" key={minor}>
            <label for={id}>{pieceName(minor, day.currency, clinic.locale)}</label>
            <input
              id={id}
              name={name}
              inputMode="numeric"
              maxLength={4}
              autocomplete="off"
              value={values[name] ?? ''}
              data-piece={minor}
              aria-invalid={error ? 'true' : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
            />
            {error && (
              <small class="error" id={`${id}-error`}>
                {error}
              </small>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

function pieceName(minor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    trailingZeroDisplay: 'stripIfInteger',
  });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
