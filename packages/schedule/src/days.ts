import { DAY_MS } from './instant.ts';
import { datesOfMonth, epochDayOf, type PlainDate } from './plain-date.ts';
import { freeStarts, type Question, type Search, type Start } from './search.ts';
import { dateAt, endOfTimeBeforeWall, firstInstantAtWall } from './zone.ts';

/** How many starts a local date has. */
export interface DayCount {
  readonly date: PlainDate;
  readonly count: number;
}

/** The starts of a local date, ascending. */
export interface DayStarts {
  readonly date: PlainDate;
  readonly starts: readonly Start[];
}

/** Sorts starts into local dates. */
export function startsByDate(starts: readonly Start[], timeZone: string): Map<PlainDate, Start[]> {
  const days = new Map<PlainDate, Start[]>();
  for (const start of starts) {
    const date = dateAt(start.start, timeZone);
    const day = days.get(date);
    if (day === undefined) days.set(date, [start]);
    else day.push(start);
  }
  return days;
}

/** The local dates that have free starts inside `within`, with how many. Throws as `freeStarts` does. */
export function daysWithStarts(search: Search): DayCount[] {
  const days = startsByDate(freeStarts(search), search.timeZone);
  return [...days].map(([date, starts]) => ({ date, count: starts.length }));
}

/**
 * Every date of a month 'YYYY-MM' with its free starts, the dates without any included.
 * Throws InvalidDateError for the month, else as `freeStarts` does.
 */
export function monthStarts(question: Question & { readonly month: string }): DayStarts[] {
  const dates = datesOfMonth(question.month);
  const first = epochDayOf(`${question.month}-01`);
  const within = {
    start: firstInstantAtWall(first * DAY_MS, question.timeZone),
    end: endOfTimeBeforeWall((first + dates.length) * DAY_MS, question.timeZone),
  };
  const days = startsByDate(freeStarts({ ...question, within }), question.timeZone);
  return dates.map((date) => ({ date, starts: days.get(date) ?? [] }));
}
