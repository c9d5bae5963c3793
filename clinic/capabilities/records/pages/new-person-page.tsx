import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormValues } from '../../../platform/web/form.ts';
import { ErrorSummary } from '../../../platform/web/layout/index.ts';
import type { Duplicate } from '../people/likely-duplicates.ts';
import { DuplicateNotice } from './duplicate-notice.tsx';
import { PersonFields } from './person-fields.tsx';

/** Opening a record. Who may have one already is shown before it is saved. */
export function NewPersonPage(props: {
  clinic: Clinic;
  values: FormValues;
  errors: Readonly<Record<string, string>>;
  duplicates: readonly Duplicate[];
}) {
  const { clinic, values, errors, duplicates } = props;
  return (
    <>
      <h1>New person</h1>
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      <form method="post" action="/desk/people" class="card stack narrow-card" novalidate>
        {duplicates.length > 0 && (
          <DuplicateNotice
            duplicates={duplicates}
            locale={clinic.locale}
            href={(duplicate) => `/desk/people/${duplicate.id}`}
          />
        )}
        <PersonFields values={values} errors={errors} note />
        <button type="submit" class="primary">
          {duplicates.length > 0 ? 'Save as another person' : 'Save'}
        </button>
      </form>
    </>
  );
}
