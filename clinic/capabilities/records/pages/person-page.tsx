import { dateAt } from '@rectus/schedule';
import type { ComponentProps, VNode } from 'preact';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormValues } from '../../../platform/web/form.ts';
import { ErrorSummary, Notice } from '../../../platform/web/layout/index.ts';
import { birthDateText, shortDate, wallTime } from '../../../platform/web/wall-clock.ts';
import { PersonMoney } from '../../payments/index.ts';
import type { Duplicate } from '../people/likely-duplicates.ts';
import type { Person, Visit } from '../people/person.ts';
import { PersonFields } from './person-fields.tsx';

export interface PersonPageProps {
  readonly clinic: Clinic;
  readonly person: Person;
  readonly visits: readonly Visit[];
  readonly duplicates: readonly Duplicate[];
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
  readonly money: ComponentProps<typeof PersonMoney>['money'];
  readonly mayMerge: boolean;
  readonly mayCharge: boolean;
  readonly saved: boolean;
  readonly now: number;
  /** What others add about the person. */
  readonly parts: readonly VNode[];
}

/** One person: who they are, their visits, and records that may be theirs as well. */
export function PersonPage(props: PersonPageProps) {
  const { clinic, person, visits, duplicates, values, errors, now } = props;
  const upcoming = visits.filter((visit) => visit.start >= now && visit.status !== 'cancelled').reverse();
  const past = visits.filter((visit) => !upcoming.includes(visit));
  return (
    <>
      <div class="row">
        <h1>
          {person.givenName} {person.familyName}
        </h1>
        <p class="soft">{birthDateText(person.birthDate, clinic.locale)}</p>
        <a class="btn primary push" href={`/desk/new?patientId=${person.id}`}>
          New appointment
        </a>
      </div>
      {props.saved && <Notice kind="good" title="Saved" live />}
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      {duplicates.length > 0 && <Duplicates {...props} />}
      <div class="two-columns">
        <div class="stack">
          <section aria-labelledby="upcoming">
            <h2 id="upcoming">Coming</h2>
            <Visits now={now} visits={upcoming} clinic={clinic} none="No visit is booked." />
          </section>
          <section aria-labelledby="past">
            <h2 id="past">Past and cancelled</h2>
            <Visits now={now} visits={past} clinic={clinic} none="None yet." />
          </section>
          {props.parts}
          <PersonMoney
            clinic={clinic}
            patientId={person.id}
            money={props.money}
            mayCharge={props.mayCharge}
          />
        </div>
        <section class="card" aria-labelledby="details">
          <h2 id="details">Details</h2>
          <form method="post" action={`/desk/people/${person.id}`} class="stack" novalidate>
            <PersonFields values={values} errors={errors} note />
            <button type="submit" class="primary">
              Save
            </button>
          </form>
        </section>
      </div>
    </>
  );
}

const STATUS_NAMES = {
  booked: 'booked',
  arrived: 'arrived',
  in_room: 'in the room',
  done: 'done',
  no_show: 'did not come',
  cancelled: 'cancelled',
} as const;

function Visits(props: { visits: readonly Visit[]; clinic: Clinic; none: string; now: number }) {
  const { visits, clinic, none, now } = props;
  if (visits.length === 0) return <p class="soft">{none}</p>;
  return (
    <ol>
      {visits.map((visit) => {
        const site = clinic.sites.find((one) => one.id === visit.siteId);
        const zone = site?.timeZone ?? clinic.timeZone;
        const date = dateAt(visit.start, zone);
        return (
          <li class="moment" key={visit.id}>
            <time dateTime={new Date(visit.start).toISOString()}>
              {shortDate(date, clinic.locale, date.slice(0, 4) !== dateAt(now, zone).slice(0, 4))}
            </time>
            <a href={`/desk/appointments/${visit.id}`}>
              {wallTime(visit.start, zone)} {visit.serviceName}, {site?.name ?? 'by video'}
            </a>
            <span class="soft">{STATUS_NAMES[visit.status]}</span>
          </li>
        );
      })}
    </ol>
  );
}

function Duplicates({ clinic, person, duplicates, mayMerge }: PersonPageProps) {
  return (
    <Notice kind="warn" title="Likely the same person">
      <ul class="duplicates">
        {duplicates.map((other) => (
          <li key={other.id} class="row">
            <span>
              <a href={`/desk/people/${other.id}`}>
                {other.givenName} {other.familyName}
              </a>
              , {birthDateText(other.birthDate, clinic.locale)}: {other.reasons.join(', ')}
            </span>
            {mayMerge && (
              <a class="btn" href={`/desk/people/${person.id}/merge/${other.id}`}>
                Compare and merge
              </a>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
