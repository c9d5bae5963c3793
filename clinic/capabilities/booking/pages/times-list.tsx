import { addDays, dateAt, type PlainDate } from '@rectus/schedule';
import type { FreeStart } from '../core/search.ts';
import { HiddenFields } from './steps.tsx';
import {
  clockTime,
  longDate,
  monthNames,
  type PartOfDay,
  partOfDay,
  placeTime,
  shortDate,
  type TimeView,
  weekdayName,
} from './times.ts';

/** One day of the strip. A day that is not open at all is `closed`; an open one without a free start is full. */
export interface StripDay {
  readonly date: PlainDate;
  readonly free: number;
  readonly closed: boolean;
  /** Whether the viewer's held time lies on it. */
  readonly held: boolean;
}

/** The days and times on offer; all dates by the viewer's calendar. */
export interface TimesView {
  readonly time: TimeView;
  readonly days: readonly StripDay[];
  /** The chosen day, or null where the week shown has nothing free. */
  readonly day: PlainDate | null;
  readonly starts: readonly FreeStart[];
  /** What the viewer holds already; shown among the free times, as chosen. */
  readonly held: FreeStart | null;
  readonly first: FreeStart | null;
  /** When the page was made; epoch milliseconds. */
  readonly now: number;
  /** First and last date of the strips that may be paged to. */
  readonly earliest: PlainDate;
  readonly latest: PlainDate;
  /** What was wrong with a date in the address, in words. */
  readonly problem: string | null;
}

/** Where the choices of a list of times lead: which form they post, and which page shows other days. */
export interface TimesTarget {
  readonly action: string;
  readonly fields: Readonly<Record<string, string | undefined>>;
  /** The address of this list for another day. */
  readonly page: (day: PlainDate, from: PlainDate) => string;
}

/** The strip of days and the times of the chosen one. */
export function Times(props: {
  times: TimesView;
  target: TimesTarget;
  /** Where the time that is held already leads on to. */
  next?: string | undefined;
}) {
  const { times, target, next } = props;
  const { days, day, time, problem } = times;
  return (
    <section class="times stack" aria-label="Free times">
      {problem && (
        <p class="notice" data-kind="warn" role="alert" id="date-problem">
          {problem}
        </p>
      )}
      <WeekPager times={times} target={target} />
      <nav aria-label="Days">
        <ul class="days">
          {days.map((one) => (
            <li key={one.date}>
              <DayLink one={one} current={one.date === day} times={times} target={target} />
            </li>
          ))}
        </ul>
      </nav>
      {day ? (
        <form method="post" action={target.action} class="stack slots-form">
          <HiddenFields fields={target.fields} />
          <h2 id="day">{longDate(day, time.locale)}</h2>
          {groups(startsWithHeld(times), time).map(([part, some]) => (
            <section class="stack part" key={part} aria-labelledby={`part-${part}`}>
              <h3 id={`part-${part}`}>{PART_NAMES[part]}</h3>
              <div class="slots">
                {some.map(({ start }) => (
                  <SlotButton key={start} start={start} times={times} next={next} />
                ))}
              </div>
            </section>
          ))}
        </form>
      ) : (
        <NothingThisWeek times={times} target={target} />
      )}
      <GoToDate times={times} target={target} />
    </section>
  );
}

function SlotButton({ start, times, next }: { start: number; times: TimesView; next: string | undefined }) {
  const { time, held } = times;
  const inside = (
    <>
      <span>{clockTime(start, time.viewerZone, time.locale)}</span>
      {placeTime(time, start) && <small>{placeTime(time, start)}</small>}
    </>
  );
  if (start === held?.start && next) {
    return (
      <a class="slot" href={next} aria-current="true">
        {inside}
        <span class="vh">, held for you: continue</span>
      </a>
    );
  }
  return (
    <button type="submit" class="slot" name="start" value={String(start)}>
      {inside}
    </button>
  );
}

function DayLink(props: { one: StripDay; current: boolean; times: TimesView; target: TimesTarget }) {
  const { one, current, times, target } = props;
  const { locale } = times.time;
  const firstDate = times.days[0]?.date ?? one.date;
  const number = Number(one.date.slice(8));
  const inside = (
    <>
      <small>{weekdayName(one.date, locale)} </small>
      <span>
        {number}
        <span class="vh"> {monthNames(one.date, one.date, locale)}</span>
      </span>
      <small>{one.free > 0 ? `${one.free} free` : one.held ? 'yours' : one.closed ? 'closed' : 'full'}</small>
    </>
  );
  if (one.free === 0 && !one.held) return <span class="slot day none">{inside}</span>;
  return (
    <a
      class="slot day"
      href={`${target.page(one.date, firstDate)}#day`}
      aria-current={current ? 'date' : undefined}
    >
      {inside}
    </a>
  );
}

function WeekPager({ times, target }: { times: TimesView; target: TimesTarget }) {
  const from = times.days[0]?.date ?? times.earliest;
  const link = (to: PlainDate) => target.page(to, to);
  const back = from > times.earliest ? laterOf(addDays(from, -7), times.earliest) : null;
  const on = (days: number) => (addDays(from, days) <= times.latest ? addDays(from, days) : null);
  const first = times.first && dateAt(times.first.start, times.time.viewerZone);
  return (
    <nav class="pager small" aria-label="Weeks">
      <b>{monthNames(from, times.days.at(-1)?.date ?? from, times.time.locale)}</b>
      {back && (
        <a href={link(back)} rel="prev">
          Week back
        </a>
      )}
      {on(7) && (
        <a href={link(on(7) ?? from)} rel="next">
          Next week
        </a>
      )}
      {on(28) && <a href={link(on(28) ?? from)}>Four weeks on</a>}
      {first && !times.days.some((one) => one.date === first) && (
        <a href={link(first)}>First free: {shortDate(first, times.time.locale)}</a>
      )}
    </nav>
  );
}

function NothingThisWeek({ times, target }: { times: TimesView; target: TimesTarget }) {
  const first = times.first && dateAt(times.first.start, times.time.viewerZone);
  return (
    <div class="notice">
      <strong>Nothing is free in these days</strong>
      {first ? (
        <p>
          The first free time is on{' '}
          <a href={target.page(first, first)}>{longDate(first, times.time.locale)}</a>.
        </p>
      ) : (
        <p>And nothing later that can be booked online yet. Send us a request, and we will find a time.</p>
      )}
    </div>
  );
}

function GoToDate({ times, target }: { times: TimesView; target: TimesTarget }) {
  const { page } = target;
  const here = new URL(page(times.earliest, times.earliest), 'http://clinic.invalid');
  const kept = Object.fromEntries(
    [...here.searchParams].filter(([name]) => name !== 'day' && name !== 'from'),
  );
  return (
    <details open={times.problem !== null}>
      <summary>Go to a date</summary>
      <form method="get" action={here.pathname} class="row goto">
        <HiddenFields fields={kept} />
        <label class="field">
          Date
          <input
            type="date"
            name="day"
            min={times.earliest}
            max={times.latest}
            required
            aria-describedby={times.problem ? 'date-problem' : undefined}
            aria-invalid={times.problem ? 'true' : undefined}
          />
        </label>
        <button type="submit">Show</button>
      </form>
    </details>
  );
}

const PART_NAMES: Readonly<Record<PartOfDay, string>> = {
  morning: 'Morning',
  afternoon: 'Afternoon',
  evening: 'Evening',
};

function groups(starts: readonly FreeStart[], time: TimeView): [PartOfDay, FreeStart[]][] {
  return [...Map.groupBy(starts, ({ start }) => partOfDay(start, time.viewerZone))];
}

function laterOf(a: PlainDate, b: PlainDate): PlainDate {
  return a > b ? a : b;
}

/** The free times of the chosen day, with the one that the viewer holds in its place among them. */
function startsWithHeld({ starts, held, day, time }: TimesView): readonly FreeStart[] {
  if (!held || dateAt(held.start, time.viewerZone) !== day) return starts;
  return [...starts.filter(({ start }) => start !== held.start), held].toSorted((a, b) => a.start - b.start);
}
