import type { FormValues } from '../../../platform/web/form.ts';
import { ErrorSummary, Field } from '../../../platform/web/layout/index.ts';

export type FieldErrors = Readonly<Record<string, string>>;

const BIRTH_PARTS = [
  { name: 'birthDay', label: 'Day', autocomplete: 'bday-day', size: 2 },
  { name: 'birthMonth', label: 'Month', autocomplete: 'bday-month', size: 2 },
  { name: 'birthYear', label: 'Year', autocomplete: 'bday-year', size: 4 },
] as const;

/** Name, date of birth, e-mail and telephone: the least that a clinic needs to know somebody again. */
export function PersonFields({ values, errors }: { values: FormValues; errors: FieldErrors }) {
  return (
    <>
      <Field name="givenName" label="Given name" error={errors.givenName}>
        {(control) => (
          <input
            {...control}
            type="text"
            value={values.givenName}
            autocomplete="given-name"
            spellcheck={false}
          />
        )}
      </Field>
      <Field name="familyName" label="Family name" error={errors.familyName}>
        {(control) => (
          <input
            {...control}
            type="text"
            value={values.familyName}
            autocomplete="family-name"
            spellcheck={false}
          />
        )}
      </Field>
      <BirthDate values={values} error={errors.birthDate} />
      <Field
        name="email"
        label="E-mail"
        hint="For the confirmation and the link to move or cancel"
        error={errors.email}
      >
        {(control) => (
          <input {...control} type="email" value={values.email} autocomplete="email" inputmode="email" />
        )}
      </Field>
      <Field
        name="phone"
        label="Telephone"
        hint="In case something changes on the day"
        error={errors.phone}
        optional
      >
        {(control) => <input {...control} type="tel" value={values.phone} autocomplete="tel" />}
      </Field>
    </>
  );
}

function BirthDate({ values, error }: { values: FormValues; error: string | undefined }) {
  return (
    <fieldset class="field birth" aria-describedby={error ? 'birth-hint birth-error' : 'birth-hint'}>
      <legend>Date of birth</legend>
      <small id="birth-hint">For example 3 9 1992</small>
      <div class="row">
        {BIRTH_PARTS.map((part) => (
          <label key={part.name}>
            <small>{part.label}</small>
            <input
              id={`field-${part.name}`}
              name={part.name}
              type="text"
              inputmode="numeric"
              size={part.size}
              value={values[part.name]}
              autocomplete={part.autocomplete}
              required
              aria-invalid={error ? 'true' : undefined}
            />
          </label>
        ))}
      </div>
      {error && (
        <small class="error" id="birth-error">
          {error}
        </small>
      )}
    </fieldset>
  );
}

/** All that is wrong with a form, each line leading to its field. */
export function FormProblems({ errors }: { errors: FieldErrors }) {
  const lines = Object.entries(errors).map(([field, message]) => ({
    field,
    message,
    id: field === 'birthDate' ? 'field-birthDay' : undefined,
  }));
  return <ErrorSummary errors={lines} />;
}
