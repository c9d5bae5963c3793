import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { ErrorSummary, Field, formatMoney, Notice } from '../../../platform/web/layout/index.ts';
import type { OrderPatient } from './new-order-form.ts';
import type { SoldHere } from './read-sold.ts';

export interface NewOrderPageProps {
  readonly clinic: Clinic;
  readonly patient: OrderPatient;
  readonly appointmentId: string | null;
  readonly sold: readonly SoldHere[];
  readonly form: FormErrors;
}

const SHELVES = [
  ['service', 'Visits'],
  ['package', 'Packages'],
  ['fee', 'Fees'],
] as const;

/** An order for somebody: how many of what, and who pays. */
export function NewOrderPage({ clinic, patient, appointmentId, sold, form }: NewOrderPageProps) {
  const { values, errors } = form;
  const lines = Object.entries(errors).map(([field, message]) => ({
    field,
    message,
    id:
      field === 'items'
        ? `quantity-${sold[0]?.id}`
        : sold.some((one) => one.id === field)
          ? `quantity-${field}`
          : undefined,
  }));
  return (
    <>
      <h1>Order for {patient.name}</h1>
      <ErrorSummary errors={lines} />
      {sold.length === 0 && (
        <Notice title="Nothing has a price yet">The owner enters prices in the settings.</Notice>
      )}
      <form method="post" action="/desk/orders" class="card stack narrow-card" novalidate id="new-order">
        <input type="hidden" name="key" value={values.key} />
        <input type="hidden" name="patient" value={patient.id} />
        {appointmentId && <input type="hidden" name="appointment" value={appointmentId} />}
        {SHELVES.map(([kind, title]) => {
          const shelf = sold.filter((one) => one.kind === kind);
          if (shelf.length === 0) return null;
          return (
            <fieldset key={kind}>
              <legend>{title}</legend>
              {shelf.map((one) => (
                <div class="sold" key={one.id}>
                  <label for={`quantity-${one.id}`}>
                    {one.name}{' '}
                    <span class="soft">{formatMoney(one.totalMinor, one.currency, clinic.locale)}</span>
                    {errors[one.id] && <small class="error line">{errors[one.id]}</small>}
                  </label>
                  <input
                    id={`quantity-${one.id}`}
                    name={`quantity-${one.id}`}
                    inputMode="numeric"
                    autocomplete="off"
                    maxLength={3}
                    placeholder="0"
                    value={values[`quantity-${one.id}`] ?? ''}
                    aria-invalid={errors[one.id] ? 'true' : undefined}
                  />
                </div>
              ))}
            </fieldset>
          );
        })}
        <PayerChoice patient={patient} form={form} />
        <button type="submit" class="primary">
          Make the order
        </button>
      </form>
    </>
  );
}

function PayerChoice({ patient, form }: Pick<NewOrderPageProps, 'patient' | 'form'>) {
  const { values, errors } = form;
  const other = values.payer === 'other';
  return (
    <fieldset class="payer-choice stack">
      <legend>Who pays</legend>
      <label class="choice">
        <input type="radio" name="payer" value="patient" checked={!other} />
        <span>
          {patient.name}
          <small class="line soft">{patient.email ?? 'no e-mail address'}</small>
        </span>
      </label>
      <label class="choice">
        <input type="radio" name="payer" value="other" checked={other} />
        Somebody else, such as a parent, an employer or a club
      </label>
      <div class="other-payer stack">
        <Field name="payer-name" label="Name" error={errors['payer-name']}>
          {({ required: _, ...control }) => (
            <input {...control} autocomplete="off" maxLength={200} value={values['payer-name'] ?? ''} />
          )}
        </Field>
        <Field name="payer-email" label="E-mail" error={errors['payer-email']} optional>
          {(control) => (
            <input {...control} type="email" autocomplete="off" value={values['payer-email'] ?? ''} />
          )}
        </Field>
        <Field name="payer-address" label="Address, for the receipt" error={errors['payer-address']} optional>
          {(control) => (
            <textarea {...control} rows={3} maxLength={500}>
              {values['payer-address'] ?? ''}
            </textarea>
          )}
        </Field>
      </div>
    </fieldset>
  );
}

/** Without a person there is nobody to sell to. */
export function WhoPage() {
  return (
    <>
      <h1>New order</h1>
      <p>Who is it for? Find the person, then press “New order” on their page.</p>
      <search>
        <form method="get" action="/desk/people" class="row people-search">
          <label class="field">
            Name, date of birth, telephone or e-mail
            <input type="search" name="q" autocomplete="off" />
          </label>
          <button class="primary" type="submit">
            Find
          </button>
        </form>
      </search>
    </>
  );
}
