import { dateAt, isTimeZone, offsetMs, type PlainDate, toLocal } from '@rectus/schedule';
import { zoneCity } from '../core/times.ts';

export { zoneCity };

const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  let known = formats.get(key);
  if (!known) {
    if (formats.size > 500) formats.clear();
    known = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    formats.set(key, known);
  }
  return known;
}

/** How the times of a page are written: in which words, for whose wall clock, beside which place's. */
export interface TimeView {
  readonly locale: string;
  /** The viewer's zone; the place's own while the viewer's is not known. */
  readonly viewerZone: string;
  readonly placeZone: string;
  /** False while nobody has told us where the viewer is. */
  readonly viewerKnown: boolean;
}

/** `9:30`, or `9:30 am` where people write so. */
export function clockTime(instant: number, zone: string, locale: string): string {
  return format(locale, zone, { hour: 'numeric', minute: '2-digit' })
    .format(instant)
    .replace(/^0(?=\d:)/, '');
}

/** `Tuesday 24 November`, with the year on request. */
export function longDate(date: PlainDate, locale: string, withYear = false): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const text = format(locale, 'UTC', withYear ? { ...options, year: 'numeric' } : options);
  return text.format(Date.parse(`${date}T12:00Z`)).replace(/^(\p{L}+),/u, '$1');
}

/** `Tue 24 Nov` */
export function shortDate(date: PlainDate, locale: string): string {
  return format(locale, 'UTC', { weekday: 'short', day: 'numeric', month: 'short' })
    .format(Date.parse(`${date}T12:00Z`))
    .replace(',', '');
}

export function weekdayName(date: PlainDate, locale: string): string {
  return format(locale, 'UTC', { weekday: 'short' }).format(Date.parse(`${date}T12:00Z`));
}

/** `November`, or `November and December` where a strip of days spans both. */
export function monthNames(first: PlainDate, last: PlainDate, locale: string): string {
  const name = (date: PlainDate) =>
    format(locale, 'UTC', { month: 'long' }).format(Date.parse(`${date}T12:00Z`));
  return first.slice(0, 7) === last.slice(0, 7) ? name(first) : `${name(first)} and ${name(last)}`;
}

/** Minutes ahead of UTC at an instant. */
export function offsetMinutes(zone: string, instant: number): number {
  return Math.round(offsetMs(zone, instant) / MINUTE_MS);
}

/** `UTC+1`, `UTC+5:30`, `UTC` */
export function offsetName(zone: string, instant: number): string {
  const minutes = offsetMinutes(zone, instant);
  if (minutes === 0) return 'UTC';
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** `CET, UTC+1`, or the offset alone where the zone has no name that people use. */
export function zoneDetail(zone: string, instant: number, locale: string): string {
  const parts = format(locale, zone, { timeZoneName: 'short' }).formatToParts(instant);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const offset = offsetName(zone, instant);
  return /^(GMT|UTC)/.test(name) ? offset : `${name}, ${offset}`;
}

/** `one hour behind`: where the place's clock stands seen from the viewer's. */
export function clockDifference(view: TimeView, instant: number): string {
  const minutes = Math.round(
    (offsetMs(view.placeZone, instant) - offsetMs(view.viewerZone, instant)) / MINUTE_MS,
  );
  if (minutes === 0) return 'at the same time';
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  const words = [
    hours === 1 ? 'one hour' : hours ? `${hours} hours` : '',
    rest ? `${rest} minutes` : '',
  ].filter(Boolean);
  return `${words.join(' ')} ${minutes < 0 ? 'behind' : 'ahead'}`;
}

/** Whether viewer and place read different times off their clocks at this instant. */
export function clocksDiffer(view: TimeView, instant: number): boolean {
  return offsetMs(view.viewerZone, instant) !== offsetMs(view.placeZone, instant);
}

/** `8:00 Lisbon`, with its day where that differs from the viewer's: the line below a time. Null when the clocks agree. */
export function placeTime(view: TimeView, instant: number): string | null {
  if (!clocksDiffer(view, instant)) return null;
  const time = `${clockTime(instant, view.placeZone, view.locale)} ${zoneCity(view.placeZone)}`;
  const placeDate = dateAt(instant, view.placeZone);
  return placeDate === dateAt(instant, view.viewerZone)
    ? time
    : `${weekdayName(placeDate, view.locale)} ${time}`;
}

export type PartOfDay = 'morning' | 'afternoon' | 'evening';

/** Morning ends at noon and afternoon at 17:00, by the clock on that wall. */
export function partOfDay(instant: number, zone: string): PartOfDay {
  const { hour } = toLocal(instant, zone);
  return hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : 'evening';
}

/** The view for a place, with the viewer's zone where it is known and real. */
export function timeView(locale: string, placeZone: string, viewerZone: string | null): TimeView {
  const viewerKnown = viewerZone !== null && isTimeZone(viewerZone);
  return { locale, placeZone, viewerZone: viewerKnown ? viewerZone : placeZone, viewerKnown };
}
