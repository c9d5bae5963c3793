import type { FormErrors } from '../../../platform/web/form.ts';
import { fieldId } from '../../../platform/web/layout/index.ts';
import { type Option, SettingsForm } from '../parts/fields.tsx';
import { SETTINGS } from '../parts/settings-page.tsx';
import { type RowField, rowCount, rowField, WEEKDAYS } from './week-grid.ts';

interface Cell {
  readonly form: FormErrors;
  readonly weekday: number;
  readonly row: number;
  readonly places: readonly Option[];
  readonly usualPlace: string;
}

/** A week to fill in: for each weekday its spans, each with its place, and one more row at hand. */
export function HoursForm(props: {
  action: string;
  form: FormErrors;
  places: readonly Option[];
  usualPlace: string;
}) {
  const { action, form, places, usualPlace } = props;
  const copy = (
    <button type="submit" name="copy" value="yes">
      Fill Tuesday to Friday like Monday
    </button>
  );
  return (
    <SettingsForm
      action={action}
      form={form}
      submit="Save the week"
      back={SETTINGS.resources}
      extra={copy}
      wide
    >
      {WEEKDAYS.map((name, index) => {
        const weekday = index + 1;
        const rows = rowCount(form.values, weekday);
        return (
          <fieldset class="weekday" key={name}>
            <legend>{name}</legend>
            {Array.from({ length: rows }, (_, row) => (
              <SpanRow key={rowField('from', weekday, row)} {...{ form, weekday, row, places, usualPlace }} />
            ))}
          </fieldset>
        );
      })}
    </SettingsForm>
  );
}

function SpanRow(cell: Cell) {
  const { form, weekday, row } = cell;
  const day = WEEKDAYS[weekday - 1] ?? '';
  const at = (field: RowField): string => form.values[rowField(field, weekday, row)] ?? '';
  const wrong = (field: RowField): boolean => rowField(field, weekday, row) in form.errors;
  const forATime = at('validFrom') !== '' || at('validTo') !== '';
  const label = `${day}, span ${row + 1}`;
  return (
    <div class={at('from') || at('to') ? 'span' : 'span spare'}>
      <ClockCell {...cell} field="from" label={`${label}: from`} placeholder="8:30" />
      <span aria-hidden="true">to</span>
      <ClockCell {...cell} field="to" label={`${label}: to`} placeholder="17:00" />
      <PlaceCell {...cell} label={`${label}: where`} />
      <details open={forATime || wrong('validFrom') || wrong('validTo')}>
        <summary>
          {forATime ? 'For a time' : 'All year'}
          <span class="vh">: {label}</span>
        </summary>
        <div class="dates">
          <DateCell {...cell} field="validFrom" label="From" about={label} />
          <DateCell {...cell} field="validTo" label="Until" about={label} />
        </div>
      </details>
      <RowErrors {...cell} />
    </div>
  );
}

function control({ form, weekday, row }: Cell, field: RowField) {
  const name = rowField(field, weekday, row);
  return {
    id: fieldId(name),
    name,
    'aria-invalid': form.errors[name] ? ('true' as const) : undefined,
    'aria-describedby': form.errors[name] ? `${fieldId(name)}-error` : undefined,
  };
}

function ClockCell(props: Cell & { field: 'from' | 'to'; label: string; placeholder: string }) {
  const { form, weekday, row, field, label, placeholder } = props;
  return (
    <input
      type="text"
      inputMode="numeric"
      class="clock"
      maxLength={5}
      autocomplete="off"
      placeholder={row === 0 ? placeholder : ' '}
      aria-label={label}
      value={form.values[rowField(field, weekday, row)] ?? ''}
      {...control(props, field)}
    />
  );
}

function PlaceCell(props: Cell & { label: string }) {
  const { form, weekday, row, places, usualPlace, label } = props;
  const chosen = form.values[rowField('place', weekday, row)] || usualPlace;
  return (
    <select aria-label={label} {...control(props, 'place')}>
      {places.map(({ value, label: text }) => (
        <option key={value} value={value} selected={value === chosen}>
          {text}
        </option>
      ))}
    </select>
  );
}

function DateCell(props: Cell & { field: 'validFrom' | 'validTo'; label: string; about: string }) {
  const { form, weekday, row, field, label, about } = props;
  return (
    <label>
      {label}
      <span class="vh"> when {about} holds</span>
      <input
        type="date"
        value={form.values[rowField(field, weekday, row)] ?? ''}
        {...control(props, field)}
      />
    </label>
  );
}

function RowErrors({ form, weekday, row }: Cell) {
  const names = (['from', 'to', 'place', 'validFrom', 'validTo'] as const).map((field) =>
    rowField(field, weekday, row),
  );
  return (
    <>
      {names.map((name) =>
        form.errors[name] ? (
          <small class="error" key={name} id={`${fieldId(name)}-error`}>
            {form.errors[name]}
          </small>
        ) : null,
      )}
    </>
  );
}
