import { dateAt } from '@rectus/schedule';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { Money, Notice } from '../../../platform/web/layout/index.ts';
import type { AppointmentDetails } from '../core/appointment.ts';
import type { CatalogueResource } from '../core/catalogue.ts';
import { policyText } from '../core/mails.ts';
import type { FreeStart } from '../core/search.ts';
import { SpanInZones } from './held.tsx';
import { HiddenFields } from './steps.tsx';
import { Gone, ZoneNotice } from './time-page.tsx';
import { longDate, type TimeView } from './times.ts';
import { Times, type TimesTarget, type TimesView } from './times-list.tsx';
import { addressLine } from './visit.ts';

/** An appointment as its own page shows it to whoever holds its link. */
export interface ManagedView {
  readonly clinic: Clinic;
  readonly appointment: AppointmentDetails;
  readonly person: CatalogueResource | null;
  readonly time: TimeView;
  /** What is known about its money; null where it is paid at the visit. */
  readonly settled: string | null;
  /** `/manage/<signed id>`, without a slash at its end. */
  readonly link: string;
  readonly state: 'coming' | 'late' | 'past' | 'cancelled';
}

export type ManageNews = 'booked' | 'moved' | 'cancelled' | 'not_moved' | 'not_cancelled';

/** What, when, where and with whom; then moving and cancelling, which act only when a form is sent. */
export function ManagePage({ view, news }: { view: ManagedView; news: ManageNews | null }) {
  const { appointment, state, link } = view;
  return (
    <div class="booking stack manage">
      <h1>{headline(view, news)}</h1>
      <News view={view} news={news} />
      <div class="card stack">
        <Facts view={view} />
        {state !== 'cancelled' && state !== 'past' && (
          <p class="row">
            <a
              class={news === 'booked' || news === 'moved' ? 'btn primary' : 'btn'}
              href={`${link}/appointment.ics`}
            >
              Add to calendar
            </a>
          </p>
        )}
      </div>
      {state !== 'cancelled' && state !== 'past' && <Preparation of={appointment} />}
      <Changes view={view} />
    </div>
  );
}

function headline({ state }: ManagedView, news: ManageNews | null): string {
  if (state === 'cancelled') return 'This appointment is cancelled';
  if (state === 'past') return 'This appointment is over';
  if (news === 'booked') return 'You are booked';
  return news === 'moved' ? 'Your appointment has a new time' : 'Your appointment';
}

function News({ view, news }: { view: ManagedView; news: ManageNews | null }) {
  const { appointment, clinic, state } = view;
  const call = clinic.phone ? ` Please call ${clinic.phone}.` : ' Please call the clinic.';
  if (state === 'cancelled') {
    return (
      <Notice title={news === 'cancelled' ? 'Done: the time is free again' : undefined} live>
        <p>
          {view.settled ? `${view.settled}.` : 'Nothing is due for it.'} <a href="/book">Book another time</a>
        </p>
      </Notice>
    );
  }
  if (news === 'not_moved' || news === 'not_cancelled') {
    const title = news === 'not_moved' ? 'This could not be moved here' : 'This could not be cancelled here';
    return (
      <Notice kind="warn" title={title} live>
        <p>It stands as shown below.{call}</p>
      </Notice>
    );
  }
  if ((news === 'booked' || news === 'moved') && state !== 'past') {
    const { email } = appointment.patient;
    return (
      <Notice kind="good" title={news === 'moved' ? 'Moved' : 'Confirmed'} live>
        <p>
          {email ? `We are writing to ${email} with an invitation for your calendar. ` : ''}Keep the link of
          this page: it moves or cancels the visit without an account.
        </p>
      </Notice>
    );
  }
  return null;
}

function Facts({ view }: { view: ManagedView }) {
  const { appointment, clinic, person, time } = view;
  const site = clinic.sites.find((one) => one.id === appointment.siteId);
  return (
    <dl class="facts-list">
      <div>
        <dt>When</dt>
        <dd>
          <span class="lead-line">
            {longDate(dateAt(appointment.start, time.viewerZone), time.locale, true)}
          </span>
          <SpanInZones start={appointment.start} end={appointment.end} time={time} />
        </dd>
      </div>
      <div>
        <dt>What</dt>
        <dd>
          {appointment.service.name}, {appointment.service.durationMin} min
        </dd>
      </div>
      <div>
        <dt>Where</dt>
        <dd>{site ? `${site.name}, ${addressLine(site)}` : 'By video'}</dd>
      </div>
      {person && (
        <div>
          <dt>With</dt>
          <dd>{[person.name, person.title.toLowerCase()].filter(Boolean).join(', ')}</dd>
        </div>
      )}
      <div>
        <dt>{view.settled ? 'Payment' : 'To pay'}</dt>
        <dd>
          {view.settled ? (
            <b>{view.settled}</b>
          ) : (
            <>
              <Money minor={appointment.priceMinor} currency={appointment.currency} locale={time.locale} />,
              at the visit
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}

function Preparation({ of }: { of: AppointmentDetails }) {
  const own = of.service.bring.split('\n').filter((line) => line.trim() !== '');
  const usual =
    of.siteId === null
      ? [
          'A quiet place with light from the front, and room to take a few steps.',
          'A phone or computer with a camera, charged, and something to stand it on.',
          'Clothes in which your back, hips and knees can be seen to move.',
        ]
      : [
          'Come five minutes early, in clothes that let you bend and squat.',
          'Bring reports and pictures that you already have, and a list of what you take.',
          'A baby is welcome: bring the carrier or seat that you lift most.',
        ];
  const lines = own.length > 0 ? own : usual;
  return (
    <section class="stack prepare" aria-labelledby="prepare">
      <h2 id="prepare">How to prepare</h2>
      <ul class="bullets">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Changes({ view }: { view: ManagedView }) {
  const { state, clinic, link, appointment } = view;
  if (state === 'past' || state === 'cancelled') return null;
  if (state === 'late') {
    return (
      <Notice title="Moving or cancelling now">
        <p>
          {policyText(clinic.changeNoticeMin)} That has passed, so please call the clinic
          {clinic.phone ? `: ${clinic.phone}` : ''}.
        </p>
      </Notice>
    );
  }
  return (
    <section class="stack" aria-labelledby="changes">
      <h2 id="changes">Something came up?</h2>
      <p class="small soft">{policyText(clinic.changeNoticeMin)}</p>
      <p>
        <a class="btn roomy" href={`${link}/time`}>
          Move to another time
        </a>
      </p>
      <details>
        <summary>Cancel this appointment</summary>
        <form method="post" action={`${link}/cancel`} class="stack">
          <HiddenFields fields={{ sequence: String(appointment.sequence) }} />
          <p class="small">The time is given to somebody else at once. This cannot be undone.</p>
          <button type="submit">Yes, cancel it</button>
        </form>
      </details>
    </section>
  );
}

/** A new time for an appointment. The old one stays until the new one is confirmed. */
export function MoveTimePage(props: {
  view: ManagedView;
  times: TimesView;
  who: 'same' | 'any';
  gone: { readonly message: string; readonly nearest: readonly FreeStart[] } | null;
}) {
  const { view, times, who, gone } = props;
  const { link, appointment, person } = view;
  const target: TimesTarget = {
    action: `${link}/hold`,
    fields: { who },
    page: (day, from) => `${link}/time?${new URLSearchParams({ who, day, from })}`,
  };
  return (
    <div class="booking stack">
      <div class="asked">
        <h1>Choose a new time</h1>
        <p class="small soft">
          <span>
            {appointment.service.name}, now{' '}
            {longDate(dateAt(appointment.start, times.time.viewerZone), times.time.locale)},{' '}
            <SpanInZones start={appointment.start} end={appointment.end} time={times.time} />
          </span>
        </p>
        <p class="small">
          <a href={link}>Keep it as it is</a>
          {person && who === 'same' && <a href={`${link}/time?who=any`}>See times with anyone</a>}
          {person && who === 'any' && <a href={`${link}/time?who=same`}>Only {person.name}</a>}
        </p>
      </div>
      {gone && <Gone gone={gone} time={times.time} target={target} />}
      <ZoneNotice time={times.time} at={times.first?.start ?? times.now} change="/book/zone" />
      <Times times={times} target={target} />
    </div>
  );
}

/** Old and new side by side, before the move is made. */
export function MoveConfirmPage(props: {
  view: ManagedView;
  start: number;
  end: number;
  person: CatalogueResource | null;
  who: 'same' | 'any';
}) {
  const { view, start, end, person, who } = props;
  const { appointment, time, link } = view;
  const day = (instant: number) => longDate(dateAt(instant, time.viewerZone), time.locale);
  return (
    <div class="booking stack">
      <h1>Move it here?</h1>
      <div class="card stack">
        <dl class="facts-list">
          <div>
            <dt>New time</dt>
            <dd>
              <span class="lead-line">{day(start)}</span>
              <SpanInZones start={start} end={end} time={time} />
              {person && <span class="below">With {person.name}</span>}
            </dd>
          </div>
          <div>
            <dt>Given up for it</dt>
            <dd class="soft">
              {day(appointment.start)},{' '}
              <SpanInZones start={appointment.start} end={appointment.end} time={time} />
            </dd>
          </div>
        </dl>
      </div>
      <form id="move" method="post" action={`${link}/move`} class="row">
        <HiddenFields fields={{ start: String(start), sequence: String(appointment.sequence), who }} />
        <button type="submit" class="primary roomy wide">
          Move the appointment
        </button>
        <a class="btn roomy" href={`${link}/time?who=${who}`}>
          Another time
        </a>
      </form>
      <p class="small soft">The old time stays yours until this is sent.</p>
      <div class="dock narrow">
        <button type="submit" form="move" class="primary roomy">
          Move the appointment
        </button>
      </div>
    </div>
  );
}
