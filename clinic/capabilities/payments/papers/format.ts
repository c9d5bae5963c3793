import { dateAt, type PlainDate } from '@rectus/schedule';
import type { PaymentMethod } from '../../../platform/database/schema-of-payments.ts';

/** How a paper writes amounts, rates and dates: as the clinic's country does. */
export interface PaperFormat {
  readonly locale: string;
  readonly currency: string;
  readonly timeZone: string;
}

/**
 * An amount with all its decimals, so that the figures of a column stand below each other: "€290.00".
 *
 * @param minor whole minor units of the currency
 * @throws RangeError when the currency code is malformed or `minor` is not a whole number
 */
export function formatAmount(minor: number, { locale, currency }: PaperFormat): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`expected whole minor units, found ${minor}`);
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  // Adding zero turns a negative zero into a plain one.
  return format.format(minor / 10 ** digits + 0).replace('-', '−');
}

/** A rate of tax: 1900 is "19%", 550 is "5.5%". */
export function formatRate(rateBp: number, { locale }: PaperFormat): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(
    rateBp / 10_000,
  );
}

/** The day of an instant in the clinic's zone: "22 November 2026". */
export function formatDay(instant: number, format: PaperFormat): string {
  return formatDate(dateAt(instant, format.timeZone), format, 'long');
}

/** A calendar date: "22 Nov 2026", or "22 November 2026". */
export function formatDate(
  date: PlainDate,
  { locale }: PaperFormat,
  month: 'short' | 'long' = 'short',
): string {
  const parts = { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, parts).format(new Date(`${date}T12:00Z`));
}

export const METHOD_NAMES: Readonly<Record<PaymentMethod, string>> = {
  stripe: 'Online by card (Stripe)',
  practice: 'Practice payment',
  cash: 'Cash at the desk',
  card_terminal: 'Card at the desk',
  bank_transfer: 'Bank transfer',
};

/** The language of what a paper says: English, as it is written in the clinic's country where that is known. */
export function languageOf(locale: string): string {
  return /^en\b/i.test(locale) ? locale : 'en-GB';
}
