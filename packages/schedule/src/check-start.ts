import { availabilityAt, isAvailable } from './availability.ts';
import { isOnGrid } from './grid.ts';
import { checkInstant, type Instant, MINUTE_MS } from './instant.ts';
import { canMeet } from './matching.ts';
import { type OpenResource, openResources } from './resource.ts';
import { checkQuestion, lastBookableDay, type Question, useful } from './search.ts';
import { visitOf } from './service.ts';
import { epochDayAt } from './zone.ts';

/** Why a start is not offered; where several reasons hold, the first of this list. */
export type Refusal = 'past' | 'lead' | 'horizon' | 'grid' | 'closed' | 'busy';

/** A question about one start. */
export interface StartQuestion extends Question {
  readonly start: Instant;
}

function openAt({ service, resources, start }: StartQuestion): OpenResource[] {
  const end = start + service.durationMin * MINUTE_MS;
  return openResources(useful(service, resources), { start, end });
}

function availableAt(question: StartQuestion, resources: readonly OpenResource[]): OpenResource[] {
  const availability = availabilityAt(Float64Array.of(question.start), resources, visitOf(question.service));
  return resources.filter((_, index) => isAvailable(availability, 0, index));
}

function refusalByClock(question: StartQuestion): Refusal | null {
  const { service, timeZone, now, start } = question;
  if (start < now) return 'past';
  if (start < now + service.leadMin * MINUTE_MS) return 'lead';
  if (epochDayAt(start, timeZone) > lastBookableDay(question)) return 'horizon';
  return isOnGrid(start, timeZone, service.stepMin) ? null : 'grid';
}

/**
 * Null where `freeStarts` would offer this start, else the reason why not. 'closed' means that the opening hours alone
 * rule it out, 'busy' that other bookings do. Throws as `freeStarts` does.
 */
export function whyNotFree(question: StartQuestion): Refusal | null {
  checkQuestion(question);
  checkInstant(question.start, 'start');
  const byClock = refusalByClock(question);
  if (byClock !== null) return byClock;
  const { needs } = question.service;
  const open = openAt(question);
  const idle = open.map((resource) => ({ ...resource, busy: [] }));
  if (!canMeet(needs, availableAt(question, idle))) return 'closed';
  return canMeet(needs, availableAt(question, open)) ? null : 'busy';
}

/** Whether `freeStarts` would offer this start. */
export function isFreeStart(question: StartQuestion): boolean {
  return whyNotFree(question) === null;
}

/**
 * The ids, in the order given, of the resources that could serve some need of a visit at this start: the candidates
 * for `assign`. Looks at openings and busy spans only, not at lead time, horizon or grid, so that staff may book
 * where the public may not.
 */
export function resourcesFreeAt(question: StartQuestion): string[] {
  checkQuestion(question);
  checkInstant(question.start, 'start');
  return availableAt(question, openAt(question)).map(({ id }) => id);
}
