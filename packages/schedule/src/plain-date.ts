import { InvalidDateError } from './errors.ts';
import { DAY_MS } from './instant.ts';

/** A calendar date of the Gregorian calendar, 'YYYY-MM-DD', in the years 1000 to 9999. */
export type PlainDate = string;

/** Monday is 1 and Sunday is 7 (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const DATE = /^([1-9]\d{3})-(\d\d)-(\d\d)$/;
const MONTH = /^([1-9]\d{3})-(0[1-9]|1[0-2])$/;
const DATE_EXPECTED = 'a calendar date YYYY-MM-DD';

/** The number of days in a month (1 to 12) of a year. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function epochDayOrNull(date: string): number | null {
  const match = DATE.exec(date);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const real = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return real ? Date.UTC(year, month - 1, day) / DAY_MS : null;
}

/** Whether the text is a date that exists: '2028-02-29' is one, '2027-02-29' is not. */
export function isDate(text: unknown): text is PlainDate {
  return typeof text === 'string' && epochDayOrNull(text) !== null;
}

/** Days from 1970-01-01 to the date. Throws InvalidDateError. */
export function epochDayOf(date: PlainDate, field = 'date'): number {
  const day = typeof date === 'string' ? epochDayOrNull(date) : null;
  if (day === null) throw new InvalidDateError({ field, expected: DATE_EXPECTED, found: date });
  return day;
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** The date that lies so many days after 1970-01-01. Throws InvalidDateError outside the years 1000 to 9999. */
export function dateOfEpochDay(epochDay: number): PlainDate {
  const at = new Date(epochDay * DAY_MS);
  const year = at.getUTCFullYear();
  if (year >= 1000 && year <= 9999) return `${year}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  throw new InvalidDateError({ field: 'date', expected: 'a year from 1000 to 9999', found: year });
}

/** The date so many days later (earlier, when negative). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOfEpochDay(epochDayOf(date) + days);
}

/** The date so many months later; a day that the month lacks becomes its last: 31 January + 1 is 28 or 29 February. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const at = new Date(epochDayOf(date) * DAY_MS);
  const index = at.getUTCFullYear() * 12 + at.getUTCMonth() + months;
  const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const day = Math.min(at.getUTCDate(), daysInMonth(year, month));
  return dateOfEpochDay(Date.UTC(year, month - 1, day) / DAY_MS);
}

/** How many days lie between two dates; negative when `to` is the earlier one. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return epochDayOf(to) - epochDayOf(from);
}

/** The weekday of a day counted from 1970-01-01, which was a Thursday. */
export function weekdayOfEpochDay(epochDay: number): Weekday {
  return (((((epochDay + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** The weekday of a date, Monday 1 to Sunday 7. */
export function weekdayOf(date: PlainDate): Weekday {
  return weekdayOfEpochDay(epochDayOf(date));
}

/** Whether the text names a month, 'YYYY-MM'. */
export function isMonth(text: unknown): text is string {
  return typeof text === 'string' && MONTH.test(text);
}

/** All dates of a month 'YYYY-MM', in order. Throws InvalidDateError. */
export function datesOfMonth(month: string): PlainDate[] {
  if (!isMonth(month)) {
    throw new InvalidDateError({ field: 'month', expected: 'a month YYYY-MM', found: month });
  }
  const first = epochDayOf(`${month}-01`);
  const length = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
  return Array.from({ length }, (_, index) => dateOfEpochDay(first + index));
}
