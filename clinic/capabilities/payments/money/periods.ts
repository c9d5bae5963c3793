import { addDays, dateAt, datesOfMonth, isDate, isMonth, type PlainDate, startOfDay } from '@rectus/schedule';
import type { Clinic } from '../../../platform/web/clinics.ts';

/** The clinic's own day at an instant. */
export function dayAt(instant: number, { timeZone }: Pick<Clinic, 'timeZone'>): PlainDate {
  return dateAt(instant, timeZone);
}

/** The day that an address asks for; today where it names none, or none that exists or has come. */
export function askedDay(text: string | undefined, today: PlainDate): PlainDate {
  return isDate(text) && text <= today ? text : today;
}

/** The month that an address asks for, `2026-11`; this month where it names none, or none that has come. */
export function askedMonth(text: string | undefined, today: PlainDate): string {
  const thisMonth = today.slice(0, 7);
  return isMonth(text) && text <= thisMonth ? text : thisMonth;
}

/** The month before, or after. */
export function monthBeside(month: string, by: 1 | -1): string {
  const [first = ''] = datesOfMonth(month);
  return (by === -1 ? addDays(first, -1) : addDays(first, 31)).slice(0, 7);
}

/** Consecutive days with the instant at which each begins by the clinic's clock, and the end of the last. */
export interface Days {
  readonly dates: readonly PlainDate[];
  /** Epoch milliseconds, one for each date; 23 or 25 hours apart where the clock changes. */
  readonly starts: readonly number[];
  readonly start: number;
  readonly end: number;
}

export function oneDay(date: PlainDate, clinic: Pick<Clinic, 'timeZone'>): Days {
  return daysFrom([date], clinic);
}

export function daysOfMonth(month: string, clinic: Pick<Clinic, 'timeZone'>): Days {
  return daysFrom(datesOfMonth(month), clinic);
}

function daysFrom(dates: readonly PlainDate[], { timeZone }: Pick<Clinic, 'timeZone'>): Days {
  const [first] = dates;
  const last = dates.at(-1);
  if (!first || !last) throw new RangeError('A period has at least one day');
  const starts = dates.map((date) => startOfDay(date, timeZone));
  return { dates, starts, start: startOfDay(first, timeZone), end: startOfDay(addDays(last, 1), timeZone) };
}
