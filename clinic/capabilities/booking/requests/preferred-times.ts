import { addDays, isDate, type PlainDate } from '@rectus/schedule';
import type { PreferredTime } from '../../../platform/database/schema.ts';
import type { FormValues } from '../../../platform/web/form.ts';

/** How far ahead a day can be asked for. */
export const REQUEST_HORIZON_DAYS = 180;
export const PREFERRED_COUNT = 3;
export const PARTS = ['any', 'morning', 'afternoon', 'evening'] as const;

export const PART_LABELS: Readonly<Record<PreferredTime['part'], string>> = {
  any: 'any time',
  morning: 'morning',
  afternoon: 'afternoon',
  evening: 'evening',
};

/** Reads `date1`, `part1` and so on. Days left empty are left out; at least one must be given. */
export function readPreferred(
  values: FormValues,
  today: PlainDate,
): { readonly preferred: readonly PreferredTime[]; readonly errors: Readonly<Record<string, string>> } {
  const preferred: PreferredTime[] = [];
  const errors: Record<string, string> = {};
  for (let number = 1; number <= PREFERRED_COUNT; number++) {
    const date = (values[`date${number}`] ?? '').trim();
    if (date === '') continue;
    const problem = dateProblem(date, today);
    if (problem) errors[`date${number}`] = problem;
    else preferred.push({ date, part: PARTS.find((part) => part === values[`part${number}`]) ?? 'any' });
  }
  if (preferred.length === 0 && Object.keys(errors).length === 0)
    errors.date1 = 'Please give at least one day.';
  return { preferred, errors };
}

function dateProblem(date: string, today: PlainDate): string | null {
  if (!isDate(date)) return 'There is no such date. Please check it.';
  if (date < today) return 'This day is over. Please choose one from today on.';
  if (date > addDays(today, REQUEST_HORIZON_DAYS))
    return 'This is more than six months ahead. Please choose a nearer day.';
  return null;
}

/** `Tuesday 24 November, morning` */
export function preferredLine({ date, part }: PreferredTime, locale: string): string {
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return `${day.format(Date.parse(`${date}T12:00Z`))}, ${PART_LABELS[part]}`;
}
