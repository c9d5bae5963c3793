/** UCUM units as they are written for people. */
const WRITTEN: Readonly<Record<string, string>> = { mm2: 'mm²', deg: '°', '1': '' };

/** "17.1 mm": a value with its unit as a report writes it. */
export function unitWords(value: number, unit: string): string {
  const written = WRITTEN[unit] ?? unit;
  return `${digits(value, unit)}${written === '°' ? written : written && `\u00a0${written}`}`;
}

/** A value without its unit, in as many digits as its unit deserves. */
export function digits(value: number, unit: string): string {
  const places = unit === '1' ? 2 : unit === 'mm2' || unit === '%' ? 0 : 1;
  const text = value.toFixed(places);
  // A minus sign before nothing but noughts says less than none.
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text.replace('-', '−');
}

/** "17.1 mm ± 0.4 mm", or the value alone where its error is not known. */
export function withError(value: number, standardError: number | null, unit: string): string {
  const error = standardError === null ? '' : ` ± ${errorWords(standardError, unit)}`;
  return `${unitWords(value, unit)}${error}`;
}

/** An error that is smaller than the value's digits keeps one of its own. */
export function errorWords(error: number, unit: string): string {
  const text = unitWords(error, unit);
  return error > 0 && !/[1-9]/.test(text) ? text.replace(/0(\.0+)?/, error.toPrecision(1)) : text;
}

/** "+2.1 mm". */
export function changeWords(change: number, unit: string): string {
  const text = unitWords(change, unit);
  return change > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}
