import { ProviderRefused } from '../provider.ts';

// Stripe counts some currencies in other units than the rest of this program, which follows Intl.
// https://docs.stripe.com/currencies, "Zero-decimal currencies", "Three-decimal currencies" and "Special cases".
const ZERO_DECIMAL = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
/** Counted in thousandths, of which the last digit must be 0. */
const THREE_DECIMAL = new Set('BHD JOD KWD OMR TND'.split(' '));
/** Counted in hundredths for old times' sake, and charged in whole units only. */
const WHOLE_IN_HUNDREDTHS = new Set(['ISK', 'UGX']);

/** The number of decimals in which Stripe counts a currency. */
export function stripeDecimals(currency: string): number {
  if (ZERO_DECIMAL.has(currency)) return 0;
  return THREE_DECIMAL.has(currency) ? 3 : 2;
}

/** The number of decimals in which this program counts a currency. */
function ourDecimals(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * An amount as Stripe wants it: 12050 euro cents stay 12050, 500 Icelandic krónur become 50000.
 *
 * @param amountMinor whole minor units as `formatMoney` takes them
 * @param currency ISO 4217, upper case
 * @throws ProviderRefused where Stripe cannot take this amount
 */
export function toStripe(amountMinor: number, currency: string): number {
  const amount = amountMinor * 10 ** (stripeDecimals(currency) - ourDecimals(currency));
  const step = THREE_DECIMAL.has(currency) ? 10 : WHOLE_IN_HUNDREDTHS.has(currency) ? 100 : 1;
  if (!Number.isSafeInteger(amountMinor) || amount % step !== 0)
    throw new ProviderRefused(`Stripe takes no amount of ${currency} as fine as ${amountMinor} minor units`);
  return amount;
}

/**
 * An amount that Stripe told, in this program's minor units. What was charged comes back exactly; a fee in a
 * currency that Stripe counts more finely is rounded half up.
 *
 * @param currency ISO 4217 in either case
 */
export function fromStripe(amount: number, currency: string): number {
  const code = currency.toUpperCase();
  return Math.round(amount / 10 ** (stripeDecimals(code) - ourDecimals(code)));
}
