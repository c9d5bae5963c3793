import { Notice } from '../../../platform/web/layout/index.ts';
import { birthDateText } from '../../../platform/web/wall-clock.ts';
import type { Duplicate } from '../people/likely-duplicates.ts';

/**
 * Who may be the same person, before a second record is opened. Carries the ids that were shown in the form, so
 * that only a duplicate nobody has seen yet is asked about again.
 */
export function DuplicateNotice(props: {
  duplicates: readonly Duplicate[];
  locale: string;
  href: (duplicate: Duplicate) => string;
}) {
  const { duplicates, locale, href } = props;
  return (
    <Notice kind="warn" title="Somebody like this is known already" live>
      <input type="hidden" name="seen" value={duplicates.map((duplicate) => duplicate.id).join(' ')} />
      <ul class="duplicates">
        {duplicates.map((duplicate) => (
          <li key={duplicate.id}>
            <a class="inline-link" href={href(duplicate)}>
              {duplicate.givenName} {duplicate.familyName}
            </a>
            , {birthDateText(duplicate.birthDate, locale)}: {duplicate.reasons.join(', ')}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** The duplicates that the form has not shown yet. */
export function unseen(duplicates: readonly Duplicate[], seen: string | undefined): readonly Duplicate[] {
  const ids = new Set((seen ?? '').split(' '));
  return duplicates.filter((duplicate) => !ids.has(duplicate.id));
}
