import { addDays, type PlainDate, weekdayOf } from '@rectus/schedule';
import { inject } from 'vitest';
import { BERLIN, holidaysBetween, LISBON } from '../../clinic/demo/holidays.ts';

/** The demo's diary ends three weeks ahead; behind it lie days that a journey has for itself. */
const FIRST_QUIET_DAY = 24;
const LAST_QUIET_DAY = 58;

/**
 * The n-th day, from 0, on which the demo clinic is open and its diary still empty: a weekday and no holiday in
 * Lisbon or Berlin. A journey that takes a number of its own meets nobody else's visits.
 */
export function quietDay(n: number): PlainDate {
  const { today } = inject('clinic');
  const [first, last] = [addDays(today, FIRST_QUIET_DAY), addDays(today, LAST_QUIET_DAY)];
  const closed = new Set(
    [LISBON, BERLIN].flatMap((where) => holidaysBetween(where, first, last)).map((one) => one.date),
  );
  const days: PlainDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (weekdayOf(day) <= 5 && !closed.has(day)) days.push(day);
  }
  const day = days[n];
  if (!day) throw new Error(`There are only ${days.length} quiet days, asked for number ${n}`);
  return day;
}
