import type { FormErrors } from '../../../platform/web/form.ts';
import { fieldId } from '../../../platform/web/layout/index.ts';
import { CheckField, ChoiceGroup, SelectField, SettingsForm, TextArea, TextField } from '../parts/fields.tsx';
import { SETTINGS } from '../parts/settings-page.tsx';
import { needField } from './service-form.ts';

const MODES = [
  { value: 'site', label: 'At a site' },
  { value: 'telehealth', label: 'By video' },
];

/** Everything that makes a service. */
export function ServiceForm(props: {
  action: string;
  form: FormErrors;
  currency: string;
  /** Kinds that any resource or service names. */
  kinds: readonly string[];
  sites: readonly { readonly id: string; readonly name: string }[];
  taxes: readonly { readonly id: string; readonly label: string }[];
}) {
  const { action, form, currency, kinds, sites, taxes } = props;
  const siteOptions = sites.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <SettingsForm action={action} form={form} submit="Save" back={SETTINGS.services}>
      <TextField form={form} name="name" label="Name" max={120} />
      <TextArea form={form} name="summary" label="In a sentence or two, for patients" optional max={400} />
      <TextField
        form={form}
        name="price"
        label={`Price in ${currency}`}
        hint="Such as 60.00 or 60,00; 0 is free. Booked visits keep their price."
        type="decimal"
      />
      <ChoiceGroup form={form} name="mode" label="How people come" type="radio" options={MODES} />
      <ChoiceGroup
        form={form}
        name="sites"
        label="Sites that offer it"
        hint="Does not matter for a service by video."
        type="checkbox"
        options={siteOptions}
      />
      <Needs form={form} kinds={kinds} />
      <fieldset class="pair">
        <legend>Time</legend>
        <TextField form={form} name="durationMin" label="Length in minutes" type="number" />
        <TextField
          form={form}
          name="stepMin"
          label="Starts every so many minutes"
          hint="15: on the hour and at every quarter."
          type="number"
        />
        <TextField form={form} name="bufferBeforeMin" label="Minutes kept free before" type="number" />
        <TextField form={form} name="bufferAfterMin" label="Minutes kept free after" type="number" />
      </fieldset>
      <fieldset class="pair">
        <legend>Booking online</legend>
        <CheckField form={form} name="online" label="Patients can book it themselves" />
        <TextField form={form} name="lead" label="At least so many hours ahead" type="decimal" />
        <TextField form={form} name="horizonDays" label="At most so many days ahead" type="number" />
        <TextField
          form={form}
          name="position"
          label="Place in the list"
          hint="Lower numbers come first."
          type="number"
        />
      </fieldset>
      <Paying form={form} currency={currency} taxes={taxes} />
      <TextArea
        form={form}
        name="bring"
        label="What to wear and bring"
        hint="One thing in each line, for patients who have booked."
        optional
        max={1000}
      />
    </SettingsForm>
  );
}

const PAYMENTS = [
  { value: 'at_visit', label: 'At the visit' },
  { value: 'deposit', label: 'A deposit when booking, the rest at the visit' },
  { value: 'in_full', label: 'All of it when booking' },
];

function Paying(props: {
  form: FormErrors;
  currency: string;
  taxes: readonly { readonly id: string; readonly label: string }[];
}) {
  const { form, currency, taxes } = props;
  return (
    <fieldset class="pair">
      <legend>Paying for it</legend>
      <ChoiceGroup
        form={form}
        name="payment"
        label="How it is paid when booked online"
        hint="Works once the clinic takes money online, under Payments."
        type="radio"
        options={PAYMENTS}
      />
      <TextField form={form} name="deposit" label={`Deposit in ${currency}`} optional type="decimal" />
      <SelectField
        form={form}
        name="taxId"
        label="Tax within the price"
        options={[{ value: '', label: 'None' }, ...taxes.map(({ id, label }) => ({ value: id, label }))]}
      />
      <TextField
        form={form}
        name="procedureCode"
        label="Procedure code"
        hint="Stands on statements, for insurers."
        optional
        max={20}
      />
    </fieldset>
  );
}

function Needs({ form, kinds }: { form: FormErrors; kinds: readonly string[] }) {
  return (
    <fieldset class="needs">
      <legend>What one visit takes</legend>
      <small>How many of each are claimed for the whole visit. Leave empty what it does not need.</small>
      {kinds.length === 0 && (
        <p>
          Nothing can be claimed yet. <a href={`${SETTINGS.resources}/new`}>Add a clinician or a room</a>{' '}
          first.
        </p>
      )}
      {kinds.map((kind) => {
        const name = needField(kind);
        const id = fieldId(name);
        const error = form.errors[name];
        return (
          <div class="need" key={kind}>
            <label for={id}>{kind}</label>
            <input
              id={id}
              name={name}
              inputMode="numeric"
              maxLength={2}
              autocomplete="off"
              value={form.values[name] ?? ''}
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
