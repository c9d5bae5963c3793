import { addDays, dateAt, isDate, openResources, type PlainDate, startOfDay } from '@rectus/schedule';
import type { FormValues } from '../../../platform/web/form.ts';
import type { Booking } from '../core/booking.ts';
import { type Catalogue, readCatalogue } from '../core/catalogue.ts';
import type { Refusal } from '../core/claiming.ts';
import { type FreeStart, firstFree, freeStarts } from '../core/search.ts';
import { resourcesFor, type Wish } from '../core/wish.ts';
import { longDate, type TimeView } from '../pages/times.ts';
import type { StripDay, TimesView } from '../pages/times-list.tsx';

const STRIP_DAYS = 7;

/**
 * The days and times for a wish, as an address asks for them: `day` and `from` by the viewer's calendar. Without a
 * day, the one of the viewer's held time is shown, or the first with a free time.
 */
export async function timesFor(
  { context, clinic, platform }: Booking,
  wish: Wish,
  time: TimeView,
  query: FormValues,
  held: FreeStart | null = null,
): Promise<TimesView> {
  const now = platform.clock.now();
  const zone = time.viewerZone;
  const earliest = dateAt(now, zone);
  const latest = addDays(earliest, wish.service.horizonDays);
  const first = (await firstFree(context, clinic, wish, 1, now))[0] ?? null;
  const asked = checkDay(query.day ?? '', earliest, latest, time.locale);
  const heldDate = held && dateAt(held.start, zone);
  const wanted = asked.day ?? (asked.problem ? null : heldDate);
  const from = stripStart(query.from, wanted, first && dateAt(first.start, zone), earliest, latest);
  const dates = Array.from({ length: STRIP_DAYS }, (_, index) => addDays(from, index));
  const span = { start: startOfDay(from, zone), end: startOfDay(addDays(from, STRIP_DAYS), zone) };
  const free = await freeStarts(context, clinic, wish, span, now);
  const byDate = Map.groupBy(free, ({ start }) => dateAt(start, zone));
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  const open = openDates(catalogue, wish, dates, zone);
  const days = dates.map(
    (date): StripDay => ({
      date,
      free: byDate.get(date)?.length ?? 0,
      closed: !open.has(date),
      held: date === heldDate,
    }),
  );
  const shown = (date: PlainDate) => dates.includes(date) && (byDate.has(date) || date === heldDate);
  const day = wanted && shown(wanted) ? wanted : (days.find((one) => one.free > 0)?.date ?? null);
  const nothing =
    asked.day && !shown(asked.day) ? `Nothing is free on ${longDate(asked.day, time.locale)}.` : null;
  const starts = (day && byDate.get(day)) || [];
  return { time, days, day, starts, held, first, now, earliest, latest, problem: asked.problem ?? nothing };
}

function checkDay(
  text: string,
  earliest: PlainDate,
  latest: PlainDate,
  locale: string,
): { day: PlainDate | null; problem: string | null } {
  if (text === '') return { day: null, problem: null };
  if (!isDate(text)) return { day: null, problem: 'There is no such date. Please choose another.' };
  if (text < earliest) return { day: null, problem: 'That day is over. These are the next free times.' };
  if (text > latest) {
    return {
      day: null,
      problem: `Times can be booked until ${longDate(latest, locale)}. Please choose an earlier day.`,
    };
  }
  return { day: text, problem: null };
}

/** The first day of the strip: as asked, else so that the chosen or the first free day can be seen. */
function stripStart(
  asked: string | undefined,
  day: PlainDate | null,
  first: PlainDate | null,
  earliest: PlainDate,
  latest: PlainDate,
): PlainDate {
  if (
    isDate(asked) &&
    asked >= earliest &&
    asked <= latest &&
    (!day || (day >= asked && day < addDays(asked, STRIP_DAYS)))
  ) {
    return asked;
  }
  if (day) return day;
  return first && first >= addDays(earliest, STRIP_DAYS) ? first : earliest;
}

/** The dates on which anybody who could give this visit has hours at all. */
function openDates(
  catalogue: Catalogue,
  wish: Wish,
  dates: readonly PlainDate[],
  zone: string,
): Set<PlainDate> {
  const people = resourcesFor(catalogue, wish).filter(
    ({ id }) => catalogue.resource(id)?.person && (wish.clinicianId === null || wish.clinicianId === id),
  );
  const last = dates.at(-1);
  if (!dates[0] || !last) return new Set();
  const within = { start: startOfDay(dates[0], zone), end: startOfDay(addDays(last, 1), zone) };
  const spans = openResources(people, within).flatMap((person) => person.open);
  const open = dates.filter((date) => {
    const [start, end] = [startOfDay(date, zone), startOfDay(addDays(date, 1), zone)];
    return spans.some((span) => span.start < end && span.end > start);
  });
  return new Set(open);
}

/** Why a time cannot be had, in words. */
export function refusalMessage(reason: Refusal['reason'], wish: Wish): string {
  const messages: Readonly<Record<Refusal['reason'], string>> = {
    taken: 'Somebody else has just taken that time.',
    past: 'That time is over.',
    lead: 'That is too soon for us to prepare. Please choose a later time.',
    horizon: `That is too far ahead. Times can be booked for the next ${wish.service.horizonDays} days.`,
    grid: 'No visit begins at that time.',
    closed: 'We do not see people for this visit at that time.',
  };
  return messages[reason];
}

/** What a page shows of a refusal. */
export function goneOf(refusal: Refusal, wish: Wish): { message: string; nearest: readonly FreeStart[] } {
  return { message: refusalMessage(refusal.reason, wish), nearest: refusal.nearest };
}

/** A posted start in epoch milliseconds, or null when it is none of this century. */
export function readStart(text: string | undefined): number | null {
  if (!/^\d{12,13}$/.test(text ?? '')) return null;
  const start = Number(text);
  return start < Date.UTC(2100, 0, 1) ? start : null;
}
