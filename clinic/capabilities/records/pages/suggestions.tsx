import { birthDateText } from '../../../platform/web/wall-clock.ts';
import type { PersonFound } from '../people/find-people.ts';

/** People to choose from within a form; the chosen one's id is sent as `patientId`. */
export function Suggestions(props: {
  found: readonly PersonFound[];
  locale: string;
  chosen?: string | undefined;
}) {
  const { found, locale, chosen } = props;
  return (
    <ul class="suggestions">
      {found.map((person) => (
        <li key={person.id}>
          <label class="choice">
            <input type="radio" name="patientId" value={person.id} checked={person.id === chosen} />
            <span>
              <b>
                {person.givenName} {person.familyName}
              </b>{' '}
              <small class="soft">
                {[birthDateText(person.birthDate, locale), person.phone].filter(Boolean).join(' · ')}
              </small>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
