import { addDays, dateAt, offsetMs, type PlainDate, startOfDay, toLocal } from '@rectus/schedule';

const two = (value: number): string => `${value}`.padStart(2, '0');

/** The clock on the wall of a place: "9:15". */
export function wallTime(instant: number, zone: string): string {
  const { hour, minute } = toLocal(instant, zone);
  return `${hour}:${two(minute)}`;
}

/** The value of an `<input type="time">`: "09:15". */
export function timeInput(instant: number, zone: string): string {
  const { hour, minute } = toLocal(instant, zone);
  return `${two(hour)}:${two(minute)}`;
}

/** "Tuesday 24 November"; with the year where it is not this one. */
export function longDate(date: PlainDate, locale: string, today?: PlainDate): string {
  const year = today && today.slice(0, 4) !== date.slice(0, 4) ? ({ year: 'numeric' } as const) : {};
  const format = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC', ...year } as const;
  return new Intl.DateTimeFormat(locale, format).format(new Date(`${date}T12:00Z`)).replace(',', '');
}

/** "Tue 24 Nov", or with its year: "Tue 24 Nov 2026". */
export function shortDate(date: PlainDate, locale: string, withYear = false): string {
  const year = withYear ? ({ year: 'numeric' } as const) : {};
  const format = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC', ...year } as const;
  return new Intl.DateTimeFormat(locale, format).format(new Date(`${date}T12:00Z`)).replace(',', '');
}

/** A date of birth, "3 April 1990", or a dash where it is not known. */
export function birthDateText(date: PlainDate | null, locale: string): string {
  if (!date) return 'date of birth not known';
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, format).format(new Date(`${date}T12:00Z`));
}

/** "Tue 24 Nov, 9:15". */
export function shortMoment(instant: number, zone: string, locale: string): string {
  return `${shortDate(dateAt(instant, zone), locale)}, ${wallTime(instant, zone)}`;
}

/** "UTC+1", "UTC−3:30". */
export function utcOffset(zone: string, instant: number): string {
  const minutes = Math.round(offsetMs(zone, instant) / 60_000);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(Math.abs(minutes) / 60)}${rest ? `:${two(rest)}` : ''}`;
}

/** A local day from its first instant to the next day's; 23 or 25 hours where the clock changes. */
export function daySpan(date: PlainDate, zone: string): { readonly start: number; readonly end: number } {
  return { start: startOfDay(date, zone), end: startOfDay(addDays(date, 1), zone) };
}
