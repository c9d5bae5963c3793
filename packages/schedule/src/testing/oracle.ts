import { Temporal } from 'temporal-polyfill';
import type { Exception, Need, Resource, Search, WeeklyRule } from '../index.ts';

// The definitions of the README, minute by minute and as plainly as they can be written. Slow on purpose.

const MINUTE_MS = 60_000;

/** What the wall clock shows during one minute: 'YYYY-MM-DDTHH:MM'. */
interface Reading {
  readonly instant: number;
  readonly local: string;
  readonly date: string;
  readonly minuteOfDay: number;
}

const known = new Map<string, readonly Reading[]>();

/** The readings of every minute of the three and a half days around noon UTC of a date. */
export function readings(zone: string, date: string): readonly Reading[] {
  const key = `${zone} ${date}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const noon = Temporal.Instant.from(`${date}T12:00Z`).epochMilliseconds;
  const all: Reading[] = [];
  for (let minute = -42 * 60; minute < 42 * 60; minute++)
    all.push(readingAt(noon + minute * MINUTE_MS, zone));
  known.set(key, all);
  return all;
}

function readingAt(instant: number, zone: string): Reading {
  const local = Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toString()
    .slice(0, 16);
  const minuteOfDay = Number(local.slice(11, 13)) * 60 + Number(local.slice(14));
  return { instant, local, date: local.slice(0, 10), minuteOfDay };
}

const weekdayOf = (date: string) => Temporal.PlainDate.from(date).dayOfWeek;

/** Everything from the first to the last minute at which the clock shows a time in [from, to). */
function hull(minutes: readonly Reading[], from: string, to: string): number[] {
  const fits = ({ local }: Reading) => local >= from && local < to;
  const first = minutes.findIndex(fits);
  const last = minutes.findLastIndex(fits);
  return first === -1 ? [] : minutes.slice(first, last + 1).map(({ instant }) => instant);
}

function ruleMinutes(rule: WeeklyRule, dates: readonly string[], minutes: readonly Reading[]): number[] {
  return dates
    .filter((date) => weekdayOf(date) === rule.weekday)
    .filter((date) => date >= (rule.validFrom ?? '') && date <= (rule.validTo ?? '9999'))
    .flatMap((date) => hull(minutes, `${date}T${rule.from}`, `${date}T${rule.to}`));
}

function exceptionMinutes(
  exceptions: readonly Exception[],
  kind: string,
  minutes: readonly Reading[],
): number[] {
  return exceptions
    .filter((exception) => exception.kind === kind)
    .flatMap(({ from, to }) => hull(minutes, from, to));
}

/** The minutes at which something with these rules and exceptions is open. */
export function openMinutes(
  rules: readonly WeeklyRule[],
  exceptions: readonly Exception[],
  minutes: readonly Reading[],
): Set<number> {
  const dates = [...new Set(minutes.map(({ date }) => date))];
  const open = new Set(rules.flatMap((rule) => ruleMinutes(rule, dates, minutes)));
  for (const minute of exceptionMinutes(exceptions, 'open', minutes)) open.add(minute);
  for (const minute of exceptionMinutes(exceptions, 'closed', minutes)) open.delete(minute);
  return open;
}

function everyMinute(from: number, to: number, holds: (minute: number) => boolean): boolean {
  for (let minute = from; minute < to; minute += MINUTE_MS) if (!holds(minute)) return false;
  return true;
}

function canBeMet(needs: readonly Need[], resources: readonly Resource[]): boolean {
  const need = needs.find(({ count }) => count > 0);
  if (need === undefined) return true;
  const rest = needs.map((other) => (other === need ? { ...need, count: need.count - 1 } : other));
  return resources
    .filter((one) => one.kinds.includes(need.kind) && (need.among?.includes(one.id) ?? true))
    .some((one) =>
      canBeMet(
        rest,
        resources.filter((other) => other !== one),
      ),
    );
}

/** The instants that `freeStarts` should offer. */
export function slowStarts(search: Search, minutes: readonly Reading[]): number[] {
  const { service, resources, within, now } = search;
  const open = new Map(resources.map((r) => [r.id, openMinutes(r.rules, r.exceptions, minutes)]));
  const today = minutes.find(({ instant }) => instant + MINUTE_MS > now)?.date ?? '';
  const lastDate = Temporal.PlainDate.from(today).add({ days: service.horizonDays }).toString();
  const isFree = (one: Resource, start: number) => {
    const end = start + service.durationMin * MINUTE_MS;
    const [first, last] = [
      start - service.bufferBeforeMin * MINUTE_MS,
      end + service.bufferAfterMin * MINUTE_MS,
    ];
    const idle = (minute: number) => !one.busy.some((busy) => busy.start <= minute && minute < busy.end);
    return (
      everyMinute(start, end, (m) => open.get(one.id)?.has(m) ?? false) && everyMinute(first, last, idle)
    );
  };
  return minutes
    .filter(({ instant }) => instant >= within.start && instant < within.end)
    .filter(({ instant }) => instant >= now + service.leadMin * MINUTE_MS)
    .filter(({ date }) => date <= lastDate)
    .filter(({ minuteOfDay }) => minuteOfDay % service.stepMin === 0)
    .map(({ instant }) => instant)
    .filter((start) =>
      canBeMet(
        service.needs,
        resources.filter((one) => isFree(one, start)),
      ),
    );
}
