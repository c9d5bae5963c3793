import type { Clinic } from '../../../platform/web/clinics.ts';
import { birthDateText } from '../../../platform/web/wall-clock.ts';
import type { Person } from '../people/person.ts';

/** The step before two records become one: both side by side, and what will happen. */
export function MergePage(props: { clinic: Clinic; into: Person; from: Person; visits: number }) {
  const { clinic, into, from, visits } = props;
  const rows: readonly (readonly [string, (person: Person) => string])[] = [
    ['Name', (person) => `${person.givenName} ${person.familyName}`],
    ['Born', (person) => birthDateText(person.birthDate, clinic.locale)],
    ['E-mail', (person) => person.email ?? '–'],
    ['Telephone', (person) => person.phone ?? '–'],
    ['Note', (person) => person.note || '–'],
  ];
  return (
    <>
      <h1>One person, two records?</h1>
      <div class="card">
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">This one stays</th>
              <th scope="col">This one is merged into it</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([label, read]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{read(into)}</td>
                <td>{read(from)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        {visits === 0 ? 'No visit moves' : visits === 1 ? 'One visit moves' : `${visits} visits move`} to{' '}
        {into.givenName} {into.familyName}. What that record does not know yet is filled in. This cannot be
        undone here.
      </p>
      <div class="row">
        <form method="post" action={`/desk/people/${into.id}/merge/${from.id}`}>
          <button type="submit" class="primary">
            Merge the two records
          </button>
        </form>
        <a class="btn" href={`/desk/people/${from.id}/merge/${into.id}`}>
          The other way round
        </a>
        <a class="btn quiet" href={`/desk/people/${into.id}`}>
          They are two people
        </a>
      </div>
    </>
  );
}
