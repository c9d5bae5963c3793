import type { Clinic } from '../../../platform/web/clinics.ts';
import { birthDateText, shortDate, shortMoment, wallTime } from '../../../platform/web/wall-clock.ts';
import { advice, zoneCity } from '../../booking/index.ts';
import type { OpenRequest, OpenTask, ReferralTask, SafetyTask } from './read-requests.ts';
import { offerLabel, type Suggestion } from './suggest-times.ts';

/** A request with the times that can be offered. */
export interface RequestCardProps {
  readonly clinic: Clinic;
  readonly request: OpenRequest;
  readonly suggestions: readonly Suggestion[];
  /** The open task about its safety answers, if there is one. */
  readonly taskId: string | null;
  readonly now: number;
  /** Beside the day there is room for one offer only. */
  readonly brief: boolean;
}

/** One request: who, what suits them, and the next step. A safety answer is read before anything is offered. */
export function RequestCard(props: RequestCardProps) {
  const { clinic, request, suggestions, now, brief, taskId } = props;
  const flagged = (request.safety?.yes.length ?? 0) > 0;
  return (
    <li class={flagged ? 'q flag' : 'q'} id={`request-${request.id}`}>
      <div>
        <b>{brief ? shortName(request) : `${request.givenName} ${request.familyName}`}</b>{' '}
        {flagged && (
          <span class="badge" data-kind="danger">
            Safety answer: read first
          </span>
        )}{' '}
        <span class="tiny soft">{ago(request.createdAt, now)}</span>
        <p class="tiny">
          {wishText(clinic, request)}. “{request.reason}”
        </p>
        {flagged && <Concerns safety={request.safety} />}
        {!brief && <Contact clinic={clinic} request={request} />}
      </div>
      {flagged && (
        <div class="row">
          {request.phone && (
            <a class="btn primary" href={`tel:${request.phone.replace(/[^+\d]/g, '')}`}>
              Call now
            </a>
          )}
          {taskId && (
            <a class="btn" href={`/desk/requests#task-${taskId}`}>
              Open task
            </a>
          )}
        </div>
      )}
      {!(flagged && brief) && (
        <div class="row">
          {suggestions.slice(0, brief ? 1 : 2).map((suggestion) => (
            <OfferForm key={suggestion.start} {...props} suggestion={suggestion} />
          ))}
          <a class="btn" href={`/desk/new?requestId=${request.id}`}>
            Other
          </a>
        </div>
      )}
      {!brief && <DeclineForm request={request} />}
    </li>
  );
}

function OfferForm({ suggestion, request, clinic, now }: RequestCardProps & { suggestion: Suggestion }) {
  const { wish, start, zone } = suggestion;
  const place = clinic.sites.find((site) => site.id === wish.siteId)?.name ?? 'by video';
  return (
    <form method="post" action={`/desk/requests/${request.id}/book`}>
      <input type="hidden" name="service" value={wish.service.id} />
      <button type="submit" name="pick" value={start}>
        {suggestion.preferred ? 'Offer' : 'Nearest:'} {offerLabel(start, zone, clinic.locale, now)}
        <span class="vh">
          , {wish.service.name}, {place}: books it and mails {request.givenName}
        </span>
      </button>
    </form>
  );
}

function DeclineForm({ request }: { request: OpenRequest }) {
  return (
    <details>
      <summary>No time can be found</summary>
      <form method="post" action={`/desk/requests/${request.id}/decline`} class="stack">
        <label class="field">
          <span>
            A line for {request.givenName} <small>(optional)</small>
          </span>
          <textarea name="answer" rows={2} maxLength={500} />
        </label>
        <button type="submit">Say no by mail</button>
      </form>
    </details>
  );
}

function Contact({ clinic, request }: { clinic: Clinic; request: OpenRequest }) {
  return (
    <p class="tiny soft">
      {[birthDateText(request.birthDate, clinic.locale), request.phone, request.email]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}

function Concerns({ safety }: { safety: OpenRequest['safety'] }) {
  if (!safety) return null;
  return (
    <p class="tiny">
      <b>
        {advice(safety)
          .map((one) => one.concern)
          .join('; ')}
      </b>
      . Advice to get care was shown before the request was sent.
    </p>
  );
}

const URGENCY_WORDS = { emergency: 'Emergency', same_day: 'Today', routine: 'Routine' } as const;

interface TaskCardProps<Task = OpenTask> {
  readonly clinic: Clinic;
  readonly task: Task;
  readonly now: number;
  readonly brief: boolean;
  /** Whoever treats people writes down what a surgeon answered; the front desk does not see examinations. */
  readonly mayAnswer: boolean;
}

/** A task: the loudest thing on the page. */
export function TaskCard({ task, ...props }: TaskCardProps) {
  return task.kind === 'urgent_referral' ? (
    <ReferralCard {...props} task={task} />
  ) : (
    <SafetyCard {...props} task={task} />
  );
}

/** An urgent referral: whose, to whom and since when; it ends with what they answered, nothing else. */
function ReferralCard({ clinic, task, now, brief, mayAnswer }: TaskCardProps<ReferralTask>) {
  const late = task.dueAt < now;
  return (
    <li class="q flag task" id={`task-${task.id}`}>
      <div>
        <b>{task.name}</b>{' '}
        <span class="badge" data-kind="danger">
          {late ? 'Urgent referral, answer overdue' : 'Urgent referral'}
        </span>
        <p class="tiny">
          <b>Referred to {task.referredTo}.</b>{' '}
          {mayAnswer
            ? 'Open until somebody writes down what they answered.'
            : 'A clinician writes down what they answer. If they call here, put them through at once.'}
        </p>
        <p class="tiny soft">
          Referred {ago(task.createdAt, now)}, an answer is due by{' '}
          {shortMoment(task.dueAt, clinic.timeZone, clinic.locale)} ({zoneCity(clinic.timeZone)} time)
        </p>
      </div>
      <div class="row">
        {mayAnswer && (
          <a class="btn primary" href={`/desk/imaging/${task.studyId}/referral`}>
            Write the answer
          </a>
        )}
        {task.phone && (
          <a class="btn" href={`tel:${task.phone.replace(/[^+\d]/g, '')}`}>
            Call {brief ? 'the patient' : task.phone}
          </a>
        )}
      </div>
    </li>
  );
}

/** A task about a safety answer. */
function SafetyCard(props: TaskCardProps<SafetyTask>) {
  const { clinic, task, now, brief } = props;
  const late = task.dueAt < now;
  return (
    <li class="q flag task" id={`task-${task.id}`}>
      <div>
        <b>{task.name}</b>{' '}
        <span class="badge" data-kind="danger">
          {URGENCY_WORDS[task.urgency]}
          {late ? ', overdue' : ''}
        </span>
        <p class="tiny">
          {advice(task.answers).map((one) => (
            <span key={one.code}>
              <b>{one.concern}.</b> Told: {one.advice}{' '}
            </span>
          ))}
        </p>
        <p class="tiny soft">
          Sent {ago(task.createdAt, now)}, to be read by {wallTime(task.dueAt, clinic.timeZone)} (
          {zoneCity(clinic.timeZone)} time)
        </p>
      </div>
      <div class="row">
        {task.phone && (
          <a class="btn primary" href={`tel:${task.phone.replace(/[^+\d]/g, '')}`}>
            Call {brief ? 'now' : task.phone}
          </a>
        )}
        {task.appointmentId && (
          <a class="btn" href={`/desk/appointments/${task.appointmentId}`}>
            Open the visit
          </a>
        )}
        {brief && (
          <a class="btn" href={`/desk/requests#task-${task.id}`}>
            Open task
          </a>
        )}
      </div>
      {!brief && (
        <form method="post" action={`/desk/tasks/${task.id}/done`} class="row outcome">
          <label class="field">
            What came of it
            <input
              type="text"
              name="outcome"
              required
              maxLength={300}
              autocomplete="off"
              placeholder="Called, going to the emergency department"
            />
          </label>
          <button type="submit">Done</button>
        </form>
      )}
    </li>
  );
}

function shortName(request: OpenRequest): string {
  return `${request.givenName} ${[...request.familyName][0] ?? ''}.`;
}

const PARTS = { morning: 'morning', afternoon: 'afternoon', evening: 'evening', any: 'any time' } as const;

function wishText(clinic: Clinic, request: OpenRequest): string {
  const place =
    request.mode === 'telehealth'
      ? 'Telehealth'
      : `Office visit${clinic.sites.length > 1 ? `, ${clinic.sites.find((one) => one.id === request.siteId)?.name ?? 'any site'}` : ''}`;
  const times = request.preferred
    .slice(0, 4)
    .map(({ date, part }) => `${shortDate(date, clinic.locale)} ${PARTS[part]}`)
    .join(', ');
  return times ? `${place}, ${times}` : place;
}

/** "9 min ago", "3 h ago", "2 days ago". */
export function ago(instant: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - instant) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  const days = Math.floor(minutes / 1440);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
