import { addDays, dateAt, type PlainDate } from '@rectus/schedule';
import type { FreeStart } from '../core/search.ts';
import { HeldCard, HeldDock, type HeldView } from './held.tsx';
import { BookingSteps, HiddenFields } from './steps.tsx';
import {
  clockDifference,
  clocksDiffer,
  clockTime,
  longDate,
  monthName,
  type PartOfDay,
  partOfDay,
  placeTime,
  shortDate,
  type TimeView,
  weekdayName,
  zoneCity,
  zoneDetail,
} from './times.ts';
import { type Visit, visitFields, visitLine, visitQuery } from './visit.ts';
import { RequestInstead } from './visit-page.tsx';

/** One day of the strip. A day that is not open at all is `closed`; an open one without a free start is full. */
export interface StripDay {
  readonly date: PlainDate;
  readonly free: number;
  readonly closed: boolean;
}

/** The days and times on offer; all dates by the viewer's calendar. */
export interface TimesView {
  readonly time: TimeView;
  readonly days: readonly StripDay[];
  /** The chosen day, or null where the week shown has nothing free. */
  readonly day: PlainDate | null;
  readonly starts: readonly FreeStart[];
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

/** Step 2: a day, then a time. Choosing one keeps it for ten minutes. */
export function TimePage(props: {
  visit: Visit;
  times: TimesView;
  /** What the viewer holds already, if anything. */
  held: HeldView | null;
  /** Why the time asked for could not be kept, and what is near it. */
  gone: { readonly message: string; readonly nearest: readonly FreeStart[] } | null;
}) {
  const { visit, times, held, gone } = props;
  const target: TimesTarget = {
    action: '/book/hold',
    fields: visitFields(visit),
    page: (day, from) => `/book/time?${visitQuery(visit, { day, from })}`,
  };
  const next = `/book/safety?${visitQuery(visit)}`;
  return (
    <div class="booking flow">
      <div class="main stack">
        <BookingSteps current={1} visit={visit} />
        <div class="headrow">
          <h1>Choose a time</h1>
          <p class="small soft">
            {visitLine(visit)} <a href={`/book?${visitQuery(visit)}`}>Change</a>
          </p>
        </div>
        {gone && <Gone gone={gone} time={times.time} target={target} />}
        <ZoneNotice
          time={times.time}
          at={times.first?.start ?? times.now}
          change={`/book/zone?${visitQuery(visit)}`}
        />
        <Times times={times} target={target} />
        <RequestInstead />
      </div>
      {held && (
        <aside class="side" aria-label="Your time">
          <HeldCard held={held}>
            <a class="btn primary roomy wide" href={next}>
              Continue with this time
            </a>
          </HeldCard>
        </aside>
      )}
      {held ? (
        <HeldDock held={held}>
          <a class="btn primary roomy" href={next}>
            Continue
          </a>
        </HeldDock>
      ) : (
        times.first && <SoonestDock first={times.first} time={times.time} target={target} />
      )}
    </div>
  );
}

/** Why a time cannot be had, with the nearest ones as buttons. */
export function Gone(props: {
  gone: { readonly message: string; readonly nearest: readonly FreeStart[] };
  time: TimeView;
  target: Pick<TimesTarget, 'action' | 'fields'>;
}) {
  const { gone, time, target } = props;
  return (
    <section class="notice" data-kind="warn" role="alert" aria-label="That time">
      <strong>{gone.message}</strong>
      {gone.nearest.length > 0 ? (
        <>
          <p>The nearest free times:</p>
          <form method="post" action={target.action}>
            <HiddenFields fields={target.fields} />
            <NearestButtons nearest={gone.nearest} time={time} />
          </form>
        </>
      ) : (
        <p>
          Nothing else is free for this visit at the moment. <a href="/request/office">Send us a request</a>{' '}
          and we will find a time.
        </p>
      )}
    </section>
  );
}

/** Buttons that each name a free time with its day. */
export function NearestButtons(props: {
  nearest: readonly FreeStart[];
  time: TimeView;
  /** Set where the buttons stand within a form that does something else. */
  formAction?: string;
}) {
  const { nearest, time, formAction } = props;
  return (
    <div class="slots">
      {nearest.map(({ start }) => (
        <button
          key={start}
          type="submit"
          class="slot"
          name="choose"
          value={String(start)}
          formAction={formAction}
          formNoValidate
        >
          <small>{shortDate(dateAt(start, time.viewerZone), time.locale)}</small>
          <span>{clockTime(start, time.viewerZone, time.locale)}</span>
          {placeTime(time, start) && <small>{placeTime(time, start)}</small>}
        </button>
      ))}
    </div>
  );
}

/** Whose clock the times are by, and how to change that. */
export function ZoneNotice({ time, at, change }: { time: TimeView; at: number; change: string }) {
  const differ = clocksDiffer(time, at);
  const detail = zoneDetail(time.viewerZone, at, time.locale);
  return (
    <p
      class="notice zone"
      data-viewer-zone={time.viewerKnown ? time.viewerZone : ''}
      data-place-zone={time.placeZone}
    >
      <span>
        {differ ? (
          <>
            <b>Times are yours: {zoneCity(time.viewerZone)}</b> ({detail}). The clinic is in{' '}
            {zoneCity(time.placeZone)}, {clockDifference(time, at)}, and shown below each time.
          </>
        ) : (
          <>
            <b>
              Times are {time.viewerKnown ? 'yours and ' : ''}the clinic’s: {zoneCity(time.placeZone)}
            </b>{' '}
            ({zoneDetail(time.placeZone, at, time.locale)}).
          </>
        )}{' '}
        <a href={change}>{time.viewerKnown ? 'Change' : 'I am somewhere else'}</a>
      </span>
    </p>
  );
}

/** The strip of days and the times of the chosen one. */
export function Times({ times, target }: { times: TimesView; target: TimesTarget }) {
  const { days, day, starts, time, problem } = times;
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
          {groups(starts, time).map(([part, some]) => (
            <section class="stack part" key={part} aria-labelledby={`part-${part}`}>
              <h3 id={`part-${part}`}>{PART_NAMES[part]}</h3>
              <div class="slots">
                {some.map(({ start }) => (
                  <button key={start} type="submit" class="slot" name="start" value={String(start)}>
                    <span>{clockTime(start, time.viewerZone, time.locale)}</span>
                    {placeTime(time, start) && <small>{placeTime(time, start)}</small>}
                  </button>
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

function DayLink(props: { one: StripDay; current: boolean; times: TimesView; target: TimesTarget }) {
  const { one, current, times, target } = props;
  const { locale } = times.time;
  const firstDate = times.days[0]?.date ?? one.date;
  const number = Number(one.date.slice(8));
  const inside = (
    <>
      <small>{weekdayName(one.date, locale)}</small>
      <span>
        {number}
        {(number === 1 || one.date === firstDate) && <small> {monthName(one.date, locale)}</small>}
      </span>
      <small>{one.free > 0 ? `${one.free} free` : one.closed ? 'closed' : 'full'}</small>
    </>
  );
  if (one.free === 0) return <span class="slot day none">{inside}</span>;
  return (
    <a
      class="slot day"
      href={`${target.page(one.date, firstDate)}#day`}
      aria-current={current ? 'date' : undefined}
      aria-label={`${longDate(one.date, locale)}, ${one.free} free`}
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

function SoonestDock(props: { first: FreeStart; time: TimeView; target: TimesTarget }) {
  const { first, time, target } = props;
  return (
    <form method="post" action={target.action} class="dock narrow">
      <HiddenFields fields={target.fields} />
      <p>
        <small class="soft">Soonest</small>
        <b>
          {shortDate(dateAt(first.start, time.viewerZone), time.locale)},{' '}
          {clockTime(first.start, time.viewerZone, time.locale)}
        </b>
      </p>
      <button type="submit" class="primary roomy" name="start" value={String(first.start)}>
        Take it
      </button>
    </form>
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
