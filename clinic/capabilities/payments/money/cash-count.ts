import type { FormValues } from '../../../platform/web/form.ts';
import { amountInput, readAmount } from '../core/amount.ts';

/** Notes and coins in circulation, in minor units, the largest first; of other currencies only the sum is typed. */
const DENOMINATIONS: Readonly<Record<string, readonly number[]>> = {
  CHF: [100_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
  EUR: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  GBP: [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  USD: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1],
};

/** What the till of a currency may hold; empty where only the sum can be typed. */
export function denominations(currency: string): readonly number[] {
  return DENOMINATIONS[currency] ?? [];
}

/** The field for how many there are of one note or coin. */
export function pieceField(minor: number): string {
  return `piece-${minor}`;
}

export type Counted =
  | { readonly ok: true; readonly minor: number }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/**
 * What was counted: the pieces where any were typed, otherwise the sum. Where both are there they must agree, for one
 * of them is wrong.
 */
export function readCount(values: FormValues, currency: string, locale: string): Counted {
  const errors: Record<string, string> = {};
  let pieces: number | null = null;
  for (const minor of denominations(currency)) {
    const field = pieceField(minor);
    const typed = values[field]?.trim() ?? '';
    if (typed === '') continue;
    if (/^\d{1,4}$/.test(typed)) pieces = (pieces ?? 0) + Number(typed) * minor;
    else errors[field] = 'Enter how many there are, in digits';
  }
  const total = values.total?.trim() ? readAmount(values.total, currency, locale, 0) : null;
  if (total && !total.ok) errors.total = total.message;
  if (pieces === null && total === null && Object.keys(errors).length === 0)
    errors.total = 'Count the cash, or enter its sum. 0 is an empty till';
  if (total?.ok && pieces !== null && total.minor !== pieces)
    errors.total = `The notes and coins come to ${amountInput(pieces, currency, locale)}. Correct them, or empty this field`;
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, minor: pieces ?? (total?.ok ? total.minor : 0) };
}
