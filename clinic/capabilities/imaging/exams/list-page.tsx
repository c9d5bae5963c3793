import type { Clinic } from '../../../platform/web/clinics.ts';
import { birthDateText, shortMoment } from '../../../platform/web/wall-clock.ts';
import type { PersonFound } from '../../records/index.ts';
import { ARRIVALS, CASES, EXCEPTIONS, examPath, IMAGING, MACHINES, REFUSALS } from '../core/paths.ts';
import { OpenReferralsPart } from '../referral/open-referrals-part.tsx';
import type { Referral } from '../referral/read-referrals.ts';
import { BeginButton } from './begin-button.tsx';
import { aboutWords, clipCount, ExamBadge } from './exam-words.tsx';
import type { ExamLine } from './list-exams.ts';
import type { UltrasoundVisit } from './us-visits.ts';

export interface ListPageProps {
  readonly clinic: Clinic;
  readonly now: number;
  readonly isOwner: boolean;
  /** Today's, and those that are not signed. */
  readonly open: readonly ExamLine[];
  readonly signed: readonly ExamLine[];
  readonly visits: readonly UltrasoundVisit[];
  readonly waiting: number;
  readonly refused: number;
  readonly referrals: readonly Referral[];
  readonly query: string;
  readonly found: readonly PersonFound[];
}

/** Ultrasound at the desk: what waits for somebody, the examinations, and how one begins. */
export function ListPage(props: ListPageProps) {
  const { clinic, isOwner, open, signed } = props;
  return (
    <>
      <div class="row">
        <h1>Ultrasound</h1>
        <div class="row push">
          <a class="btn" href={CASES}>
            Case studies
          </a>
          {isOwner && (
            <>
              <a class="btn" href={EXCEPTIONS}>
                Exceptions
              </a>
              <a class="btn" href={MACHINES}>
                Machines
              </a>
            </>
          )}
        </div>
      </div>
      <Waits {...props} />
      <div class="two-columns">
        <section aria-labelledby="exams" class="stack">
          <h2 id="exams">To do and today</h2>
          {open.length === 0 && <p class="soft">Nothing is open. Begin with a visit or a person.</p>}
          <ExamList clinic={clinic} exams={open} />
          {signed.length > 0 && (
            <>
              <h2>Signed lately</h2>
              <ExamList clinic={clinic} exams={signed} />
            </>
          )}
        </section>
        <section class="card stack beginnings" aria-labelledby="begin">
          <h2 id="begin">New examination</h2>
          <FromVisits {...props} />
          <FromPerson {...props} />
        </section>
      </div>
    </>
  );
}

/** Whatever somebody has to do before anything else, the loudest first. */
function Waits({ clinic, now, waiting, refused, referrals }: ListPageProps) {
  return (
    <>
      <OpenReferralsPart referrals={referrals} clinic={clinic} now={now} />
      {(waiting > 0 || refused > 0) && (
        <ul class="us-waits">
          {waiting > 0 && (
            <li>
              <a class="btn" href={ARRIVALS}>
                <span class="badge" data-kind="mark">
                  {waiting}
                </span>
                {waiting === 1 ? 'clip waits: whose is it?' : 'clips wait: whose are they?'}
              </a>
            </li>
          )}
          {refused > 0 && (
            <li>
              <a class="btn" href={REFUSALS}>
                <span class="badge" data-kind="warn">
                  {refused}
                </span>
                {refused === 1 ? 'file was refused' : 'files were refused'}
              </a>
            </li>
          )}
        </ul>
      )}
      {waiting === 0 && refused === 0 && (
        <p class="soft">
          Every clip has found its examination. <a href={ARRIVALS}>Set aside</a>,{' '}
          <a href={REFUSALS}>refused before</a>.
        </p>
      )}
    </>
  );
}

function ExamList({ clinic, exams }: { clinic: Clinic; exams: readonly ExamLine[] }) {
  return (
    <ol>
      {exams.map((exam) => (
        <li class="moment dated" key={exam.id}>
          <time dateTime={new Date(exam.takenAt).toISOString()}>
            {shortMoment(exam.takenAt, clinic.timeZone, clinic.locale)}
          </time>
          <span>
            <a href={examPath(exam.id)}>
              {exam.patientName}
              <span class="vh">, {exam.accession}</span>
            </a>
            <br />
            <span class="soft tiny">
              {aboutWords(exam)}, {clipCount(exam.clips)}
            </span>
          </span>
          <ExamBadge {...exam} />
        </li>
      ))}
    </ol>
  );
}

function FromVisits({ clinic, visits }: ListPageProps) {
  const free = visits.filter(({ exam }) => exam === null);
  if (free.length === 0) return null;
  return (
    <div>
      <h3 class="soft">From a visit</h3>
      <ul class="plain-list">
        {free.map(({ appointmentId, patientId, patientName, start }) => (
          <li class="row" key={appointmentId}>
            <span>
              {patientName}, <span class="soft">{shortMoment(start, clinic.timeZone, clinic.locale)}</span>
            </span>
            <div class="push">
              <BeginButton
                from={{ appointmentId, patientId }}
                label="Begin"
                about={` the ultrasound of ${patientName}`}
              />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function FromPerson({ clinic, query, found }: ListPageProps) {
  return (
    <div class="stack">
      <search>
        <form method="get" action={IMAGING} class="row people-search">
          <label class="field">
            From a person
            <input type="search" name="q" value={query} autocomplete="off" />
          </label>
          <button type="submit">Find</button>
        </form>
      </search>
      {query !== '' && found.length === 0 && <p class="soft">Nobody found for “{query}”.</p>}
      <ul class="plain-list">
        {found.map((person) => (
          <li class="row" key={person.id}>
            <span>
              {person.givenName} {person.familyName},{' '}
              <span class="soft">{birthDateText(person.birthDate, clinic.locale)}</span>
            </span>
            <div class="push">
              <BeginButton
                from={{ patientId: person.id }}
                label="Begin"
                about={` the ultrasound of ${person.givenName} ${person.familyName}`}
              />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
