import type { FastifyRequest } from 'fastify';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type {
  DayShown,
  DeskPart,
  OrderShown,
  PersonShown,
  VisitShown,
} from '../../../platform/web/desk-part.ts';
import { shortMoment, wallTime } from '../../../platform/web/wall-clock.ts';
import { listStudies } from '../core/list-studies.ts';
import { GAIT_LAB, studyPath } from '../sessions/paths.ts';
import { StatusBadge } from '../sessions/status-badge.tsx';
import { BeginButton, OpenLink } from './begin-button.tsx';
import { type BoughtSession, boughtSessions } from './bought-sessions.ts';
import { labVisits } from './lab-visits.ts';

/** The front desk has no business with recordings of people. */
function seesSessions({ staff }: FastifyRequest): boolean {
  return staff?.role === 'clinician' || staff?.role === 'owner';
}

/** On a visit's page: begin its session, or open the one that there is. */
export const gaitOfVisit: DeskPart<VisitShown> = async (clinic, request, { appointmentId }) => {
  if (!seesSessions(request)) return null;
  const [visit] = await labVisits(clinic, { appointmentId });
  if (!visit || (!visit.study && !visit.stands)) return null;
  return (
    <section class="card stack" aria-labelledby="gait-part">
      <div class="row">
        <h2 id="gait-part">Gait lab</h2>
        {visit.study && <StatusBadge status={visit.study.status} />}
      </div>
      {visit.study ? (
        <OpenLink studyId={visit.study.id} about="" />
      ) : (
        <BeginButton from={{ appointmentId, patientId: visit.patientId }} about="" />
      )}
    </section>
  );
};

/** Beside the day: the visits to the lab, each one press from its session. */
export const gaitOfDay: DeskPart<DayShown> = async (clinic, request, day) => {
  if (!seesSessions(request)) return null;
  const visits = await labVisits(clinic, day);
  if (visits.length === 0) return null;
  return (
    <section aria-labelledby="gait-part" class="gait-day">
      <h2 id="gait-part">
        Gait lab{' '}
        <span class="badge" data-kind="mark">
          {visits.length}
        </span>
      </h2>
      <ul>
        {visits.map(({ appointmentId, patientId, patientName, start, study }) => (
          <li key={appointmentId}>
            <a class="inline-link" href={`/desk/appointments/${appointmentId}`}>
              {patientName}
            </a>
            <span class="soft">{wallTime(start, day.timeZone)}</span>
            {study ? (
              <>
                <StatusBadge status={study.status} />
                <OpenLink studyId={study.id} label="Open" about={` the gait session of ${patientName}`} />
              </>
            ) : (
              <BeginButton
                from={{ appointmentId, patientId }}
                label="Begin"
                about={` the gait session of ${patientName}`}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** On a person's page: their sessions, what they bought of the lab, and a new one. */
export const gaitOfPerson: DeskPart<PersonShown> = async (clinic, request, { patientId }) => {
  if (!seesSessions(request)) return null;
  const studies = await listStudies(clinic, { patientId });
  const bought = await boughtSessions(clinic, { patientId });
  const { timeZone, locale } = request.clinic;
  return (
    <section aria-labelledby="gait-part" class="stack">
      <div class="row">
        <h2 id="gait-part">Gait sessions</h2>
        <div class="push">
          <BeginButton from={{ patientId }} about="" label="New session" />
        </div>
      </div>
      {studies.length === 0 && <p class="soft">None yet.</p>}
      <ol>
        {studies.map(({ id, takenAt, status }) => (
          <li class="moment dated" key={id}>
            <time dateTime={new Date(takenAt).toISOString()}>{shortMoment(takenAt, timeZone, locale)}</time>
            <a href={studyPath(id)}>
              Gait session<span class="vh"> of {shortMoment(takenAt, timeZone, locale)}</span>
            </a>
            <StatusBadge status={status} />
          </li>
        ))}
      </ol>
      {bought
        .filter(({ left }) => left > 0)
        .map((one) => (
          <BoughtLine key={one.entitlementId} one={one} />
        ))}
    </section>
  );
};

/** On an order's page: what was bought of the lab, and the sessions that came of it. */
export const gaitOfOrder: DeskPart<OrderShown> = async (clinic: ClinicTransaction, request, { orderId }) => {
  if (!seesSessions(request)) return null;
  const bought = await boughtSessions(clinic, { orderId });
  const shown = bought.filter(({ left, studies }) => left > 0 || studies.length > 0);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="gait-part" class="card stack">
      <div class="row">
        <h2 id="gait-part">Gait lab</h2>
        <a class="push" href={GAIT_LAB}>
          All sessions
        </a>
      </div>
      {shown.map((one) => (
        <div key={one.entitlementId} class="stack">
          {one.studies.map(({ id, status }, index) => (
            <div class="row" key={id}>
              <span>{one.description}</span>
              <StatusBadge status={status} />
              <div class="push">
                <OpenLink studyId={id} about={` ${index + 1} of ${one.description}`} />
              </div>
            </div>
          ))}
          {one.left > 0 && <BoughtLine one={one} />}
        </div>
      ))}
    </section>
  );
};

function BoughtLine({ one }: { one: BoughtSession }) {
  const { entitlementId, patientId, description } = one;
  return (
    <div class="row">
      <span>
        Bought: {description}
        {one.left > 1 && <span class="soft">, {one.left} left</span>}
      </span>
      <div class="push">
        <BeginButton from={{ entitlementId, patientId }} about={` with ${description}`} />
      </div>
    </div>
  );
}
