import { addDays } from '@rectus/schedule';
import type { ComponentChildren } from 'preact';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { longDate, utcOffset, wallTime } from '../../../platform/web/wall-clock.ts';
import { zoneCity } from '../../booking/index.ts';
import { BoardView } from './board.tsx';
import type { SiteDay } from './read-board.ts';

/** Where a site's day is shown. */
export function dayHref(siteSlug: string, date: string): string {
  return `/desk?${new URLSearchParams({ date, site: siteSlug })}`;
}

/** The desk's first page: the day by resource, beside it what waits for an answer. */
export function DayPage(props: { day: SiteDay; today: string; now: number; children: ComponentChildren }) {
  const { day, today, now } = props;
  return (
    <div class="dayview">
      <section class="day" aria-labelledby="day-title">
        <DayHead day={day} today={today} />
        <section
          class="frame"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
          tabIndex={0}
          aria-label="Day by resource"
          id="board"
          aria-describedby="board-key"
        >
          <BoardFragment day={day} now={now} />
        </section>
        <Key />
      </section>
      {props.children}
      <div class="vh" aria-live="assertive" id="say" />
    </div>
  );
}

/** The part of the page that live updates replace. */
export function BoardFragment({ day, now }: { day: SiteDay; now: number }) {
  return (
    <>
      <BoardView day={day} now={now} />
      <p class="vh" id="last-change-new">
        {lastChangeText(day)}
      </p>
    </>
  );
}

function lastChangeText({ lastChange, site }: SiteDay): string {
  if (!lastChange) return 'nothing has changed yet';
  return `last change ${wallTime(lastChange.at, site.timeZone)} by ${lastChange.by}`;
}

function DayHead({ day, today }: { day: SiteDay; today: string }) {
  const { site, date, clinic, board } = day;
  const zone = `${zoneCity(site.timeZone)} time, ${utcOffset(site.timeZone, board.from)}`;
  return (
    <>
      {clinic.sites.length > 1 && <SiteTabs clinic={clinic} current={site.slug} date={date} />}
      <div class="dayhead">
        <h1 id="day-title">{longDate(date, clinic.locale, today)}</h1>
        <div class="row">
          <a class="btn icon" href={dayHref(site.slug, addDays(date, -1))} aria-label="Day before" rel="prev">
            ‹
          </a>
          <a class="btn" href={dayHref(site.slug, today)} aria-current={date === today ? 'date' : undefined}>
            Today
          </a>
          <a class="btn icon" href={dayHref(site.slug, addDays(date, 1))} aria-label="Day after" rel="next">
            ›
          </a>
          <form method="get" action="/desk" class="row pick-date">
            <input type="hidden" name="site" value={site.slug} />
            <label class="vh" for="pick-date">
              Another day
            </label>
            <input id="pick-date" type="date" name="date" value={date} required />
            <button type="submit" class="without-script">
              Show
            </button>
          </form>
          <a
            class="btn primary"
            href={`/desk/new?${new URLSearchParams({ site: site.slug, date })}`}
            id="new-appointment"
          >
            New appointment
          </a>
          <a class="btn" href={`/desk/blocks/new?${new URLSearchParams({ site: site.slug, date })}`}>
            Block time
          </a>
        </div>
        <p class="tiny soft push">
          {zone} · <span id="live-state" /> <span id="last-change">{lastChangeText(day)}</span>
        </p>
      </div>
    </>
  );
}

function SiteTabs({ clinic, current, date }: { clinic: Clinic; current: string; date: string }) {
  return (
    <nav class="tabs" aria-label="Sites">
      {clinic.sites.map((site) => (
        <a
          key={site.slug}
          href={dayHref(site.slug, date)}
          aria-current={site.slug === current ? 'page' : undefined}
        >
          {site.name}, {site.city}
        </a>
      ))}
    </nav>
  );
}

function Key() {
  return (
    <ul class="key tiny" aria-label="Key" id="board-key">
      <li>
        <span class="swatch ok" aria-hidden="true" />
        booked
      </li>
      <li>
        <span class="swatch here" aria-hidden="true" />
        in room
      </li>
      <li>
        <span class="swatch done" aria-hidden="true" />
        done
      </li>
      <li>
        <span class="swatch hold" aria-hidden="true" />
        hold
      </li>
      <li>
        <span class="swatch ns" aria-hidden="true" />
        no-show
      </li>
      <li>
        <span class="swatch closed" aria-hidden="true" />
        closed
      </li>
      <li class="script-only">Move: drag, or select and press M, then arrows</li>
    </ul>
  );
}
