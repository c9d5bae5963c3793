import { dateAt } from '@rectus/schedule';
import type { Clinic, Site } from '../../../platform/web/clinics.ts';
import type { FormValues } from '../../../platform/web/form.ts';
import { ErrorSummary, Field } from '../../../platform/web/layout/index.ts';
import { longDate, wallTime } from '../../../platform/web/wall-clock.ts';
import { type Catalogue, zoneCity } from '../../booking/index.ts';

/** Keeping time free of patients: for whom, when, and what to call it. */
export function NewBlockPage(props: {
  site: Site;
  catalogue: Catalogue;
  values: FormValues;
  errors: Readonly<Record<string, string>>;
}) {
  const { site, catalogue, values, errors } = props;
  const chosen = new Set((values.resources ?? '').split('\n'));
  const resources = catalogue.resources.filter(
    (one) => one.active && (one.siteId === null || one.siteId === site.id),
  );
  const input = (name: string, label: string, type: 'date' | 'time' | 'text') => (
    <Field name={name} label={label} error={errors[name]}>
      {(control) => (
        <input
          {...control}
          // The three kinds differ in nothing else, but their types do.
          type={type as 'text'}
          value={values[name]}
          step={type === 'time' ? 300 : undefined}
          maxLength={80}
          autocomplete="off"
        />
      )}
    </Field>
  );
  return (
    <>
      <h1>Block time at {site.name}</h1>
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      <form method="post" action="/desk/blocks" class="card stack narrow-card" novalidate>
        <input type="hidden" name="site" value={site.slug} />
        <fieldset class="field" id="field-resources">
          <legend>For whom or what</legend>
          {errors.resources && <small class="error">{errors.resources}</small>}
          <div class="checks">
            {resources.map((one) => (
              <label key={one.id} class="check">
                <input type="checkbox" name="resources" value={one.id} checked={chosen.has(one.id)} />
                {one.name}
              </label>
            ))}
          </div>
        </fieldset>
        {input('label', 'What it is, such as Break', 'text')}
        {input('date', 'Day', 'date')}
        <div class="row">
          {input('from', `From, ${zoneCity(site.timeZone)} time`, 'time')}
          {input('to', 'To', 'time')}
        </div>
        <button type="submit" class="primary">
          Block this time
        </button>
      </form>
    </>
  );
}

/** A block that stands in the day. Instants in epoch milliseconds. */
export interface BlockDetails {
  readonly id: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly resourceIds: readonly string[];
}

export function BlockPage(props: {
  clinic: Clinic;
  site: Site;
  catalogue: Catalogue;
  block: BlockDetails;
  backHref: string;
}) {
  const { block, clinic, site, catalogue } = props;
  const names = block.resourceIds.map((id) => catalogue.resource(id)?.name ?? 'a resource');
  return (
    <>
      <p class="crumbs">
        <a href={props.backHref}>‹ Back to the day</a>
      </p>
      <h1>{block.label}</h1>
      <p>
        {longDate(dateAt(block.start, site.timeZone), clinic.locale)}, {wallTime(block.start, site.timeZone)}{' '}
        to {wallTime(block.end, site.timeZone)}, {zoneCity(site.timeZone)} time. {names.join(', ')}.
      </p>
      <form method="post" action={`/desk/blocks/${block.id}/remove`}>
        <button type="submit">Open this time again</button>
      </form>
    </>
  );
}
