import { isDate } from '@rectus/schedule';
import { foldName } from '../../../platform/names/fold-name.ts';

/** What somebody typed to find a person, taken apart. */
export interface PeopleQuery {
  /** Folded words of the name. */
  readonly words: readonly string[];
  /** The dates of birth that it can mean; two where day and month can be taken either way. */
  readonly birthDates: readonly string[];
  readonly email: string | null;
  /** The last nine digits of a telephone number. */
  readonly phoneDigits: string | null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ISO = /\b(\d{4})[-./](\d{1,2})[-./](\d{1,2})\b/;
const DAY_FIRST = /\b(\d{1,2})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{4}|\d{2})\b/;
const EIGHT = /\b(\d{8})\b/;
const WRITTEN = /\b(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})\b/i;
const WRITTEN_MONTH_FIRST = /\b([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b/i;
const LONGEST = 120;
const MOST_WORDS = 5;

/**
 * Reads "duarte 3.4.1990", "3 April 1990 ines", "1990-04-03", "ines@example.org" or a telephone number. `today`
 * (YYYY-MM-DD) decides the century of a two-digit year: nobody is born tomorrow.
 */
export function readQuery(text: string, today: string): PeopleQuery {
  let rest = text.normalize('NFC').slice(0, LONGEST);
  const email = /\S+@\S+\.\S+/.exec(rest)?.[0] ?? null;
  if (email) rest = rest.replace(email, ' ');
  const found = findDate(rest, today);
  if (found) rest = rest.replace(found.text, ' ');
  const phone = /\+?\d[\d\s()./-]{4,}\d/.exec(rest)?.[0] ?? null;
  const digits = phone?.replace(/\D/g, '') ?? '';
  if (phone && digits.length >= 6) rest = rest.replace(phone, ' ');
  return {
    words: foldName(rest).split(' ').filter(Boolean).slice(0, MOST_WORDS),
    birthDates: found?.dates ?? [],
    email: email?.toLowerCase() ?? null,
    phoneDigits: digits.length >= 6 ? digits.slice(-9) : null,
  };
}

interface FoundDate {
  readonly text: string;
  readonly dates: readonly string[];
}

function findDate(text: string, today: string): FoundDate | null {
  return (
    match(text, ISO, ([y, m, d]) => [[y, m, d]]) ??
    match(text, DAY_FIRST, ([a, b, y]) => [
      [century(y, today), b, a],
      [century(y, today), a, b],
    ]) ??
    match(text, WRITTEN, ([d, m, y]) => [[y, monthOf(m), d]]) ??
    match(text, WRITTEN_MONTH_FIRST, ([m, d, y]) => [[y, monthOf(m), d]]) ??
    match(text, EIGHT, ([digits = '']) => [
      [digits.slice(4), digits.slice(2, 4), digits.slice(0, 2)],
      [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)],
    ])
  );
}

type Parts = readonly (string | undefined)[];

function match(text: string, pattern: RegExp, orders: (groups: Parts) => readonly Parts[]): FoundDate | null {
  const found = pattern.exec(text);
  if (!found) return null;
  const dates = orders(found.slice(1))
    .map(([year = '', month = '', day = '']) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
    .filter((date) => isDate(date) && date >= '1890-01-01');
  return dates.length > 0 ? { text: found[0], dates: [...new Set(dates)] } : null;
}

function monthOf(name = ''): string {
  return `${MONTHS.indexOf(name.toLowerCase()) + 1}`;
}

function century(year = '', today: string): string {
  if (year.length !== 2) return year;
  const thisCentury = `${today.slice(0, 2)}${year}`;
  return thisCentury <= today.slice(0, 4) ? thisCentury : `${Number(today.slice(0, 2)) - 1}${year}`;
}
