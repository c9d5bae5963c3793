import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { birthDateText, shortMoment } from '../../../platform/web/wall-clock.ts';
import type { PersonFound } from '../people/find-people.ts';

/** Looking for a person, and what was found. */
export function PeoplePage(props: { clinic: Clinic; query: string; found: readonly PersonFound[] }) {
  const { query, found } = props;
  return (
    <>
      <div class="row">
        <h1>People</h1>
        <a class="btn push" href={newPersonHref(query)}>
          New person
        </a>
      </div>
      <search>
        <form method="get" action="/desk/people" class="row people-search">
          <label class="field">
            Name, date of birth, telephone or e-mail
            <input type="search" name="q" value={query} autocomplete="off" />
          </label>
          <button class="primary" type="submit">
            Find
          </button>
        </form>
      </search>
      {query === '' && (
        <p class="soft">
          The spelling need not be right: names are found by their sound and with a slip of the finger too. A
          date of birth can be written in any usual way, such as 3.4.1990.
        </p>
      )}
      {query !== '' && found.length === 0 && (
        <Notice kind="plain" title={`Nobody found for “${query}”`} live>
          <p>Try the family name alone, or the date of birth.</p>
        </Notice>
      )}
      {found.length > 0 && <FoundTable {...props} />}
    </>
  );
}

function newPersonHref(query: string): string {
  return `/desk/people/new${query ? `?name=${encodeURIComponent(query)}` : ''}`;
}

function FoundTable({
  clinic,
  found,
  query,
}: {
  clinic: Clinic;
  found: readonly PersonFound[];
  query: string;
}) {
  return (
    <div class="card">
      <table class="stacked">
        <caption>
          {found.length === 1 ? 'One person' : `${found.length} people`} for “{query}”, the likeliest first
        </caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Born</th>
            <th scope="col">Next visit</th>
          </tr>
        </thead>
        <tbody>
          {found.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <a class="inline-link" href={`/desk/people/${person.id}`}>
                  {person.familyName}, {person.givenName}
                </a>
              </th>
              <td>{birthDateText(person.birthDate, clinic.locale)}</td>
              <td>{nextVisit(person, clinic)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function nextVisit({ nextVisit: visit }: PersonFound, clinic: Clinic): string {
  if (!visit) return 'none booked';
  const site = clinic.sites.find((one) => one.id === visit.siteId);
  const when = shortMoment(visit.start, site?.timeZone ?? clinic.timeZone, clinic.locale);
  return `${when}, ${site?.name ?? 'by video'}`;
}
