import type { Clinic } from '../../../platform/web/clinics.ts';
import { birthDateText, shortMoment } from '../../../platform/web/wall-clock.ts';
import type { PersonFound } from '../../records/index.ts';
import type { StudyLine, Waiting } from '../core/list-studies.ts';
import { GAIT_LAB, NORMS, studyPath } from './paths.ts';
import { StatusBadge } from './status-badge.tsx';

export interface ListPageProps {
  readonly clinic: Clinic;
  readonly studies: readonly StudyLine[];
  readonly visits: readonly Waiting[];
  readonly bought: readonly Waiting[];
  readonly query: string;
  readonly found: readonly PersonFound[];
}

/** The gait lab: what can begin, and the sessions there are. */
export function ListPage(props: ListPageProps) {
  const { clinic, studies, visits, bought } = props;
  return (
    <>
      <div class="row">
        <h1>Gait lab</h1>
        <a class="btn push" href={NORMS}>
          Norms
        </a>
      </div>
      <div class="two-columns">
        <section aria-labelledby="sessions">
          <h2 id="sessions">Sessions</h2>
          {studies.length === 0 && <p class="soft">None yet. Begin one with a visit or a person.</p>}
          <ol>
            {studies.map((study) => (
              <li class="moment dated" key={study.id}>
                <time dateTime={new Date(study.takenAt).toISOString()}>
                  {shortMoment(study.takenAt, clinic.timeZone, clinic.locale)}
                </time>
                <a href={studyPath(study.id)}>{study.patientName}</a>
                <StatusBadge status={study.status} />
              </li>
            ))}
          </ol>
        </section>
        <section class="card stack beginnings" aria-labelledby="begin">
          <h2 id="begin">New session</h2>
          <Begin clinic={clinic} title="From a visit" field="appointmentId" waiting={visits} />
          <Begin clinic={clinic} title="From what was bought" field="entitlementId" waiting={bought} />
          <FromPerson {...props} />
        </section>
      </div>
    </>
  );
}

function Begin(props: {
  clinic: Clinic;
  title: string;
  field: 'appointmentId' | 'entitlementId';
  waiting: readonly Waiting[];
}) {
  const { clinic, title, field, waiting } = props;
  if (waiting.length === 0) return null;
  return (
    <div>
      <h3 class="soft">{title}</h3>
      <ul class="plain-list">
        {waiting.map((one) => (
          <li class="row" key={one.id}>
            <span>
              {one.patientName},{' '}
              <span class="soft">{shortMoment(one.at, clinic.timeZone, clinic.locale)}</span>
            </span>
            <BeginButton field={field} id={one.id} name={one.patientName} />
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
        <form method="get" action={GAIT_LAB} class="row people-search">
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
            <BeginButton field="patientId" id={person.id} name={`${person.givenName} ${person.familyName}`} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function BeginButton({ field, id, name }: { field: string; id: string; name: string }) {
  return (
    <form method="post" action={GAIT_LAB} class="push">
      <input type="hidden" name={field} value={id} />
      <button type="submit">
        Begin<span class="vh"> a session for {name}</span>
      </button>
    </form>
  );
}
