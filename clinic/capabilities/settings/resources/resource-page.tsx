import type { FormErrors } from '../../../platform/web/form.ts';
import { type Catalogue, type CatalogueResource, hoursLines } from '../../booking/index.ts';
import { CheckField, ChoiceGroup, SelectField, SettingsForm, TextArea, TextField } from '../parts/fields.tsx';
import { SETTINGS } from '../parts/settings-page.tsx';

const HERE = SETTINGS.resources;

type Sites = readonly { readonly id: string; readonly name: string }[];

const SORTS = [
  { value: 'person', label: 'A person' },
  { value: 'thing', label: 'A room or a device' },
];

export function ResourceForm(props: {
  action: string;
  form: FormErrors;
  sites: Sites;
  /** Kinds that are in use, to choose from. */
  kinds: readonly string[];
}) {
  const { action, form, sites, kinds } = props;
  const siteOptions = [
    { value: '', label: 'No site of its own' },
    ...sites.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <SettingsForm action={action} form={form} submit="Save" back={HERE}>
      <ChoiceGroup form={form} name="sort" label="What is it?" type="radio" options={SORTS} />
      <TextField form={form} name="name" label="Name" hint="Such as Ines Duarte, or Room 1." max={120} />
      <TextField
        form={form}
        name="kinds"
        label="Serves as"
        hint={`What services ask for, with commas between. ${kinds.length > 0 ? `In use: ${kinds.join(', ')}.` : ''}`}
        max={300}
      />
      <SelectField
        form={form}
        name="site"
        label="Site"
        hint="Where it stands or mostly works."
        options={siteOptions}
        optional
      />
      <TextField
        form={form}
        name="title"
        label="Profession, or what distinguishes it"
        hint="Such as Physiotherapist, or Step-free."
        optional
        max={80}
      />
      <fieldset class="pair">
        <legend>For people</legend>
        <CheckField form={form} name="listed" label="Shown on the team page, and can be asked for by name" />
        <TextArea form={form} name="bio" label="A few words about this person" optional max={800} rows={4} />
      </fieldset>
      <TextField
        form={form}
        name="position"
        label="Place in the list and in the day view"
        hint="Lower numbers come first."
        type="number"
      />
    </SettingsForm>
  );
}

/** Everyone and everything that can be claimed, with their hours. */
export function ResourceList({ catalogue, sites }: { catalogue: Catalogue; sites: Sites }) {
  const groups = [
    { title: 'People', resources: catalogue.resources.filter((one) => one.active && one.person) },
    { title: 'Rooms and devices', resources: catalogue.resources.filter((one) => one.active && !one.person) },
    { title: 'Out of use', resources: catalogue.resources.filter((one) => !one.active) },
  ];
  return (
    <>
      <p>
        <a class="btn primary" href={`${HERE}/new`}>
          Add a clinician, room or device
        </a>
      </p>
      {groups.map(({ title, resources }) =>
        resources.length === 0 ? null : (
          <section key={title} aria-label={title}>
            <h2>{title}</h2>
            <ul class="settings-list">
              {resources.map((resource) => (
                <ResourceLine key={resource.id} resource={resource} sites={sites} />
              ))}
            </ul>
          </section>
        ),
      )}
    </>
  );
}

function ResourceLine({ resource, sites }: { resource: CatalogueResource; sites: Sites }) {
  const { id, name, title, kinds, openings, siteId } = resource;
  const site = sites.find((one) => one.id === siteId)?.name;
  return (
    <li>
      <a href={`${HERE}/${id}`}>{name}</a>
      <a class="aside" href={`${HERE}/${id}/hours`}>
        Hours<span class="vh"> of {name}</span>
      </a>
      <small class="soft">{[title, site, kinds.join(', ')].filter(Boolean).join(' · ')}</small>
      <small class="soft">
        {openings.length > 0
          ? hoursLines(openings.map(({ rule }) => rule)).join('; ')
          : 'No hours yet, so it cannot be booked.'}
      </small>
    </li>
  );
}
