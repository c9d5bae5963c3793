import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { type Catalogue, zoneCity } from '../../booking/index.ts';
import {
  ChoiceGroup,
  type Option,
  PostButton,
  SelectField,
  SettingsForm,
  TextField,
} from '../parts/fields.tsx';
import { SETTINGS } from '../parts/settings-page.tsx';
import { type StandingAppointment, StandingList } from '../parts/standing.tsx';
import { closureWhen } from './closure-form.ts';
import type { Closure } from './closures.ts';

const HERE = SETTINGS.closures;

interface Known {
  readonly clinic: Clinic;
  readonly catalogue: Catalogue;
}

/** What is closed or opened, by name. */
export function closureAbout({ siteId, resourceId }: Closure, { clinic, catalogue }: Known): string {
  const site = clinic.sites.find(({ id }) => id === siteId)?.name;
  if (resourceId)
    return [catalogue.resource(resourceId)?.name ?? 'Somebody', site].filter(Boolean).join(', ');
  return siteId ? (site ?? 'A site out of use') : 'The whole clinic';
}

/** The closures and extra openings to come. */
export function ClosureList({ closures, ...known }: Known & { closures: readonly Closure[] }) {
  return (
    <>
      <p class="row">
        <a class="btn primary" href={`${HERE}/new`}>
          Add a closure
        </a>
        <a class="btn" href={`${HERE}/new?kind=open`}>
          Add an extra opening
        </a>
      </p>
      {closures.length === 0 && <p class="soft">Nothing differs from the weekly hours.</p>}
      <ul class="settings-list">
        {closures.map((closure) => (
          <li key={closure.id}>
            <a href={`${HERE}/${closure.id}`}>
              {closureWhen(closure.starts, closure.ends, known.clinic.locale)}
            </a>
            {closure.kind === 'open' && (
              <span class="badge" data-kind="good">
                Open
              </span>
            )}
            <small class="soft">
              {[closureAbout(closure, known), closure.reason].filter(Boolean).join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}

export function ClosureForm({ clinic, catalogue, form }: Known & { form: FormErrors }) {
  const open = form.values.kind === 'open';
  return (
    <SettingsForm action={`${HERE}/new`} form={form} submit={open ? 'Open then' : 'Close then'} back={HERE}>
      <input type="hidden" name="kind" value={open ? 'open' : 'closed'} />
      {open ? (
        <OpenFields {...{ clinic, catalogue, form }} />
      ) : (
        <SelectField form={form} name="scope" label="What is closed?" options={scopes(clinic, catalogue)} />
      )}
      <fieldset class="pair">
        <legend>When</legend>
        <TextField form={form} name="firstDay" label="First day" type="date" />
        <TextField
          form={form}
          name="firstTime"
          label="From"
          hint={open ? 'Such as 9:00.' : 'Empty: from the start of the day.'}
          optional={!open}
          max={5}
        />
        <TextField
          form={form}
          name="lastDay"
          label="Last day"
          type="date"
          hint="Empty: that one day."
          optional
        />
        <TextField
          form={form}
          name="lastTime"
          label="Until"
          hint={open ? 'Such as 13:00.' : 'Empty: to the end of the day.'}
          optional={!open}
          max={5}
        />
      </fieldset>
      <TextField
        form={form}
        name="reason"
        label="Reason"
        hint="For your staff, such as Leave, or Labour Day."
        optional
        max={120}
      />
    </SettingsForm>
  );
}

function scopes(clinic: Clinic, catalogue: Catalogue): readonly Option[] {
  const people = catalogue.resources.filter((one) => one.active && one.person);
  const things = catalogue.resources.filter((one) => one.active && !one.person);
  return [
    { value: '', label: 'Choose' },
    { value: 'clinic', label: `The whole clinic (${zoneCity(clinic.timeZone)} time)` },
    ...clinic.sites.map(({ id, name }) => ({ value: `site ${id}`, label: name })),
    ...[...people, ...things].map((one) => ({ value: `resource ${one.id}`, label: nameOf(one, clinic) })),
  ];
}

function OpenFields({ clinic, catalogue, form }: Known & { form: FormErrors }) {
  const options = catalogue.resources
    .filter((one) => one.active)
    .map((one) => ({ value: one.id, label: nameOf(one, clinic) }));
  const sites = clinic.sites.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <SelectField form={form} name="site" label="Which site is open?" options={sites} />
      <ChoiceGroup
        form={form}
        name="resources"
        label="Who and what is there?"
        hint="A visit can be booked when everything that it takes is there: the clinician and the room."
        type="checkbox"
        options={options}
      />
    </>
  );
}

function nameOf(one: { readonly name: string; readonly siteId: string | null }, clinic: Clinic): string {
  const site = clinic.sites.length > 1 ? clinic.sites.find(({ id }) => id === one.siteId)?.name : undefined;
  return site ? `${one.name} (${site})` : one.name;
}

/** Shown before closing a time in which people are booked. Nothing has been saved yet. */
export function ConfirmClosure(props: {
  clinic: Clinic;
  values: FormErrors['values'];
  standing: readonly StandingAppointment[];
}) {
  const { clinic, values, standing } = props;
  const fields = ['kind', 'scope', 'firstDay', 'firstTime', 'lastDay', 'lastTime', 'reason'] as const;
  return (
    <form method="post" action={`${HERE}/new`} class="settings">
      {fields.map((name) => (
        <input key={name} type="hidden" name={name} value={values[name] ?? ''} />
      ))}
      <StandingList clinic={clinic} appointments={standing} />
      <p>Closing only stops new bookings. Nothing is saved yet.</p>
      <p class="row">
        <button type="submit" name="confirmed" value="yes" class="primary">
          Close, and keep these appointments
        </button>
        <button type="submit" name="edit" value="yes">
          Change the time
        </button>
        <a class="btn" href={HERE}>
          Leave it
        </a>
      </p>
    </form>
  );
}

/** One closure or extra opening, with who stands in it. */
export function ClosureDetails(
  props: Known & { closure: Closure; standing: readonly StandingAppointment[] },
) {
  const { clinic, closure, standing } = props;
  return (
    <>
      <p>
        <b>{closureAbout(closure, props)}</b>, {closure.kind === 'closed' ? 'closed' : 'open in addition'}
        {closure.reason && `: ${closure.reason}`}
      </p>
      <p class="soft small">By the clock of {zoneCity(closure.timeZone)}.</p>
      <StandingList clinic={clinic} appointments={standing} />
      {closure.kind === 'closed' && standing.length === 0 && <p>No appointment stands in this time.</p>}
      <div class="row">
        <PostButton action={`${HERE}/${closure.id}/remove`} label="Take this back" />
        <a class="btn" href={HERE}>
          All closures
        </a>
      </div>
    </>
  );
}
