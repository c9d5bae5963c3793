import { addDays, daysBetween, isDate } from '@rectus/schedule';
import type { FormErrors, FormValues } from '../../../platform/web/form.ts';
import { parseClock } from '../parts/clock-input.ts';

/** Whom or what an exception is about. Both null: the whole clinic. */
export interface About {
  readonly siteId: string | null;
  readonly resourceId: string | null;
}

/** A closure or an extra opening, in wall-clock time: 'YYYY-MM-DDTHH:MM'. */
export interface ClosureFacts {
  readonly kind: 'closed' | 'open';
  readonly about: readonly About[];
  readonly starts: string;
  readonly ends: string;
  readonly reason: string;
}

/** What can be closed or opened. */
export interface Choices {
  readonly siteIds: readonly string[];
  readonly resourceIds: readonly string[];
}

export type ClosureResult =
  | { readonly ok: true; readonly value: ClosureFacts; readonly values: FormValues }
  | ({ readonly ok: false } & FormErrors);

/** Longer than any leave or rebuilding; what lasts longer is a change of hours. */
const MOST_DAYS = 400;

/** Reads a posted closure or extra opening. Days without times are whole days, the last one included. */
export function readClosure(values: FormValues, choices: Choices): ClosureResult {
  const errors: Record<string, string> = {};
  const kind = values.kind === 'open' ? 'open' : 'closed';
  const about = kind === 'open' ? readOpened(values, choices, errors) : readClosed(values, choices, errors);
  const time = readTime(values, kind, errors);
  const reason = (values.reason ?? '').replaceAll(/\s+/g, ' ').trim();
  if (reason.length > 120) errors.reason = 'Keep this under 121 characters';
  if (Object.keys(errors).length > 0 || !time) return { ok: false, values, errors };
  return { ok: true, values, value: { kind, about, ...time, reason } };
}

function readClosed(values: FormValues, choices: Choices, errors: Record<string, string>): readonly About[] {
  const [what, id = ''] = (values.scope ?? '').split(' ');
  if (what === 'clinic') return [{ siteId: null, resourceId: null }];
  if (what === 'site' && choices.siteIds.includes(id)) return [{ siteId: id, resourceId: null }];
  if (what === 'resource' && choices.resourceIds.includes(id)) return [{ siteId: null, resourceId: id }];
  errors.scope = 'Choose what is closed';
  return [];
}

function readOpened(values: FormValues, choices: Choices, errors: Record<string, string>): readonly About[] {
  const siteId = values.site ?? '';
  if (!choices.siteIds.includes(siteId)) errors.site = 'Choose the site that is open';
  const ids = (values.resources ?? '').split('\n').filter((id) => choices.resourceIds.includes(id));
  if (ids.length === 0) errors.resources = 'Choose who and what is there';
  return [...new Set(ids)].map((resourceId) => ({ siteId, resourceId }));
}

function readTime(
  values: FormValues,
  kind: 'closed' | 'open',
  errors: Record<string, string>,
): Pick<ClosureFacts, 'starts' | 'ends'> | null {
  const first = readDay(values, 'firstDay', 'first', errors);
  // A single day is the usual case, so the last day may be left out.
  const last = values.lastDay?.trim() ? readDay(values, 'lastDay', 'last', errors) : first;
  const from = readClock(values, 'firstTime', errors);
  const to = readClock(values, 'lastTime', errors);
  if (kind === 'open') {
    if (values.firstTime?.trim() === '') errors.firstTime = 'Enter when it opens, such as 9:00';
    if (values.lastTime?.trim() === '') errors.lastTime = 'Enter when it closes, such as 13:00';
  }
  if (!first || !last || from === undefined || to === undefined) return null;
  const starts = `${first}T${from ?? '00:00'}`;
  const ends = to === null || to === '24:00' ? `${addDays(last, 1)}T00:00` : `${last}T${to}`;
  if (last < first) errors.lastDay = 'The last day must not come before the first';
  else if (ends <= starts) errors.lastTime = 'The end must come after the beginning';
  else if (daysBetween(first, last) > MOST_DAYS) errors.lastDay = `Choose at most ${MOST_DAYS} days`;
  return { starts, ends };
}

function readDay(
  values: FormValues,
  field: 'firstDay' | 'lastDay',
  which: string,
  errors: Record<string, string>,
): string | null {
  const typed = values[field]?.trim() ?? '';
  if (isDate(typed) && typed >= '2000' && typed < '2200') return typed;
  errors[field] = typed === '' ? `Enter the ${which} day` : 'This is no date of the calendar';
  return null;
}

/** Null where the field is empty, undefined where it holds no time. */
function readClock(
  values: FormValues,
  field: 'firstTime' | 'lastTime',
  errors: Record<string, string>,
): string | null | undefined {
  const typed = values[field]?.trim() ?? '';
  if (typed === '') return null;
  const time = parseClock(typed);
  if (time !== null && (field === 'lastTime' || time !== '24:00')) return time;
  errors[field] = 'Enter a time such as 12:30, or nothing for the whole day';
  return undefined;
}

/** When a closure is, for people: `25 December 2026`, `24 December 2026 to 3 January 2027`, `4 May 2027, 12:00 to 15:30`. */
export function closureWhen(starts: string, ends: string, locale: string): string {
  const [first = '', from = ''] = starts.split(/[T ]/);
  const [until = '', to = ''] = ends.split(/[T ]/);
  const wholeDays = from.startsWith('00:00') && to.startsWith('00:00');
  const last = to.startsWith('00:00') ? addDays(until, -1) : until;
  const day = (date: string): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
      Date.parse(`${date}T00:00Z`),
    );
  const clock = (time: string): string => time.slice(0, 5).replace(/^0/, '');
  if (wholeDays) return first === last ? day(first) : `${day(first)} to ${day(last)}`;
  const end = to.startsWith('00:00') ? '24:00' : clock(to);
  if (first === last) return `${day(first)}, ${clock(from)} to ${end}`;
  return `${day(first)}, ${clock(from)} to ${day(last)}, ${end}`;
}
