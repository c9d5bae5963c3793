/**
 * Writes an amount as the clinic's country does; whole amounts without decimals.
 *
 * @param minor amount in the currency's smallest unit (12050 is 120.50 euro; 500 is 500 yen)
 * @param currency ISO 4217 code
 * @param locale BCP 47 tag
 * @throws RangeError when the currency code is malformed or `minor` is not a whole number
 */
export function formatMoney(minor: number, currency: string, locale: string): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`expected whole minor units, found ${minor}`);
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    trailingZeroDisplay: 'stripIfInteger',
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

/** An amount; 0 reads "Free". */
export function Money(props: { minor: number; currency: string; locale: string }) {
  return <b>{props.minor === 0 ? 'Free' : formatMoney(props.minor, props.currency, props.locale)}</b>;
}
