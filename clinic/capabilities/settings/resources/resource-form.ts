import { z } from 'zod';
import { type FormResult, type FormValues, readForm } from '../../../platform/web/form.ts';
import { line, longText, text, ticked, whole } from '../parts/input-schemas.ts';

/** A clinician, a room or a device, apart from its id, its hours and whether it is in use. */
export interface ResourceFacts {
  readonly name: string;
  readonly person: boolean;
  readonly kinds: readonly string[];
  readonly siteId: string | null;
  readonly title: string;
  readonly bio: string;
  readonly listed: boolean;
  readonly position: number;
}

const MOST_KINDS = 8;

/** `Physiotherapist, sonographer` as the kinds that services ask for: lower case, each once. */
export function readKinds(typed: string): readonly string[] {
  const kinds = typed.split(',').map((kind) => kind.trim().replaceAll(/\s+/g, ' ').toLowerCase());
  return [...new Set(kinds.filter(Boolean))];
}

const kindsField = text(300).refine((typed) => {
  const kinds = readKinds(typed);
  return kinds.length > 0 && kinds.length <= MOST_KINDS && kinds.every((kind) => kind.length <= 60);
}, `Enter what it serves as, such as “physiotherapist”: up to ${MOST_KINDS}, with commas between them`);

const schema = z.object({
  name: line('a name', 120),
  sort: z.enum(['person', 'thing'], 'Choose whether this is a person'),
  kinds: kindsField,
  site: z.string().default(''),
  title: text(80),
  bio: longText(800),
  listed: ticked,
  position: whole(0, 9999),
});

/** Reads a posted resource, which belongs to one of `siteIds` or to none. */
export function readResourceForm(body: unknown, siteIds: readonly string[]): FormResult<ResourceFacts> {
  const known = schema.refine(({ site }) => site === '' || siteIds.includes(site), {
    path: ['site'],
    message: 'Choose a site that is in use',
  });
  const form = readForm(known, body);
  if (!form.ok) return form;
  const { sort, kinds, site, ...facts } = form.value;
  const value = { ...facts, person: sort === 'person', kinds: readKinds(kinds), siteId: site || null };
  return { ok: true, value, values: form.values };
}

/** The fields of a resource as it is. */
export function resourceValues(facts: ResourceFacts): FormValues {
  return {
    name: facts.name,
    sort: facts.person ? 'person' : 'thing',
    kinds: facts.kinds.join(', '),
    site: facts.siteId ?? '',
    title: facts.title,
    bio: facts.bio,
    listed: facts.listed ? 'yes' : '',
    position: String(facts.position),
  };
}
