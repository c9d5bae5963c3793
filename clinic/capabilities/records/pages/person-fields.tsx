import type { FormValues } from '../../../platform/web/form.ts';
import { Field } from '../../../platform/web/layout/index.ts';

/** The fields of a person, the same wherever the desk asks for them. `note` only on the person's own page. */
export function PersonFields(props: {
  values: FormValues;
  errors: Readonly<Record<string, string>>;
  note?: boolean;
  /** False where the fields are one way of two, and the other may have been taken. */
  required?: boolean;
}) {
  const { values, errors, required = true } = props;
  const text = (
    name: string,
    label: string,
    type: 'text' | 'date' | 'tel' | 'email',
    more: { optional?: boolean; hint?: string } = {},
  ) => (
    <Field name={name} label={label} error={errors[name]} optional={more.optional} hint={more.hint}>
      {(control) => (
        <input
          {...control}
          required={required && !more.optional}
          // They differ in nothing else, but their types do.
          type={type as 'text'}
          value={values[name]}
          autocomplete="off"
          maxLength={type === 'email' ? 254 : 200}
        />
      )}
    </Field>
  );
  return (
    <div class="person-fields">
      {text('givenName', 'Given name', 'text')}
      {text('familyName', 'Family name', 'text')}
      {text('birthDate', 'Date of birth', 'date')}
      {text('phone', 'Telephone', 'tel', { optional: true })}
      {text('email', 'E-mail', 'email', { optional: true })}
      {props.note && (
        <Field name="note" label="Note for the desk" error={errors.note} optional hint="Nothing clinical.">
          {(control) => (
            <textarea {...control} rows={3}>
              {values.note}
            </textarea>
          )}
        </Field>
      )}
    </div>
  );
}
