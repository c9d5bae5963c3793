import { normalise, type Span, subtract, toLocal } from '@rectus/schedule';
import { utcOffset, wallTime } from '../../../platform/web/wall-clock.ts';
import type { DayEntry } from '../../booking/index.ts';

/** A resource with the hours in which it is open on the day. */
export interface BoardResource {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly kinds: readonly string[];
  readonly person: boolean;
  readonly open: readonly Span[];
}

/** Where something stands on the board, in minutes that really pass: below its top edge, and how tall. */
export interface Place {
  readonly topMin: number;
  readonly heightMin: number;
}

export type BoardItem =
  | { readonly kind: 'entry'; readonly entry: DayEntry; readonly place: Place }
  | { readonly kind: 'free'; readonly span: Span; readonly place: Place }
  | { readonly kind: 'closed'; readonly span: Span; readonly place: Place };

export interface BoardColumn {
  readonly resource: BoardResource;
  /** In order of time. */
  readonly items: readonly BoardItem[];
}

export interface Board {
  /** The instants at the board's upper and lower edge. */
  readonly from: number;
  readonly to: number;
  readonly heightMin: number;
  /** One for each time that a clock on the wall shows a full hour, as it shows it. */
  readonly hours: readonly { readonly topMin: number; readonly label: string }[];
  readonly columns: readonly BoardColumn[];
}

const MINUTE_MS = 60_000;
/** The board draws in steps of so many minutes. */
const STEP_MIN = 5;
const HOURS_OF_A_CLOSED_DAY = [8, 18] as const;

/**
 * Places a day on the board. Heights follow the time that passes, not the clock: where the clock changes, the day has
 * an hour less, or shows one twice. From the first opening or entry to the last, in full hours.
 */
export function layOutBoard(input: {
  readonly day: Span;
  readonly zone: string;
  readonly resources: readonly BoardResource[];
  readonly entries: readonly DayEntry[];
}): Board {
  const { day, zone, resources, entries } = input;
  const shown = entries.filter((entry) => entry.end > day.start && entry.start < day.end);
  const window = visibleWindow(day, zone, [...resources.flatMap((resource) => resource.open), ...shown]);
  return {
    from: window.start,
    to: window.end,
    heightMin: (window.end - window.start) / MINUTE_MS,
    hours: fullHours(window, zone),
    columns: resources.map((resource) => ({ resource, items: itemsOf(resource, shown, window) })),
  };
}

function visibleWindow(day: Span, zone: string, spans: readonly Span[]): Span {
  const inDay = spans.map(({ start, end }) => ({
    start: Math.max(start, day.start),
    end: Math.min(end, day.end),
  }));
  const hours = fullHoursOfDay(day, zone);
  const at = (hour: number, otherwise: number) =>
    hours.find((instant) => toLocal(instant, zone).hour === hour) ?? otherwise;
  const [first, last] = HOURS_OF_A_CLOSED_DAY;
  const start = inDay.length > 0 ? Math.min(...inDay.map((span) => span.start)) : at(first, day.start);
  const end = inDay.length > 0 ? Math.max(...inDay.map((span) => span.end)) : at(last, day.end);
  return {
    start: hours.findLast((instant) => instant <= start) ?? day.start,
    end: hours.find((instant) => instant >= end) ?? day.end,
  };
}

/** The instants of a day at which the clock shows a full hour. Clocks change by quarters of an hour at the least. */
function fullHoursOfDay(day: Span, zone: string): readonly number[] {
  const hours: number[] = [];
  for (let instant = day.start; instant < day.end; instant += 15 * MINUTE_MS) {
    if (toLocal(instant, zone).minute === 0) hours.push(instant);
  }
  return hours;
}

function fullHours(window: Span, zone: string): Board['hours'] {
  const hours = fullHoursOfDay(window, zone);
  const labels = hours.map((instant) => wallTime(instant, zone));
  return hours.map((instant, index) => {
    const label = labels[index] ?? '';
    const twice = labels.filter((other) => other === label).length > 1;
    return {
      topMin: (instant - window.start) / MINUTE_MS,
      label: twice ? `${label} ${utcOffset(zone, instant)}` : label,
    };
  });
}

function itemsOf(resource: BoardResource, entries: readonly DayEntry[], window: Span): readonly BoardItem[] {
  const own = entries.filter((entry) => entry.resourceIds.includes(resource.id));
  const open = normalise(resource.open);
  const free = subtract(open, normalise(own));
  const closed = subtract([window], open);
  const items: BoardItem[] = [
    ...closed.map((span) => ({ kind: 'closed', span, place: placeOf(span, window) }) as const),
    ...free
      .filter((span) => span.end - span.start >= STEP_MIN * MINUTE_MS)
      .map((span) => ({ kind: 'free', span, place: placeOf(span, window) }) as const),
    ...own.map((entry) => ({ kind: 'entry', entry, place: placeOf(entry, window) }) as const),
  ];
  return items.sort((a, b) => startOf(a) - startOf(b) || (a.kind === 'closed' ? -1 : 1));
}

function startOf(item: BoardItem): number {
  return item.kind === 'entry' ? item.entry.start : item.span.start;
}

/** Where a span stands, cut to the window and rounded outwards to the board's step. */
export function placeOf(span: Span, window: Span): Place {
  const stepMs = STEP_MIN * MINUTE_MS;
  const top = Math.floor((Math.max(span.start, window.start) - window.start) / stepMs);
  const bottom = Math.ceil((Math.min(span.end, window.end) - window.start) / stepMs);
  return { topMin: top * STEP_MIN, heightMin: Math.max(bottom - top, 1) * STEP_MIN };
}
