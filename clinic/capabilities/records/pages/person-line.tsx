import { birthDateText } from '../../../platform/web/wall-clock.ts';

/** A name with the date of birth that tells two people of one name apart. */
export function PersonLine(props: {
  person: { givenName: string; familyName: string; birthDate: string | null };
  locale: string;
}) {
  const { person, locale } = props;
  return (
    <>
      <b>
        {person.givenName} {person.familyName}
      </b>{' '}
      <span class="soft">{birthDateText(person.birthDate, locale)}</span>
    </>
  );
}
