import type { Clinic } from '../../../../platform/web/clinics.ts';
import { GaitStrip } from '../../../../platform/web/figures/gait-strip.tsx';
import type { FormValues } from '../../../../platform/web/form.ts';
import { Field, Notice, PUBLIC_ROUTES } from '../../../../platform/web/layout/index.ts';
import {
  type FieldErrors,
  FormProblems,
  HiddenFields,
  PersonFields,
  type Service,
} from '../../../booking/index.ts';
import { taxWithin } from '../../core/money.ts';
import { priceMark } from '../../core/prices.ts';
import { formatAmount, formatRate } from '../../papers/format.ts';
import { paysForAnother } from '../buy-form.ts';
import { type Offer, taxRows } from '../offers.ts';
import { Bring, PracticeBadge, Then } from './parts.tsx';
import { lineWords, months } from './receipt.tsx';

export interface BuyPageProps {
  readonly offer: Offer;
  readonly clinic: Clinic;
  readonly services: (id: string) => Service | undefined;
  readonly refundTerms: string;
  readonly practice: boolean;
  readonly payable: boolean;
  readonly values: FormValues;
  readonly errors: FieldErrors;
  readonly formKey: string;
  /** What it cost when the page was opened, where that is not what it costs now; minor units. */
  readonly priceBefore: number | null;
}

/** What is bought, for how much, and what then; below it the form. */
export function BuyPage(props: BuyPageProps) {
  const { offer, practice, services, payable, clinic } = props;
  return (
    <div class="pay">
      <section class="stack done">
        {practice && <PracticeBadge paid={false} />}
        <h1>{offer.name}</h1>
        {offer.summary && <p class="lead">{offer.summary}</p>}
        {props.priceBefore !== null && <PriceChanged {...props} before={props.priceBefore} />}
      </section>
      <div class="paygrid buy">
        <PriceTable {...props} />
        {payable ? (
          <BuyForm {...props} />
        ) : (
          <Notice title="It cannot be paid online at the moment">
            <p>
              You can buy it at the clinic{clinic.phone ? `, or call ${clinic.phone}` : ''}.{' '}
              <a href={PUBLIC_ROUTES.office}>Send us a request</a>
            </p>
          </Notice>
        )}
        <div class="paycolumn">
          <Then steps={offer.steps} />
          <Bring lines={offer.bring} />
        </div>
      </div>
      {offer.price.lines.some(
        ({ serviceId }) => serviceId && services(serviceId)?.slug.startsWith('gait'),
      ) && (
        <GaitStrip caption="What we will see: hip, knee and ankle through each step. Drawn from simulated walking." />
      )}
    </div>
  );
}

function amountOf({ clinic, offer }: Pick<BuyPageProps, 'clinic' | 'offer'>) {
  const format = { currency: offer.price.currency, locale: clinic.locale, timeZone: clinic.timeZone };
  return (minor: number) => formatAmount(minor, format);
}

function PriceChanged(props: BuyPageProps & { before: number }) {
  const amount = amountOf(props);
  const { before, offer } = props;
  const title =
    before === offer.price.totalMinor
      ? 'What it consists of has changed'
      : `The price changed from ${amount(before)} to ${amount(offer.price.totalMinor)}`;
  return (
    <Notice kind="warn" title={title} live>
      <p>
        Nothing was ordered. What you typed is still here: send it again if you want to buy it as it is now.
      </p>
    </Notice>
  );
}

/** What it consists of and what each part costs. */
export function PriceTable(props: Pick<BuyPageProps, 'offer' | 'clinic' | 'services' | 'refundTerms'>) {
  const { offer, clinic, refundTerms } = props;
  const { lines, totalMinor } = offer.price;
  const amount = amountOf(props);
  const taxes = taxRows(
    lines.map((line) => ({ ...line, taxMinor: taxWithin(line.quantity * line.unitMinor, line.taxBp) })),
  );
  const words = [
    offer.validMonths ? `It can be booked for ${months(offer.validMonths)}.` : '',
    refundTerms,
  ].filter(Boolean);
  return (
    <section class="stack receipt" aria-labelledby="price">
      <h2 id="price">What you get</h2>
      <table>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index}>
              <th scope="row">{lineWords(props, line)}</th>
              <td class="n">{amount(line.quantity * line.unitMinor)}</td>
            </tr>
          ))}
          {taxes.map((tax) => (
            <tr key={`${tax.name} ${tax.rateBp}`}>
              <th scope="row">
                {tax.rateBp === 0 ? tax.name : `${tax.name} ${formatRate(tax.rateBp, clinic)}, contained`}
              </th>
              <td class="n">{amount(tax.taxMinor)}</td>
            </tr>
          ))}
          <tr class="sum">
            <th scope="row">Total</th>
            <td class="n">{amount(totalMinor)}</td>
          </tr>
        </tbody>
      </table>
      {words.length > 0 && <p class="tiny soft">{words.join(' ')}</p>}
    </section>
  );
}

function BuyForm(props: BuyPageProps) {
  const { offer, values, errors, formKey } = props;
  return (
    <form method="post" action={`/buy/${offer.slug}`} class="stack person card nextstep" noValidate>
      <h2>Who is it for?</h2>
      <FormProblems errors={errors} />
      <PersonFields values={values} errors={errors} />
      <PayerFields values={values} errors={errors} />
      <div class="field">
        <label class="choice">
          <input
            type="checkbox"
            id="field-terms"
            name="terms"
            value="yes"
            checked={values.terms === 'yes'}
            required
            aria-invalid={errors.terms ? 'true' : undefined}
            aria-describedby={errors.terms ? 'terms-error' : undefined}
          />
          <span>
            I buy {offer.name} for {amountOf(props)(offer.price.totalMinor)}
            {props.refundTerms ? ', and I have read what is said here about refunds' : ''}.
          </span>
        </label>
        {errors.terms && (
          <small class="error" id="terms-error">
            {errors.terms}
          </small>
        )}
      </div>
      <div class="stack">
        <p>
          <button type="submit" class="primary roomy">
            Continue to payment: {amountOf(props)(offer.price.totalMinor)}
          </button>
        </p>
        <p class="tiny soft">You pay on the next page. We never see the number of your card.</p>
      </div>
      <HiddenFields
        fields={{ key: formKey, price: priceMark(offer.price), seen: String(offer.price.totalMinor) }}
      />
    </form>
  );
}

function PayerFields({ values, errors }: Pick<BuyPageProps, 'values' | 'errors'>) {
  const wrong = ['payerName', 'payerEmail', 'payerAddress'].some((name) => errors[name]);
  return (
    <details open={wrong || paysForAnother(values)}>
      <summary>Somebody else pays</summary>
      <div class="stack payer">
        <Field name="payerName" label="Name of whoever pays" error={errors.payerName} optional>
          {(control) => (
            <input {...control} type="text" value={values.payerName} autocomplete="off" spellcheck={false} />
          )}
        </Field>
        <Field
          name="payerEmail"
          label="Send the receipt to"
          hint="Their e-mail address"
          error={errors.payerEmail}
          optional
        >
          {(control) => (
            <input {...control} type="email" value={values.payerEmail} autocomplete="off" inputmode="email" />
          )}
        </Field>
        <Field
          name="payerAddress"
          label="Their address"
          hint="If it is to stand on the receipt"
          error={errors.payerAddress}
          optional
        >
          {(control) => (
            <textarea {...control} rows={3}>
              {values.payerAddress}
            </textarea>
          )}
        </Field>
      </div>
    </details>
  );
}
