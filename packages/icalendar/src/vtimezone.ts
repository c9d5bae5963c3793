import { offsetMs } from '@rectus/schedule';
import { type ClockChange, clockChanges } from './clock-changes.ts';
import { contentLine } from './content-line.ts';
import { localDateTime, utcOffset } from './date-time.ts';
import { yearlyRule } from './yearly-rule.ts';

/** How far before and after an event its zone's rule must hold for the rule to be written: two years and a bit. */
const WINDOW = 770 * 86_400_000;

/** The clock changes that matter to an event: from two years before its start until two years after its end. */
export function changesAround(zone: string, start: number, end: number): ClockChange[] {
  return clockChanges(zone, start - WINDOW, end + WINDOW);
}

/**
 * The VTIMEZONE component of a zone, right for every moment of an event from `start` to `end` (epoch ms).
 *
 * `changes` are those of {@link changesAround}. Where they follow a yearly rule, it is written as an RRULE;
 * otherwise each change that the event needs is written as an observance of its own; a zone that keeps its clocks is
 * one STANDARD. Source: RFC 5545, section 3.6.5.
 */
export function vtimezone(zone: string, changes: readonly ClockChange[], start: number, end: number): string {
  return [
    contentLine('BEGIN', 'VTIMEZONE'),
    contentLine('TZID', zone),
    ...(ruleObservances(changes) ?? listedObservances(zone, changes, start, end)),
    contentLine('END', 'VTIMEZONE'),
  ].join('');
}

/** Two observances with a yearly rule each, or null where the zone has no such pair throughout the window. */
function ruleObservances(changes: readonly ClockChange[]): string[] | null {
  const pairs = Map.groupBy(changes, ({ offsetBefore, offsetAfter }) => `${offsetBefore} ${offsetAfter}`);
  if (pairs.size !== 2) return null;
  const written: string[] = [];
  for (const yearly of pairs.values()) {
    const [first] = yearly;
    const rule = yearlyRule(yearly);
    // the window spans more than four years, so a rule that starts or ends well inside it has fewer onsets
    if (!first || !rule || yearly.length < 4) return null;
    written.push(observance(first, rule));
  }
  return written;
}

/** The change that the start of the event lies behind, and every later one up to the first after its end. */
function listedObservances(
  zone: string,
  changes: readonly ClockChange[],
  start: number,
  end: number,
): string[] {
  const inForce = changes.findLastIndex(({ at }) => at <= start);
  const next = changes.findIndex(({ at }) => at > end);
  const listed = changes.slice(Math.max(inForce, 0), next === -1 ? changes.length : next + 1);
  const offset = offsetMs(zone, start);
  // the first day of 1970 stands for "always so far"
  const before = { at: -offset, offsetBefore: offset, offsetAfter: offset };
  return (inForce === -1 ? [before, ...listed] : listed).map((change) => observance(change, null));
}

function observance(change: ClockChange, rule: string | null): string {
  const kind = change.offsetAfter > change.offsetBefore ? 'DAYLIGHT' : 'STANDARD';
  return [
    contentLine('BEGIN', kind),
    contentLine('DTSTART', localDateTime(change.at, change.offsetBefore)),
    rule ? contentLine('RRULE', rule) : '',
    contentLine('TZOFFSETFROM', utcOffset(change.offsetBefore)),
    contentLine('TZOFFSETTO', utcOffset(change.offsetAfter)),
    contentLine('END', kind),
  ].join('');
}
