import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { fieldId, Money } from '../../../platform/web/layout/index.ts';
import {
  CheckField,
  ChoiceGroup,
  SETTINGS,
  SettingsForm,
  TextArea,
  TextField,
} from '../../settings/index.ts';
import { figuresOf } from '../desk/figures.ts';
import { MOST_PARTS, type PartField, partField } from './product-form.ts';
import type { PartChoices, PastPrice, ProductSummary } from './products.ts';

const HERE = SETTINGS.products;

/** How many empty rows wait for a further part. */
const SPARE_PARTS = 2;

const KINDS = [
  { value: 'package', label: 'A package of visits' },
  { value: 'fee', label: 'A fee, or a thing' },
];

/** Everything that is sold besides single visits. */
export function ProductList({ clinic, products }: { clinic: Clinic; products: readonly ProductSummary[] }) {
  return (
    <>
      <p>
        <a class="btn primary" href={`${HERE}/new`}>
          Add a package or a fee
        </a>
      </p>
      {products.length === 0 && <p class="soft">Only single visits are sold so far.</p>}
      <ul class="settings-list">
        {products.map((product) => (
          <li key={product.id}>
            <a href={`${HERE}/${product.id}`}>{product.name}</a>
            <Money minor={product.totalMinor} currency={clinic.currency} locale={clinic.locale} />
            <small class="soft">{product.what}</small>
            {!product.active && <span class="badge">Out of use</span>}
            {product.active && (
              <span class="badge">{product.online ? 'Sold online' : 'Sold at the desk'}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Everything that makes a package or a fee. */
export function ProductForm(props: {
  action: string;
  form: FormErrors;
  clinic: Clinic;
  choices: PartChoices;
  totalMinor: number | null;
}) {
  const { action, form, clinic, totalMinor } = props;
  return (
    <SettingsForm action={action} form={form} submit="Save" back={HERE} wide>
      <TextField form={form} name="name" label="Name" max={120} />
      <ChoiceGroup form={form} name="kind" label="What it is" type="radio" options={KINDS} />
      <TextArea form={form} name="summary" label="In a sentence or two" optional max={500} />
      <Parts {...props} />
      {totalMinor !== null && (
        <p>
          Together <Money minor={totalMinor} currency={clinic.currency} locale={clinic.locale} />, tax
          included, worked out when it is saved.
        </p>
      )}
      <fieldset class="pair">
        <legend>Selling it</legend>
        <CheckField
          form={form}
          name="online"
          label="Patients can buy it on the public pages"
          hint="Otherwise it is sold at the desk alone."
        />
        <TextField
          form={form}
          name="validMonths"
          label="Can be booked for so many months"
          hint="From the day it is paid."
          type="number"
          optional
        />
        <TextField
          form={form}
          name="position"
          label="Place in the list"
          hint="Lower numbers come first."
          type="number"
        />
      </fieldset>
      <TextArea
        form={form}
        name="bring"
        label="What to wear and bring"
        hint="One thing in each line. It stands on the page after the payment."
        optional
        rows={4}
        max={1000}
      />
      <TextArea
        form={form}
        name="steps"
        label="What happens next"
        hint="One step in each line: a title, a colon, a text."
        optional
        rows={4}
        max={2000}
      />
    </SettingsForm>
  );
}

function Parts({ form, choices, clinic }: { form: FormErrors; choices: PartChoices; clinic: Clinic }) {
  const used = Array.from({ length: MOST_PARTS }, (_, index) => index).filter((index) =>
    (['service', 'label', 'unit'] as const).some((what) => form.values[partField(index, what)]),
  );
  const rows = Math.min(MOST_PARTS, (used.at(-1) ?? -1) + 1 + SPARE_PARTS);
  return (
    <fieldset class="parts">
      <legend>What it consists of</legend>
      <small>A visit can be booked by whoever paid for it. Leave a row empty to leave it out.</small>
      {Array.from({ length: rows }, (_, index) => (
        <Part key={partField(index, 'unit')} index={index} form={form} choices={choices} clinic={clinic} />
      ))}
    </fieldset>
  );
}

function Part(props: { index: number; form: FormErrors; choices: PartChoices; clinic: Clinic }) {
  const { index, form, choices, clinic } = props;
  const percent = new Intl.NumberFormat(clinic.locale, { style: 'percent', maximumFractionDigits: 2 });
  const control = (what: PartField) => {
    const name = partField(index, what);
    const error = form.errors[name];
    return {
      id: fieldId(name),
      name,
      'aria-invalid': error ? ('true' as const) : undefined,
      'aria-describedby': error ? `${fieldId(name)}-error` : undefined,
    };
  };
  const value = (what: PartField) => form.values[partField(index, what)] ?? '';
  const head = (what: PartField, text: string) => (
    <label for={fieldId(partField(index, what))}>
      <span class="vh">Part {index + 1}: </span>
      {text}
    </label>
  );
  const fields: readonly PartField[] = ['service', 'label', 'quantity', 'unit', 'tax'];
  return (
    <div class="part">
      <div class="field">
        {head('service', 'Visit')}
        <select {...control('service')}>
          <option value="">No visit</option>
          {choices.services.map(({ id, name }) => (
            <option key={id} value={id} selected={value('service') === id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        {head('label', 'In other words')}
        <input {...control('label')} maxLength={120} autocomplete="off" value={value('label')} />
      </div>
      <div class="field">
        {head('quantity', 'How many')}
        <input
          {...control('quantity')}
          inputMode="numeric"
          maxLength={3}
          autocomplete="off"
          value={value('quantity')}
        />
      </div>
      <div class="field">
        {head('unit', `Each, in ${clinic.currency}`)}
        <input
          {...control('unit')}
          inputMode="decimal"
          maxLength={20}
          autocomplete="off"
          value={value('unit')}
        />
      </div>
      <div class="field">
        {head('tax', 'Tax within')}
        <select {...control('tax')}>
          <option value="">None</option>
          {choices.taxes.map(({ id, name, rateBp }) => (
            <option key={id} value={id} selected={value('tax') === id}>
              {name} ({percent.format(rateBp / 10_000)})
            </option>
          ))}
        </select>
      </div>
      {fields.map((what) => {
        const error = form.errors[partField(index, what)];
        return (
          error && (
            <small class="error" key={what} id={`${fieldId(partField(index, what))}-error`}>
              {error}
            </small>
          )
        );
      })}
    </div>
  );
}

/** The prices that it was sold at, the latest first. */
export function PriceHistory({ clinic, prices }: { clinic: Clinic; prices: readonly PastPrice[] }) {
  return (
    <section class="retire" aria-labelledby="prices">
      <h2 id="prices">Prices it was sold at</h2>
      {prices.length === 0 ? (
        <p class="small soft">It was not sold yet.</p>
      ) : (
        <ul class="settings-list">
          {prices.map((price) => {
            const say = figuresOf(clinic, price.currency);
            return (
              <li key={price.version}>
                <span>
                  Version {price.version}, first sold {say.moment(price.firstSoldAt)}
                </span>
                <b>{say.exact(price.totalMinor)}</b>
                <small class="soft">
                  {price.lines
                    .map((one) => `${one.quantity} × ${one.description}, ${say.exact(one.unitMinor)} each`)
                    .join('; ')}
                </small>
              </li>
            );
          })}
        </ul>
      )}
      <p class="small soft">Orders keep the price they were made at.</p>
    </section>
  );
}
