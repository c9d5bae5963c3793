import { availabilityAt } from './availability.ts';
import { gridInstants } from './grid.ts';
import { checkInstant, checkSpan, DAY_MS, type Instant, MINUTE_MS, type Span } from './instant.ts';
import { canServe } from './matching.ts';
import { checkIds, type OpenResource, openResources, type Resource } from './resource.ts';
import { checkService, type Service, visitOf } from './service.ts';
import { sufficiencyOf } from './sufficiency.ts';
import { epochDayAt, offsetMs } from './zone.ts';

/** A visit that can be booked: from `start` to `end`, buffers not included. */
export interface Start {
  readonly start: Instant;
  readonly end: Instant;
}

/** What every search needs to know. */
export interface Question<R = Resource> {
  readonly service: Service;
  readonly resources: readonly R[];
  /** The zone in whose local days the step grid and the horizon are counted: that of the site. */
  readonly timeZone: string;
  readonly now: Instant;
}

/** A question about the starts inside a span. A visit may end after the span does. */
export interface Search<R = Resource> extends Question<R> {
  readonly within: Span;
}

/** Throws unless the question makes sense. */
export function checkQuestion({ service, resources, timeZone, now }: Question<{ id: string }>): void {
  checkService(service);
  checkIds(resources);
  checkInstant(now, 'now');
  offsetMs(timeZone, now);
}

/** The last local date that can be booked, in days since 1970-01-01. */
export function lastBookableDay({ service, timeZone, now }: Question<unknown>): number {
  return epochDayAt(now, timeZone) + service.horizonDays;
}

/** The first instant after `now` and the lead time, and one by which the last bookable date is surely over. */
export function bookableSpan(question: Question<unknown>): Span {
  const start = question.now + question.service.leadMin * MINUTE_MS;
  // No zone is more than a day away from UTC.
  return { start, end: Math.max(start, (lastBookableDay(question) + 2) * DAY_MS) };
}

/** The part of the span in which starts can lie at all, or null. */
function startsWithin(search: Search<unknown>): Span | null {
  const bookable = bookableSpan(search);
  const start = Math.max(bookable.start, search.within.start);
  const end = Math.min(bookable.end, search.within.end);
  return start < end ? { start, end } : null;
}

/** The resources that can serve any of the needs; the others are not looked at. */
export function useful<R extends { id: string; kinds: readonly string[] }>(
  service: Service,
  resources: readonly R[],
): R[] {
  return resources.filter((one) => service.needs.some((need) => canServe(one, need)));
}

/**
 * Every start inside `within` at which the service can be booked, ascending. A start is offered where
 * - it is not before `now` plus the lead time, and its local date is not past the horizon;
 * - the local clock stands at a multiple of the step after midnight: both passes of a repeated hour count, skipped
 *   times do not exist;
 * - resources that meet all needs, none serving twice, are open for the whole visit and busy neither during it nor
 *   during its buffers.
 * Throws the named errors of this package for input that makes no sense.
 */
export function freeStarts(search: Search): Start[] {
  checkQuestion(search);
  checkSpan(search.within, 'within');
  const starts = startsWithin(search);
  if (starts === null) return [];
  const reach = { start: starts.start, end: starts.end + search.service.durationMin * MINUTE_MS };
  const resources = openResources(useful(search.service, search.resources), reach);
  return searchOpen({ ...search, resources }, starts);
}

/**
 * The same as `freeStarts` for resources whose opening hours are known already, from `openResources` over a span which
 * covers `within` and the duration of one visit more.
 */
export function freeStartsFromOpen(search: Search<OpenResource>): Start[] {
  checkQuestion(search);
  checkSpan(search.within, 'within');
  const starts = startsWithin(search);
  if (starts === null) return [];
  return searchOpen({ ...search, resources: useful(search.service, search.resources) }, starts);
}

function searchOpen(question: Question<OpenResource>, within: Span): Start[] {
  const { service, resources, timeZone } = question;
  const grid = { timeZone, stepMin: service.stepMin, lastDay: lastBookableDay(question) };
  const instants = gridInstants(grid, within);
  const visit = visitOf(service);
  const isSufficient = sufficiencyOf(service.needs, resources, availabilityAt(instants, resources, visit));
  const starts: Start[] = [];
  for (let at = 0; at < instants.length; at++) {
    const start = instants[at] ?? 0;
    if (isSufficient(at)) starts.push({ start, end: start + visit.durationMs });
  }
  return starts;
}
