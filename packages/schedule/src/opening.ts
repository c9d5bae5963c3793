import { InvalidExceptionError, InvalidRuleError, type ScheduleError } from './errors.ts';
import { checkSpan, DAY_MS, MINUTE_MS, type Span } from './instant.ts';
import { epochDayOf, isDate, type PlainDate, type Weekday, weekdayOfEpochDay } from './plain-date.ts';
import { intersect, normalise, subtract } from './spans.ts';
import { endOfTimeBeforeWall, epochDayAt, firstInstantAtWall, wallOf } from './zone.ts';
import { isTimeZone } from './zone-table.ts';

/** Open every such weekday between two local times of that day. */
export interface WeeklyRule {
  readonly weekday: Weekday;
  /** 'HH:MM' */
  readonly from: string;
  /** 'HH:MM', later than `from`; '24:00' is the end of the day. */
  readonly to: string;
  readonly timeZone: string;
  /** The first date on which the rule holds. */
  readonly validFrom?: PlainDate;
  /** The last date on which the rule holds. */
  readonly validTo?: PlainDate;
  /** Where these hours are worked; only a closure of this place, or of every place, ends them. */
  readonly place?: string;
}

/** A closure (holiday, leave) or an extra opening between two local times. */
export interface Exception {
  readonly kind: 'closed' | 'open';
  /** 'YYYY-MM-DDTHH:MM' */
  readonly from: string;
  /** 'YYYY-MM-DDTHH:MM', later than `from`. A whole day ends at the next day's 00:00. */
  readonly to: string;
  readonly timeZone: string;
  /** The only place that is closed, or open as an exception; every place when absent. */
  readonly place?: string;
}

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

function minutesOf(time: string): number {
  if (time === '24:00') return 24 * 60;
  const match = typeof time === 'string' ? TIME.exec(time) : null;
  return match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
}

type ErrorClass = new (complaint: { field: string; expected: string; found: unknown }) => ScheduleError;

function demand(holds: boolean, Class: ErrorClass, field: string, expected: string, found: unknown): void {
  if (!holds) throw new Class({ field, expected, found });
}

interface ReadRule {
  readonly weekday: Weekday;
  readonly fromMs: number;
  readonly toMs: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly timeZone: string;
}

function readRule(rule: WeeklyRule, field: string): ReadRule {
  const { weekday, from, to, timeZone, validFrom, validTo } = rule;
  const need = (holds: boolean, name: string, expected: string, found: unknown) =>
    demand(holds, InvalidRuleError, `${field}.${name}`, expected, found);
  need(Number.isInteger(weekday) && weekday >= 1 && weekday <= 7, 'weekday', 'a weekday 1 to 7', weekday);
  const [fromMin, toMin] = [minutesOf(from), minutesOf(to)];
  need(fromMin < 24 * 60, 'from', 'a time HH:MM from 00:00 to 23:59', from);
  need(!Number.isNaN(toMin), 'to', 'a time HH:MM up to 24:00', to);
  need(toMin > fromMin, 'to', `a time later than ${from} on the same day`, to);
  need(isTimeZone(timeZone), 'timeZone', 'an IANA time zone', timeZone);
  need(validFrom === undefined || isDate(validFrom), 'validFrom', 'a calendar date YYYY-MM-DD', validFrom);
  need(validTo === undefined || isDate(validTo), 'validTo', 'a calendar date YYYY-MM-DD', validTo);
  const firstDay = validFrom === undefined ? Number.NEGATIVE_INFINITY : epochDayOf(validFrom);
  const lastDay = validTo === undefined ? Number.POSITIVE_INFINITY : epochDayOf(validTo);
  need(lastDay >= firstDay, 'validTo', `a date not before ${validFrom}`, validTo);
  return { weekday, fromMs: fromMin * MINUTE_MS, toMs: toMin * MINUTE_MS, firstDay, lastDay, timeZone };
}

/** Throws InvalidRuleError, naming the field, unless the rule can be used. */
export function checkRule(rule: WeeklyRule, field = 'rule'): void {
  readRule(rule, field);
}

function readException(exception: Exception, field: string): Span {
  const { kind, from, to, timeZone } = exception;
  const need = (holds: boolean, name: string, expected: string, found: unknown) =>
    demand(holds, InvalidExceptionError, `${field}.${name}`, expected, found);
  need(kind === 'closed' || kind === 'open', 'kind', "'closed' or 'open'", kind);
  const wallFrom = wallOf(from);
  const wallTo = wallOf(to);
  need(wallFrom !== null, 'from', 'a local time YYYY-MM-DDTHH:MM', from);
  need(wallTo !== null, 'to', 'a local time YYYY-MM-DDTHH:MM', to);
  need(isTimeZone(timeZone), 'timeZone', 'an IANA time zone', timeZone);
  const [start, end] = [wallFrom ?? 0, wallTo ?? 0];
  need(end > start, 'to', `a local time later than ${from}`, to);
  return wallSpan(start, end, timeZone);
}

/** Throws InvalidExceptionError, naming the field, unless the exception can be used. */
export function checkException(exception: Exception, field = 'exception'): void {
  readException(exception, field);
}

/** From the first to the last instant at which a clock in the zone shows a time in [from, to). */
function wallSpan(from: number, to: number, timeZone: string): Span {
  return { start: firstInstantAtWall(from, timeZone), end: endOfTimeBeforeWall(to, timeZone) };
}

function addRuleSpans(rule: ReadRule, within: Span, spans: Span[]): void {
  // One day to either side, because a day may be met twice, or left out, near a clock change.
  const first = Math.max(epochDayAt(within.start, rule.timeZone) - 1, rule.firstDay);
  const last = Math.min(epochDayAt(within.end, rule.timeZone) + 1, rule.lastDay);
  const wait = (rule.weekday - weekdayOfEpochDay(first) + 7) % 7;
  for (let day = first + wait; day <= last; day += 7) {
    const span = wallSpan(day * DAY_MS + rule.fromMs, day * DAY_MS + rule.toMs, rule.timeZone);
    if (span.end > within.start && span.start < within.end) spans.push(span);
  }
}

/** The openings and closures of one place, or (without a name) what holds everywhere. */
interface PlaceSpans {
  readonly open: Span[];
  readonly closed: Span[];
}

/**
 * When a resource is open: weekly rules and extra openings together, less the closures, which always win. Sorted,
 * disjoint and cut to `within`. A closure that names a place takes away only what is open at that place. An opening
 * lasts from the first to the last instant at which a clock in the rule's zone shows a time in [from, to): it begins
 * on the first pass of a repeated time and ends on the last, and a skipped hour takes no part in it.
 * Throws InvalidRuleError, InvalidExceptionError, InvalidSpanError.
 */
export function openSpans(
  rules: readonly WeeklyRule[],
  exceptions: readonly Exception[],
  within: Span,
): Span[] {
  checkSpan(within, 'within');
  const places = new Map<string | undefined, PlaceSpans>([[undefined, { open: [], closed: [] }]]);
  rules.forEach((rule, index) => {
    addRuleSpans(readRule(rule, `rules[${index}]`), within, spansOf(places, rule.place).open);
  });
  exceptions.forEach((exception, index) => {
    const span = readException(exception, `exceptions[${index}]`);
    spansOf(places, exception.place)[exception.kind].push(span);
  });
  const everywhere = normalise(spansOf(places, undefined).closed);
  const open = [...places].flatMap(([place, spans]) =>
    place === undefined ? spans.open : subtract(normalise(spans.open), normalise(spans.closed)),
  );
  return intersect(subtract(normalise(open), everywhere), [within]);
}

function spansOf(places: Map<string | undefined, PlaceSpans>, place: string | undefined): PlaceSpans {
  const known = places.get(place);
  if (known) return known;
  const made = { open: [], closed: [] };
  places.set(place, made);
  return made;
}
