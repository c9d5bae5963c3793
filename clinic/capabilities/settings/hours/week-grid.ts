import { isDate } from '@rectus/schedule';
import type { FormErrors, FormValues } from '../../../platform/web/form.ts';
import { clockInput, parseClock } from '../parts/clock-input.ts';

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** More spans than anybody works on one weekday, however often the hours change over the year. */
export const MOST_ROWS = 12;

/** One span of a week, as the table `opening` keeps it. `siteId` null: by video only. */
export interface WeekSpan {
  readonly weekday: number;
  /** 'HH:MM' */
  readonly from: string;
  readonly to: string;
  readonly siteId: string | null;
  readonly telehealth: boolean;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** Where a span is worked, as the grid's select names it: `video`, a site, or a site and video alike. */
export function placeValue({ siteId, telehealth }: Pick<WeekSpan, 'siteId' | 'telehealth'>): string {
  if (siteId === null) return 'video';
  return telehealth ? `both ${siteId}` : `site ${siteId}`;
}

function readPlace(
  value: string,
  siteIds: readonly string[],
): Pick<WeekSpan, 'siteId' | 'telehealth'> | null {
  if (value === 'video') return { siteId: null, telehealth: true };
  const [kind, siteId = ''] = value.split(' ');
  if ((kind !== 'both' && kind !== 'site') || !siteIds.includes(siteId)) return null;
  return { siteId, telehealth: kind === 'both' };
}

const FIELDS = ['from', 'to', 'place', 'validFrom', 'validTo'] as const;
export type RowField = (typeof FIELDS)[number];

/** The name of a field in row `row` (from 0) of a weekday. */
export function rowField(field: RowField, weekday: number, row: number): string {
  return `${field}-${weekday}-${row}`;
}

/** The grid's fields for the hours as they are. */
export function gridValues(spans: readonly WeekSpan[]): FormValues {
  const values: Record<string, string> = {};
  for (let weekday = 1; weekday <= 7; weekday++) {
    const ofDay = spans
      .filter((span) => span.weekday === weekday)
      .toSorted((a, b) => compare(a.from, b.from) || compare(a.validFrom ?? '', b.validFrom ?? ''));
    ofDay.forEach((span, row) => {
      values[rowField('from', weekday, row)] = clockInput(span.from);
      values[rowField('to', weekday, row)] = clockInput(span.to);
      values[rowField('place', weekday, row)] = placeValue(span);
      values[rowField('validFrom', weekday, row)] = span.validFrom ?? '';
      values[rowField('validTo', weekday, row)] = span.validTo ?? '';
    });
  }
  return values;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where the first span of the week is worked: the likeliest place of another one. */
export function firstPlace(values: FormValues): string | undefined {
  const name = Object.keys(values).find((field) => field.startsWith('place-') && values[field]);
  return name === undefined ? undefined : values[name];
}

/** How many rows a weekday shows: those with times in them and one to fill in. */
export function rowCount(values: FormValues, weekday: number): number {
  let rows = 0;
  for (let row = 0; row < MOST_ROWS; row++) {
    if (values[rowField('from', weekday, row)] || values[rowField('to', weekday, row)]) rows = row + 1;
  }
  return Math.min(rows + 1, MOST_ROWS);
}

/** The fields with the hours of one weekday written into others, replacing what stood there. */
export function copyDay(values: FormValues, source: number, targets: readonly number[]): FormValues {
  const copied: Record<string, string> = { ...values };
  for (const weekday of targets) {
    for (let row = 0; row < MOST_ROWS; row++) {
      for (const field of FIELDS) {
        copied[rowField(field, weekday, row)] = values[rowField(field, source, row)] ?? '';
      }
    }
  }
  return copied;
}

export type WeekResult =
  | { readonly ok: true; readonly spans: readonly WeekSpan[] }
  | ({ readonly ok: false } & FormErrors);

interface Row {
  readonly span: WeekSpan;
  readonly field: string;
}

/**
 * Reads the posted grid. A row without times counts as removed; spans of a weekday may not overlap while both are
 * valid, because nobody is in two places at once. Each message stands at the field to put right.
 */
export function readWeek(values: FormValues, siteIds: readonly string[]): WeekResult {
  const errors: Record<string, string> = {};
  const spans: WeekSpan[] = [];
  for (let weekday = 1; weekday <= 7; weekday++) {
    const rows: Row[] = [];
    for (let row = 0; row < MOST_ROWS; row++) {
      const span = readRow(values, weekday, row, siteIds, errors);
      if (span) rows.push({ span, field: rowField('from', weekday, row) });
    }
    refuseOverlaps(rows, errors);
    spans.push(...rows.map(({ span }) => span));
  }
  return Object.keys(errors).length > 0 ? { ok: false, values, errors } : { ok: true, spans };
}

function readRow(
  values: FormValues,
  weekday: number,
  row: number,
  siteIds: readonly string[],
  errors: Record<string, string>,
): WeekSpan | null {
  const name = (field: RowField): string => rowField(field, weekday, row);
  const typed = (field: RowField): string => values[name(field)]?.trim() ?? '';
  if (typed('from') === '' && typed('to') === '') return null;
  const day = WEEKDAYS[weekday - 1] ?? '';
  const before = Object.keys(errors).length;
  const [from, to] = [parseClock(typed('from')), parseClock(typed('to'))];
  if (from === null) errors[name('from')] = `${day}: enter when it begins, such as 8:30`;
  if (to === null) errors[name('to')] = `${day}: enter when it ends, such as 17:00`;
  else if (from !== null && to <= from)
    errors[name('to')] = `${day}: the end must come after ${clockInput(from)}`;
  const place = readPlace(typed('place'), siteIds);
  if (!place) errors[name('place')] = `${day}: choose where these hours are worked`;
  const [validFrom, validTo] = [typed('validFrom'), typed('validTo')];
  if (validFrom !== '' && !isDate(validFrom))
    errors[name('validFrom')] = `${day}: this is no date of the calendar`;
  if (validTo !== '' && !isDate(validTo)) errors[name('validTo')] = `${day}: this is no date of the calendar`;
  else if (validFrom !== '' && validTo !== '' && validTo < validFrom) {
    errors[name('validTo')] = `${day}: the last day must not come before the first`;
  }
  if (Object.keys(errors).length > before || from === null || to === null || !place) return null;
  return { weekday, from, to, ...place, validFrom: validFrom || null, validTo: validTo || null };
}

function refuseOverlaps(rows: readonly Row[], errors: Record<string, string>): void {
  rows.forEach(({ span, field }, index) => {
    const other = rows.slice(0, index).find((earlier) => overlap(earlier.span, span))?.span;
    if (!other) return;
    const day = WEEKDAYS[span.weekday - 1];
    errors[field] ??=
      `${day}: ${clockInput(span.from)} to ${clockInput(span.to)} overlaps ${clockInput(other.from)} to ${clockInput(other.to)}`;
  });
}

function overlap(a: WeekSpan, b: WeekSpan): boolean {
  const sameTime = a.from < b.to && b.from < a.to;
  const sameDates =
    (a.validFrom ?? '') <= (b.validTo ?? '9999') && (b.validFrom ?? '') <= (a.validTo ?? '9999');
  return sameTime && sameDates;
}
