import type { FormErrors, FormValues } from '../../../platform/web/form.ts';

/** What became of an attempt to save. */
export type Saved =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 409 | 422; readonly form: FormErrors };

/** Refuses with messages at their fields, keeping what was typed. */
export function refused(values: FormValues, errors: Readonly<Record<string, string>>): Saved {
  return { ok: false, status: 422, form: { values, errors } };
}

/**
 * Refuses because the thing changed after the form was opened. The form comes back with what was typed and the new
 * fingerprint, so that saving it again is a decision and not an accident.
 */
export function changedMeanwhile(values: FormValues, seen: string): Saved {
  const message =
    'Somebody changed this while you had it open. Below is what you typed: save again to put it in place of theirs';
  return { ok: false, status: 409, form: { values: { ...values, seen }, errors: { form: message } } };
}
