export { type AssignInput, assign, type Candidate } from './assign.ts';
export { isFreeStart, type Refusal, resourcesFreeAt, type StartQuestion, whyNotFree } from './check-start.ts';
export { type DayCount, type DayStarts, daysWithStarts, monthStarts, startsByDate } from './days.ts';
export * from './errors.ts';
export { firstStarts, type OnwardQuestion, walkStarts } from './first.ts';
export type { Instant, Span } from './instant.ts';
export { nearestStarts } from './nearest.ts';
export { checkException, checkRule, type Exception, openSpans, type WeeklyRule } from './opening.ts';
export {
  addDays,
  addMonths,
  datesOfMonth,
  daysBetween,
  daysInMonth,
  isDate,
  isMonth,
  type PlainDate,
  type Weekday,
  weekdayOf,
} from './plain-date.ts';
export { type OpenResource, openResources, type Resource } from './resource.ts';
export { freeStarts, freeStartsFromOpen, type Question, type Search, type Start } from './search.ts';
export { checkService, type Need, type Service } from './service.ts';
export { intersect, normalise, subtract, union } from './spans.ts';
export {
  type Disambiguation,
  dateAt,
  isLocalDateTime,
  type LocalTime,
  offsetMs,
  startOfDay,
  toInstant,
  toLocal,
} from './zone.ts';
export { isTimeZone } from './zone-table.ts';
