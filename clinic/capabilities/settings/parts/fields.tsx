import type { ComponentChildren } from 'preact';
import type { FormErrors } from '../../../platform/web/form.ts';
import { ErrorSummary, Field, fieldId } from '../../../platform/web/layout/index.ts';

interface OfForm {
  readonly form: FormErrors;
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly optional?: boolean;
}

type InputType = 'text' | 'email' | 'tel' | 'date' | 'number' | 'decimal';

/** One line to fill in, with what was typed and what is wrong with it. */
export function TextField(props: OfForm & { type?: InputType; size?: number; list?: string; max?: number }) {
  const { form, name, label, hint, optional, type = 'text', list } = props;
  const numeric = type === 'number' ? 'numeric' : type === 'decimal' ? 'decimal' : undefined;
  return (
    <Field name={name} label={label} hint={hint} error={form.errors[name]} optional={optional}>
      {(control) => (
        <input
          type={type === 'number' || type === 'decimal' ? 'text' : type}
          inputMode={numeric}
          autocomplete="off"
          list={list}
          maxLength={props.max}
          value={form.values[name] ?? ''}
          {...control}
        />
      )}
    </Field>
  );
}

export function TextArea(props: OfForm & { rows?: number; max?: number }) {
  const { form, name, label, hint, optional, rows = 3 } = props;
  return (
    <Field name={name} label={label} hint={hint} error={form.errors[name]} optional={optional}>
      {(control) => (
        <textarea rows={rows} maxLength={props.max} {...control}>
          {form.values[name] ?? ''}
        </textarea>
      )}
    </Field>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function SelectField(props: OfForm & { options: readonly Option[] }) {
  const { form, name, label, hint, optional, options } = props;
  return (
    <Field name={name} label={label} hint={hint} error={form.errors[name]} optional={optional}>
      {(control) => (
        <select {...control}>
          {options.map(({ value, label: text }) => (
            <option key={value} value={value} selected={(form.values[name] ?? '') === value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A single box to tick. */
export function CheckField({ form, name, label, hint }: OfForm) {
  const id = fieldId(name);
  return (
    <div class="tick">
      <input
        type="checkbox"
        id={id}
        name={name}
        value="yes"
        checked={(form.values[name] ?? '') !== ''}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <label for={id}>{label}</label>
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

/** Boxes or radios under one question. The error belongs to the whole group. */
export function ChoiceGroup(props: OfForm & { type: 'checkbox' | 'radio'; options: readonly Option[] }) {
  const { form, name, label, hint, type, options } = props;
  const error = form.errors[name];
  const picked = new Set((form.values[name] ?? '').split('\n'));
  const first = fieldId(name);
  return (
    <fieldset class="picks" aria-describedby={error ? `${first}-error` : undefined}>
      <legend>{label}</legend>
      {hint && <small>{hint}</small>}
      {options.map((option, index) => (
        <label class="pick" key={option.value}>
          <input
            type={type}
            id={index === 0 ? first : undefined}
            name={name}
            value={option.value}
            checked={picked.has(option.value)}
          />
          {option.label}
        </label>
      ))}
      {error && (
        <small class="error" id={`${first}-error`}>
          {error}
        </small>
      )}
    </fieldset>
  );
}

/** A posted form with everything that is wrong on top, the fingerprint of what was seen, and its buttons. */
export function SettingsForm(props: {
  action: string;
  form: FormErrors;
  submit: string;
  back: string;
  children: ComponentChildren;
  wide?: boolean;
  /** Further buttons. They come last: Enter in a field presses the first button of a form. */
  extra?: ComponentChildren;
}) {
  const { action, form, submit, back, children, wide, extra } = props;
  return (
    <form method="post" action={action} class={wide ? 'settings wide-form' : 'settings'} novalidate>
      <ErrorSummary
        errors={Object.entries(form.errors).map(([field, message]) => ({
          field,
          message,
          id: field === 'form' ? 'errors' : undefined,
        }))}
      />
      {form.values.seen && <input type="hidden" name="seen" value={form.values.seen} />}
      {children}
      <p class="row">
        <button type="submit" class="primary">
          {submit}
        </button>
        <a class="btn" href={back}>
          Leave it
        </a>
        {extra}
      </p>
    </form>
  );
}

/** A form that is only a button. */
export function PostButton(props: { action: string; label: string; about?: string; kind?: string }) {
  return (
    <form method="post" action={props.action}>
      <button type="submit" class={props.kind}>
        {props.label}
        {props.about && <span class="vh"> {props.about}</span>}
      </button>
    </form>
  );
}
