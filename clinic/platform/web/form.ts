import type { z } from 'zod';

/** What a form posted, one text for each name; repeated names are joined by a line feed. */
export type FormValues = Readonly<Record<string, string>>;

/** One message for each field that is wrong, beside everything that was typed. */
export interface FormErrors {
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
}

export type FormResult<T> =
  | ({ readonly ok: true; readonly value: T } & Pick<FormErrors, 'values'>)
  | ({ readonly ok: false } & FormErrors);

/** The posted fields as text. Anything that is not a plain form becomes empty, never an exception. */
export function formValues(body: unknown): FormValues {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return {};
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(body)) {
    values[name] = (Array.isArray(value) ? value.map(String).join('\n') : String(value ?? '')).replaceAll(
      '\0',
      '',
    );
  }
  return values;
}

/** Reads a posted form by a schema whose messages are written for the person who fills it in. */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): FormResult<T> {
  const values = formValues(body);
  const parsed = schema.safeParse(values);
  if (parsed.success) return { ok: true, value: parsed.data, values };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? 'form');
    errors[field] ??= issue.message;
  }
  return { ok: false, values, errors };
}
