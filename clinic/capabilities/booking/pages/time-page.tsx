import { dateAt } from '@rectus/schedule';
import type { FreeStart } from '../core/search.ts';
import { HeldCard, HeldDock, type HeldView, SpanInZones } from './held.tsx';
import { SlotLabel } from './slot-label.tsx';
import { BookingSteps, HiddenFields } from './steps.tsx';
import {
  clockDifference,
  clocksDiffer,
  clockTime,
  longDate,
  offsetMinutes,
  shortDate,
  type TimeView,
  zoneCity,
  zoneDetail,
} from './times.ts';
import { Times, type TimesTarget, type TimesView } from './times-list.tsx';
import { type Visit, visitFields, visitLine, visitQuery } from './visit.ts';
import { RequestInstead } from './visit-page.tsx';

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
        <div class="asked">
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
        <Times times={times} target={target} next={held ? next : undefined} />
        <RequestInstead />
      </div>
      {held ? (
        <aside class="side" aria-label="Your time">
          <HeldCard held={held}>
            <a class="btn primary roomy wide" href={next}>
              Continue with this time
            </a>
          </HeldCard>
        </aside>
      ) : (
        times.first && <SoonestCard first={times.first} time={times.time} target={target} />
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
          <SlotLabel start={start} time={time} />
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
    <p class="notice zone" data-at={at} data-shown-offset={offsetMinutes(time.viewerZone, at)}>
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

/** The same beside the times, where there is room. */
function SoonestCard(props: { first: FreeStart; time: TimeView; target: TimesTarget }) {
  const { first, time, target } = props;
  return (
    <aside class="side wide" aria-label="Soonest time">
      <form method="post" action={target.action} class="held card stack">
        <HiddenFields fields={target.fields} />
        <dl>
          <div>
            <dt>The soonest time</dt>
            <dd>
              <span class="lead-line">{longDate(dateAt(first.start, time.viewerZone), time.locale)}</span>
              <SpanInZones start={first.start} end={first.end} time={time} />
            </dd>
          </div>
        </dl>
        <button type="submit" class="primary roomy" name="start" value={String(first.start)}>
          Take it
        </button>
        <p class="tiny soft">We keep it for ten minutes while you fill in the rest.</p>
      </form>
    </aside>
  );
}
