/** What was typed as an amount, in whole minor units, or what is wrong with it in words for whoever typed it. */
export type AmountRead =
  | { readonly ok: true; readonly minor: number }
  | { readonly ok: false; readonly message: string };

/** A million in most currencies: more than anybody pays here, and safe in every column. */
const MOST_MINOR = 100_000_000;

/**
 * Reads an amount as a person writes it: `85`, `85.00`, `85,50`, `1.234,56`, `€ 1 250`. Point and comma are what
 * they are in the clinic's country; the other country's way is taken only where it can mean nothing else. So
 * `1.234` is a thousand and more in Germany, and refused in Ireland.
 *
 * @param currency ISO 4217; says how many decimals there are
 * @param locale BCP 47 tag of the clinic
 * @param least the smallest amount that makes sense here, minor units: 1 unless something may be nothing
 */
export function readAmount(text: string, currency: string, locale: string, least = 1): AmountRead {
  const digits = decimalsOf(currency, locale);
  const example = amountInput(85 * 10 ** digits, currency, locale);
  const plain = withoutCurrency(text, currency, locale);
  if (plain === '') return refuse(`Enter an amount, such as ${example}`);
  if (/^[-−–]/.test(plain)) return refuse('An amount cannot be less than 0');
  if (!/^\d[\d.,' ]*$/.test(plain)) return refuse(`Write the amount in digits, such as ${example}`);
  const readings = readingsOf(plain, digits);
  const own = separatorsOf(locale);
  const inOwnWay = readings.filter((one) => fits(one, own));
  const [reading] = inOwnWay.length === 1 ? inOwnWay : readings;
  if (!reading || isUnclear(plain, reading, own.decimal))
    return refuse(
      `“${text.trim()}” can be read in more than one way, or has too many decimals. Write ${example}`,
    );
  if (reading.minor > MOST_MINOR) return refuse('That is more than can be entered here');
  if (reading.minor < least)
    return refuse(least === 1 ? 'The amount must be more than 0' : 'That is too little');
  return { ok: true, minor: reading.minor };
}

/** The amount as a field shows it, without currency or groups: `85.00`, in Germany `85,00`. `readAmount` reads it back. */
export function amountInput(minor: number, currency: string, locale: string): string {
  const digits = decimalsOf(currency, locale);
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0
    ? text
    : `${text.slice(0, -digits)}${separatorsOf(locale).decimal}${text.slice(-digits)}`;
}

interface Separators {
  readonly decimal: string;
  readonly group: string;
}

interface Reading {
  readonly minor: number;
  readonly decimal: string | null;
  readonly group: string | null;
}

function decimalsOf(currency: string, locale: string): number {
  return (
    new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
    2
  );
}

function separatorsOf(locale: string): Separators {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(1_234_567.8);
  const find = (type: string) => plainSpaces(parts.find((part) => part.type === type)?.value ?? '');
  return { decimal: find('decimal') || '.', group: find('group') };
}

function plainSpaces(text: string): string {
  return text.replaceAll(/[\s\u00a0\u202f]/g, ' ').replaceAll('’', "'");
}

/** The currency's own sign or code may stand before or after; another currency's may not. */
function withoutCurrency(text: string, currency: string, locale: string): string {
  const signOf = (currencyDisplay: 'symbol' | 'narrowSymbol') =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
      .formatToParts(0)
      .find((part) => part.type === 'currency')?.value ?? currency;
  const plain = plainSpaces(text).trim();
  for (const sign of [signOf('symbol'), signOf('narrowSymbol'), currency]) {
    if (plain.startsWith(sign)) return plain.slice(sign.length).trim();
    if (plain.endsWith(sign)) return plain.slice(0, -sign.length).trim();
  }
  return plain;
}

/** Every way in which the text is a properly written number of at most so many decimals. */
function readingsOf(plain: string, digits: number): readonly Reading[] {
  const readings: Reading[] = [];
  for (const decimal of digits === 0 ? [null] : [null, '.', ',']) {
    const [whole = '', fraction = '', ...more] = decimal === null ? [plain] : plain.split(decimal);
    if (more.length > 0 || (decimal !== null && !plain.includes(decimal))) continue;
    if (decimal !== null && !(/^\d+$/.test(fraction) && fraction.length <= digits)) continue;
    for (const group of [null, '.', ',', "'", ' ']) {
      if (group === decimal && group !== null) continue;
      const amount = wholeOf(whole, group);
      if (amount !== null)
        readings.push({ minor: Number(amount + fraction.padEnd(digits, '0')), decimal, group });
    }
  }
  return readings;
}

function wholeOf(text: string, group: string | null): string | null {
  if (group === null) return /^\d{1,12}$/.test(text) ? text : null;
  const [first = '', ...rest] = text.split(group);
  if (rest.length === 0 || rest.length > 3) return null;
  return /^\d{1,3}$/.test(first) && rest.every((one) => /^\d{3}$/.test(one)) ? first + rest.join('') : null;
}

function fits(reading: Reading, own: Separators): boolean {
  return (
    (reading.decimal === null || reading.decimal === own.decimal) &&
    (reading.group === null || reading.group === own.group)
  );
}

/** One group, set apart by what is a decimal sign here: nobody can know what was meant. */
function isUnclear(plain: string, reading: Reading, decimal: string): boolean {
  return reading.decimal === null && reading.group === decimal && plain.split(decimal).length === 2;
}

function refuse(message: string): AmountRead {
  return { ok: false, message };
}
