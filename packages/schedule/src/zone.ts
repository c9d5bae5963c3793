import { InvalidDateError } from './errors.ts';
import { checkInstant, DAY_MS, type Instant, MINUTE_MS } from './instant.ts';
import {
  dateOfEpochDay,
  epochDayOf,
  isDate,
  type PlainDate,
  type Weekday,
  weekdayOfEpochDay,
} from './plain-date.ts';
import { segmentAt } from './zone-table.ts';

/** What a calendar and a clock on the wall of a place show at an instant. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 'YYYY-MM-DD' */
  readonly date: PlainDate;
  readonly weekday: Weekday;
}

/**
 * What to do with a local time that a clock change skips or repeats, as in Temporal: 'compatible' takes the first
 * pass of a repeated time and moves a skipped time forward by the length of the gap; 'earlier' and 'later' take the
 * first or second pass, and move a skipped time backward or forward.
 */
export type Disambiguation = 'compatible' | 'earlier' | 'later';

/** The wall clock's reading as if it were UTC, in milliseconds. */
type Wall = number;

/** Local wall time minus UTC at an instant, in milliseconds. Throws UnknownTimeZoneError, InvalidInstantError. */
export function offsetMs(zone: string, instant: Instant): number {
  return segmentAt(zone, checkInstant(instant)).offsetMs;
}

/** The local date and time at an instant. Throws UnknownTimeZoneError, InvalidInstantError. */
export function toLocal(instant: Instant, zone: string): LocalTime {
  const wall = instant + offsetMs(zone, instant);
  const epochDay = Math.floor(wall / DAY_MS);
  const date = dateOfEpochDay(epochDay);
  const minutes = Math.floor((wall - epochDay * DAY_MS) / MINUTE_MS);
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8)),
    hour: Math.floor(minutes / 60),
    minute: minutes % 60,
    second: Math.floor((wall - epochDay * DAY_MS - minutes * MINUTE_MS) / 1000),
    date,
    weekday: weekdayOfEpochDay(epochDay),
  };
}

/** The instants at which a wall clock shows a time; where it never does, the change that skips it. */
interface Resolution {
  readonly first: Instant;
  readonly last: Instant;
  readonly skipped: boolean;
  readonly offsetBefore: number;
  readonly offsetAfter: number;
}

function resolve(wall: Wall, zone: string): Resolution {
  // No offset reaches a whole day, so these two offsets enclose the true one.
  const offsetBefore = segmentAt(zone, wall - DAY_MS).offsetMs;
  const offsetAfter = segmentAt(zone, wall + DAY_MS).offsetMs;
  const early = wall - offsetBefore;
  const late = wall - offsetAfter;
  if (offsetBefore === offsetAfter) {
    return { first: early, last: early, skipped: false, offsetBefore, offsetAfter };
  }
  const earlyHolds = segmentAt(zone, early).offsetMs === offsetBefore;
  const lateHolds = segmentAt(zone, late).offsetMs === offsetAfter;
  if (earlyHolds || lateHolds) {
    const first = earlyHolds ? early : late;
    return { first, last: lateHolds ? late : early, skipped: false, offsetBefore, offsetAfter };
  }
  const change = lastChange(zone, early);
  return { first: change, last: change, skipped: true, offsetBefore, offsetAfter };
}

/** The latest instant, not after `instant`, at which the offset changed. */
function lastChange(zone: string, instant: Instant): Instant {
  let segment = segmentAt(zone, instant);
  for (;;) {
    const previous = segmentAt(zone, segment.start - 1);
    if (previous.offsetMs !== segment.offsetMs) return segment.start;
    segment = previous;
  }
}

/** The first instant at which the clock shows `wall`, or, where that is skipped, the instant of the change. */
export function firstInstantAtWall(wall: Wall, zone: string): Instant {
  return resolve(wall, zone).first;
}

/** The end of all the time during which the clock shows less than `wall`, on the last pass where it repeats. */
export function endOfTimeBeforeWall(wall: Wall, zone: string): Instant {
  const justBefore = resolve(wall - 1, zone);
  return justBefore.skipped ? justBefore.last : justBefore.last + 1;
}

const LOCAL = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** Reads 'YYYY-MM-DDTHH:MM' or 'YYYY-MM-DDTHH:MM:SS' as milliseconds of wall time. Null when it is neither. */
export function wallOf(localDateTime: string): Wall | null {
  const match = LOCAL.exec(localDateTime);
  if (match === null) return null;
  const [, date = '', hour, minute, second = '0'] = match;
  if (!isDate(date)) return null;
  return epochDayOf(date) * DAY_MS + (Number(hour) * 60 + Number(minute)) * MINUTE_MS + Number(second) * 1000;
}

/** Whether the text is a local time 'YYYY-MM-DDTHH:MM' or 'YYYY-MM-DDTHH:MM:SS' on a date that exists. */
export function isLocalDateTime(text: unknown): text is string {
  return typeof text === 'string' && wallOf(text) !== null;
}

/**
 * The instant of a local time, 'YYYY-MM-DDTHH:MM' with optional ':SS'.
 * Throws InvalidDateError, UnknownTimeZoneError.
 */
export function toInstant(
  localDateTime: string,
  zone: string,
  disambiguation: Disambiguation = 'compatible',
): Instant {
  const wall = typeof localDateTime === 'string' ? wallOf(localDateTime) : null;
  if (wall === null) {
    const expected = 'a local time YYYY-MM-DDTHH:MM';
    throw new InvalidDateError({ field: 'localDateTime', expected, found: localDateTime });
  }
  const found = resolve(wall, zone);
  if (found.skipped) return wall - (disambiguation === 'earlier' ? found.offsetAfter : found.offsetBefore);
  return disambiguation === 'later' ? found.last : found.first;
}

/**
 * The first instant of a local date: usually midnight, the clock change itself where that skips midnight, and the
 * start of the following day for a date that the zone left out. Throws InvalidDateError, UnknownTimeZoneError.
 */
export function startOfDay(date: PlainDate, zone: string): Instant {
  return firstInstantAtWall(epochDayOf(date) * DAY_MS, zone);
}

/** The local date at an instant. */
export function dateAt(instant: Instant, zone: string): PlainDate {
  return dateOfEpochDay(epochDayAt(instant, zone));
}

/** The local date at an instant as days since 1970-01-01. */
export function epochDayAt(instant: Instant, zone: string): number {
  return Math.floor((instant + offsetMs(zone, instant)) / DAY_MS);
}
