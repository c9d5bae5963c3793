import type { Clinic, Site } from '../../../platform/web/clinics.ts';
import type { FormValues } from '../../../platform/web/form.ts';
import { ErrorSummary, Field, formatMoney, Notice } from '../../../platform/web/layout/index.ts';
import { type Catalogue, type CatalogueResource, type Service, zoneCity } from '../../booking/index.ts';
import { type Duplicate, PersonFields, type PersonFound, Suggestions } from '../../records/index.ts';
import type { NearestTime } from '../appointments/refusal-words.ts';

export interface NewAppointmentProps {
  readonly clinic: Clinic;
  readonly site: Site;
  readonly catalogue: Catalogue;
  readonly services: readonly Service[];
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
  /** People who were found, or the one that the page was opened for. */
  readonly found: readonly PersonFound[];
  /** Who may be the same person as the one typed in. */
  readonly duplicates: readonly Duplicate[];
  /** Why the time cannot be had, and what is near. */
  readonly refused: {
    readonly message: string;
    readonly nearest: readonly NearestTime[];
    readonly askReason: boolean;
  } | null;
}

/** An appointment taken on the telephone: person, service, Book. The same form on its page and in a dialog. */
export function NewAppointmentForm(props: NewAppointmentProps) {
  const { site, values, errors, refused } = props;
  return (
    <form method="post" action="/desk/new" class="stack new-appointment" id="new-appointment-form" novalidate>
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      {refused && (
        <Notice kind="warn" title={refused.message} live>
          {refused.nearest.length > 0 && (
            <div class="row">
              <span>Nearest free:</span>
              {refused.nearest.map((time) => (
                <button key={time.start} type="submit" name="pick" value={time.start}>
                  {time.label}
                </button>
              ))}
            </div>
          )}
        </Notice>
      )}
      <PersonPart {...props} />
      <VisitPart {...props} />
      <div class="row">
        <input type="hidden" name="site" value={site.slug} />
        <input type="hidden" name="key" value={values.key} />
        {values.requestId && <input type="hidden" name="requestId" value={values.requestId} />}
        <button type="submit" class="primary" name="step" value="book">
          Book
        </button>
        <a class="btn quiet" href="/desk" data-close>
          Not now
        </a>
      </div>
    </form>
  );
}

function PersonPart({ clinic, values, errors, found, duplicates }: NewAppointmentProps) {
  const isNew = values.patientId === 'new';
  return (
    <fieldset class="person-part" id="field-patientId">
      <legend>Who</legend>
      <div class="row find-row">
        <label class="field">
          <span>
            Name, date of birth or telephone <small>(the spelling need not be right)</small>
          </span>
          <input type="search" name="q" value={values.q} autocomplete="off" data-suggest />
        </label>
        {/* What was typed is posted, so that no name stands in an address. */}
        <button type="submit" name="step" value="find" formnovalidate class="without-script">
          Find
        </button>
      </div>
      <p class="vh" aria-live="polite" data-suggest-count />
      <div id="suggestions">
        <Suggestions found={found} locale={clinic.locale} chosen={values.patientId} />
        {values.q && found.length === 0 && <p class="soft">Nobody found for “{values.q}”.</p>}
      </div>
      {duplicates.length > 0 && (
        <Notice kind="warn" title="Is it one of these? They are known already." live>
          <input type="hidden" name="seen" value={duplicates.map((one) => one.id).join(' ')} />
          <Suggestions
            found={duplicates.map((one) => ({ ...one, nextVisit: null }))}
            locale={clinic.locale}
          />
          <p>If not, keep “a new person” and press Book again.</p>
        </Notice>
      )}
      <div class="new-person">
        <label class="choice">
          <input type="radio" name="patientId" value="new" checked={isNew} />
          <span>
            <b>A new person</b>
          </span>
        </label>
        <div class="new-person-fields">
          <PersonFields values={values} errors={errors} required={false} />
        </div>
      </div>
    </fieldset>
  );
}

function VisitPart({ clinic, site, catalogue, services, values, errors, refused }: NewAppointmentProps) {
  const askReason = refused?.askReason || Boolean(values.reason);
  return (
    <fieldset class="visit-part">
      <legend>What and when</legend>
      <Field name="service" label="Service" error={errors.service}>
        {(control) => (
          <select {...control}>
            {services.map((service) => (
              <option key={service.id} value={service.id} selected={service.id === values.service}>
                {service.name}, {service.durationMin} min,{' '}
                {formatMoney(service.priceMinor, service.currency, clinic.locale)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="resource" label="With" error={errors.resource}>
        {(control) => (
          <select {...control} required={false}>
            <option value="">Anybody who is free</option>
            {choices(catalogue, site, values.resource).map((one) => (
              <option key={one.id} value={one.id} selected={one.id === values.resource}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="row">
        <Field name="date" label="Day" error={errors.date}>
          {(control) => <input {...control} type="date" value={values.date} />}
        </Field>
        <Field name="time" label={`Time in ${zoneCity(site.timeZone)}`} error={errors.time}>
          {(control) => <input {...control} type="time" step={300} value={values.time} />}
        </Field>
      </div>
      <details open={askReason}>
        <summary>Outside opening hours</summary>
        <Field name="reason" label="Reason" optional error={errors.reason}>
          {(control) => (
            <input {...control} type="text" maxLength={200} value={values.reason} autocomplete="off" />
          )}
        </Field>
      </details>
    </fieldset>
  );
}

/** The people of the site, and the room or device whose column was chosen. */
function choices(catalogue: Catalogue, site: Site, chosen: string | undefined): readonly CatalogueResource[] {
  return catalogue.resources.filter(
    (one) =>
      one.active && (one.siteId === null || one.siteId === site.id) && (one.person || one.id === chosen),
  );
}
