/** How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD. ISO 4217, as the runtime knows it. */
export function currencyDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

export type MoneyResult =
  | { readonly ok: true; readonly minor: number }
  | { readonly ok: false; readonly message: string };

/** One hundred million minor units: more than anything costs here, and safe in every column. */
const MOST = 100_000_000;

/**
 * Reads an amount as a person writes it, `60,00`, `60.00`, `€ 1.250,50` or `1 250`, into whole minor units without
 * going through a fraction. Where point and comma could mean two things (`1.250`), it asks instead of guessing.
 */
export function parseMoney(text: string, currency: string): MoneyResult {
  const digits = currencyDigits(currency);
  const example = digits === 0 ? '60' : `60.${'0'.repeat(digits)}`;
  const plain = text
    .replaceAll(/[\s'’\u00a0\u202f]/g, '')
    .replace(/^(\p{Sc}|[A-Z]{3})/u, '')
    .replace(/(\p{Sc}|[A-Z]{3})$/u, '');
  if (plain === '') return refuse(`Enter a price, such as ${example}. 0 is free`);
  if (plain.startsWith('-') || plain.startsWith('−')) return refuse('A price cannot be less than 0');
  if (!/^\d[\d.,]*$/.test(plain)) return refuse(`Write the price in digits, such as ${example}`);
  const parts = splitDecimals(plain, digits);
  if (parts === 'unclear') {
    return refuse(
      `${text.trim()} can be read in two ways. Write it without a thousands separator, such as ${example}`,
    );
  }
  if (parts === null)
    return refuse(`${currency} has ${digitsText(digits)}. Write the price such as ${example}`);
  const minor = Number(parts.whole + parts.fraction.padEnd(digits, '0'));
  if (minor > MOST) return refuse('That is more than we can take');
  return { ok: true, minor };
}

/** The amount as the price field shows it: `60.00`. `parseMoney` reads it back exactly. */
export function moneyInput(minor: number, currency: string): string {
  const digits = currencyDigits(currency);
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

interface Parts {
  readonly whole: string;
  readonly fraction: string;
}

function splitDecimals(plain: string, digits: number): Parts | 'unclear' | null {
  const separators = plain.replaceAll(/\d/g, '');
  if (separators === '') return { whole: plain, fraction: '' };
  const last = separators.at(-1) ?? '';
  const at = plain.lastIndexOf(last);
  const [before, after] = [plain.slice(0, at), plain.slice(at + 1)];
  const repeated = separators.length > 1 && [...separators].every((one) => one === last);
  if (repeated || digits === 0) {
    // 1.250.000, or a currency without decimals: the separators can only be groups.
    return isGrouped(plain, last) ? { whole: plain.replaceAll(last, ''), fraction: '' } : null;
  }
  if (separators.length === 1 && after.length === 3 && digits !== 3) return 'unclear';
  if (after.length > digits || after.length === 0) return null;
  const group = last === '.' ? ',' : '.';
  if (before.includes(last) || (before.includes(group) && !isGrouped(before, group))) return null;
  return { whole: before.replaceAll(group, ''), fraction: after };
}

function isGrouped(text: string, separator: string): boolean {
  const [first = '', ...rest] = text.split(separator);
  return /^\d{1,3}$/.test(first) && rest.every((group) => /^\d{3}$/.test(group));
}

function digitsText(digits: number): string {
  return digits === 0 ? 'no decimals' : `${digits} decimals`;
}

function refuse(message: string): MoneyResult {
  return { ok: false, message };
}
