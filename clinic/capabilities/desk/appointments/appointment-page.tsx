import { dateAt } from '@rectus/schedule';
import type { ComponentChildren, VNode } from 'preact';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { formatMoney, Notice } from '../../../platform/web/layout/index.ts';
import {
  birthDateText,
  longDate,
  shortMoment,
  timeInput,
  wallTime,
} from '../../../platform/web/wall-clock.ts';
import {
  type AppointmentDetails,
  type Catalogue,
  type CatalogueResource,
  placeZone,
  sameClock,
  zoneCity,
} from '../../booking/index.ts';
import { type readVisitPanel, VisitPanel, whenCancelled } from '../../payments/index.ts';
import type { NearestTime } from './refusal-words.ts';

/** A mail about the appointment, as the page lists it. */
export interface MailLine {
  readonly id: string;
  readonly subject: string;
  readonly status: string;
  readonly at: number;
}

export interface AppointmentPageProps {
  readonly clinic: Clinic;
  readonly catalogue: Catalogue;
  readonly appointment: AppointmentDetails;
  readonly mails: readonly MailLine[];
  /** What came of the last form, where it was refused. */
  readonly refused?: {
    readonly message: string;
    readonly nearest: readonly NearestTime[];
    readonly values: Readonly<Record<string, string>>;
    readonly askReason: boolean;
  };
  readonly backHref: string;
  readonly panel: Awaited<ReturnType<typeof readVisitPanel>>;
  readonly mayCharge: boolean;
  /** What others add about the visit. */
  readonly parts: readonly VNode[];
}

const STATUS_WORDS = {
  booked: 'Booked',
  arrived: 'Arrived',
  in_room: 'In the room',
  done: 'Done',
  no_show: 'Did not come',
  cancelled: 'Cancelled',
} as const;

const SOURCE_WORDS = {
  online: 'booked online',
  desk: 'booked at the desk',
  request: 'from a request',
} as const;

/** Everything about one visit, and everything that the desk can do with it. */
export function AppointmentPage(props: AppointmentPageProps) {
  const { clinic, appointment, refused } = props;
  const zone = placeZone(clinic, appointment.siteId);
  const { patient } = appointment;
  return (
    <>
      <p class="crumbs">
        <a href={props.backHref}>‹ Back to the day</a>
      </p>
      <div class="row">
        <h1>
          {patient.givenName} {patient.familyName}
        </h1>
        <span class="badge" data-kind={appointment.status === 'cancelled' ? 'danger' : 'mark'}>
          {STATUS_WORDS[appointment.status]}
        </span>
      </div>
      {refused && (
        <Notice kind="warn" title={refused.message} live>
          <NearestButtons {...props} nearest={refused.nearest} />
        </Notice>
      )}
      <div class="two-columns">
        <div class="stack">
          {appointment.status !== 'cancelled' && <StatusForms appointment={appointment} />}
          {props.parts}
          <Facts {...props} zone={zone} />
          <Mails {...props} zone={zone} />
        </div>
        <div class="stack">
          <MoneyPart {...props} />
          {appointment.status !== 'cancelled' && (
            <>
              <MoveForm {...props} zone={zone} />
              <CancelForm {...props} />
            </>
          )}
        </div>
      </div>
    </>
  );
}

function MoneyPart({ clinic, panel, mayCharge }: AppointmentPageProps) {
  const { money, ...rest } = panel;
  return money && <VisitPanel clinic={clinic} money={money} {...rest} mayCharge={mayCharge} />;
}

const NEXT = {
  booked: ['arrived', 'in_room', 'no_show'],
  arrived: ['in_room', 'done', 'booked'],
  in_room: ['done', 'arrived'],
  done: ['in_room'],
  no_show: ['arrived', 'booked'],
  cancelled: [],
} as const;

const ACTION_WORDS = {
  booked: 'Not here yet after all',
  arrived: 'Check in',
  in_room: 'In the room',
  done: 'Done',
  no_show: 'Did not come',
} as const;

function StatusForms({ appointment }: { appointment: AppointmentDetails }) {
  return (
    <form
      method="post"
      action={`/desk/appointments/${appointment.id}/status`}
      class="row"
      aria-label="What happened"
    >
      {NEXT[appointment.status].map((status, index) => (
        <button
          key={status}
          type="submit"
          name="status"
          value={status}
          class={index === 0 ? 'primary' : undefined}
        >
          {ACTION_WORDS[status]}
        </button>
      ))}
    </form>
  );
}

function Facts({ appointment, clinic, catalogue, zone }: AppointmentPageProps & { zone: string }) {
  const { patient, start, end } = appointment;
  const site = clinic.sites.find((one) => one.id === appointment.siteId);
  const resources = appointment.resourceIds.map((id) => catalogue.resource(id)?.name ?? 'a resource');
  const viewer = appointment.viewerZone;
  return (
    <dl class="facts card">
      <Fact label="When">
        {longDate(dateAt(start, zone), clinic.locale)}, {wallTime(start, zone)} to {wallTime(end, zone)},{' '}
        {zoneCity(zone)} time
        {viewer && !sameClock(viewer, zone, start) && (
          <span class="soft">
            {' '}
            ({shortMoment(start, viewer, clinic.locale)} in {zoneCity(viewer)}, where it was booked)
          </span>
        )}
      </Fact>
      <Fact label="What">
        {appointment.service.name}, {formatMoney(appointment.priceMinor, appointment.currency, clinic.locale)}
      </Fact>
      <Fact label="Where">{site ? `${site.name}, ${site.city}` : 'By video'}</Fact>
      {resources.length > 0 && <Fact label="With">{resources.join(', ')}</Fact>}
      <Fact label="Person">
        <a class="inline-link" href={`/desk/people/${patient.id}`}>
          {patient.givenName} {patient.familyName}
        </a>
        , {birthDateText(patient.birthDate, clinic.locale)}
      </Fact>
      <Fact label="Reach">
        {patient.phone && (
          <a class="inline-link" href={`tel:${patient.phone.replace(/[^+\d]/g, '')}`}>
            {patient.phone}
          </a>
        )}
        {patient.phone && patient.email && ', '}
        {patient.email}
        {!patient.phone && !patient.email && 'no telephone, no e-mail'}
      </Fact>
      <Fact label="Source">{SOURCE_WORDS[appointment.source]}</Fact>
      {appointment.outsideHoursReason && <Fact label="Outside hours">{appointment.outsideHoursReason}</Fact>}
      {appointment.cancelReason && <Fact label="Cancelled because">{appointment.cancelReason}</Fact>}
      {appointment.cancelledLate && <Fact label="Late">Cancelled within the notice period</Fact>}
    </dl>
  );
}

function Fact(props: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Mails({ mails, zone, clinic }: AppointmentPageProps & { zone: string }) {
  if (mails.length === 0) return <p class="soft">No mail has been written about this visit.</p>;
  return (
    <section aria-labelledby="mails">
      <h2 id="mails">Mails</h2>
      <ul>
        {mails.map((mail) => (
          <li class="moment" key={mail.id}>
            <time dateTime={new Date(mail.at).toISOString()}>
              {shortMoment(mail.at, zone, clinic.locale)}
            </time>
            <a href={`/desk/outbox/${mail.id}`}>{mail.subject}</a>
            <span class="soft">{mail.status}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whoever could see this patient instead: everybody of the same kind. */
function peopleFor({ appointment, catalogue }: AppointmentPageProps): readonly CatalogueResource[] {
  const kinds = new Set(appointment.service.needs.map((need) => need.kind));
  return catalogue.resources.filter(
    (one) =>
      one.person &&
      one.active &&
      one.kinds.some((kind) => kinds.has(kind)) &&
      (one.siteId === null || appointment.siteId === null || one.siteId === appointment.siteId),
  );
}

function MoveForm(props: AppointmentPageProps & { zone: string }) {
  const { appointment, zone, refused } = props;
  const typed = refused?.values;
  const person = appointment.resourceIds.find((id) => props.catalogue.resource(id)?.person) ?? '';
  const reason = refused?.askReason || (typed?.reason ?? '') !== '';
  return (
    <form
      method="post"
      action={`/desk/appointments/${appointment.id}/move`}
      class="card stack"
      aria-labelledby="move"
    >
      <h2 id="move">Move</h2>
      <input type="hidden" name="sequence" value={appointment.sequence} />
      <input type="hidden" name="from" value={person} />
      <div class="row">
        <label class="field">
          Day
          <input type="date" name="date" required value={typed?.date ?? dateAt(appointment.start, zone)} />
        </label>
        <label class="field">
          Time in {zoneCity(zone)}
          <input
            type="time"
            name="time"
            required
            step={300}
            value={typed?.time ?? timeInput(appointment.start, zone)}
          />
        </label>
      </div>
      <label class="field">
        With
        <select name="to">
          {peopleFor(props).map((one) => (
            <option key={one.id} value={one.id} selected={one.id === (typed?.to ?? person)}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <details open={reason}>
        <summary>Outside opening hours</summary>
        <label class="field">
          Reason
          <input type="text" name="reason" maxLength={200} value={typed?.reason} autocomplete="off" />
        </label>
      </details>
      <button type="submit">Move</button>
      <p class="tiny soft">The patient gets a mail with the new time, where there is an e-mail address.</p>
    </form>
  );
}

function NearestButtons({
  appointment,
  nearest,
  catalogue,
}: AppointmentPageProps & { nearest: readonly NearestTime[] }) {
  if (nearest.length === 0) return null;
  const person = appointment.resourceIds.find((id) => catalogue.resource(id)?.person) ?? '';
  return (
    <form method="post" action={`/desk/appointments/${appointment.id}/move`} class="row">
      <span>Nearest free:</span>
      <input type="hidden" name="sequence" value={appointment.sequence} />
      <input type="hidden" name="from" value={person} />
      <input type="hidden" name="anyone" value="yes" />
      {nearest.map((time) => (
        <button key={time.start} type="submit" name="pick" value={time.start}>
          {time.label}
        </button>
      ))}
    </form>
  );
}

function CancelForm(props: AppointmentPageProps) {
  const { appointment, panel, clinic } = props;
  const aboutMoney = panel.money && whenCancelled(panel.money, clinic.locale);
  const order = panel.money?.order;
  const kept = order ? order.paidMinor - order.refundedMinor : 0;
  return (
    <details class="card">
      <summary>Cancel this visit</summary>
      <form method="post" action={`/desk/appointments/${appointment.id}/cancel`} class="stack">
        <label class="field">
          Reason, for the clinic
          <input type="text" name="reason" required maxLength={200} autocomplete="off" />
        </label>
        {aboutMoney && <p class="small">{aboutMoney}</p>}
        {kept > 0 && props.mayCharge && (
          <fieldset>
            <legend>The money</legend>
            <label class="check">
              <input type="radio" name="money" value="keep" checked /> Keep it as a visit to book again
            </label>
            <label class="check">
              <input type="radio" name="money" value="refund" /> Give money back: the refund comes next
            </label>
          </fieldset>
        )}
        <button type="submit">Cancel the visit</button>
        <p class="tiny soft">The time is free again at once, and the patient gets a mail.</p>
      </form>
    </details>
  );
}
