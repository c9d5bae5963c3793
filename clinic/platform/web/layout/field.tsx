import type { ComponentChildren } from 'preact';

/** Attributes that tie a control to its label, hint and error. */
export interface ControlProps {
  id: string;
  name: string;
  required: boolean;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}

export interface FieldProps {
  /** Name of the form value; also the control's id unless `id` is given. */
  name: string;
  id?: string | undefined;
  label: string;
  hint?: string | undefined;
  /** What is wrong, in words of the task; absent when nothing is. */
  error?: string | undefined;
  /** Says so in the label and drops `required`. */
  optional?: boolean | undefined;
  /** Draws the control: `(control) => <input type="email" {...control} />`. */
  children: (control: ControlProps) => ComponentChildren;
}

/** The id that a field's control carries; `ErrorSummary` links to it. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^\w-]+/g, '-')}`;
}

/** A labelled control with its hint above it and its error below, both read out with it. */
export function Field(props: FieldProps) {
  const { name, label, hint, error, optional = false, id = fieldId(name) } = props;
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const describedBy = [hintId, errorId].filter(Boolean).join(' ') || undefined;
  return (
    <div class="field">
      <label for={id}>
        {label}
        {optional && <small> (optional)</small>}
      </label>
      {hint && <small id={hintId}>{hint}</small>}
      {props.children({
        id,
        name,
        required: !optional,
        'aria-describedby': describedBy,
        'aria-invalid': error ? 'true' : undefined,
      })}
      {error && (
        <small class="error" id={errorId}>
          {error}
        </small>
      )}
    </div>
  );
}
