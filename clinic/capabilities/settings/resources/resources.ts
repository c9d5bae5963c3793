import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { FormValues } from '../../../platform/web/form.ts';
import { bumpCatalogue } from '../../booking/index.ts';
import { changedMeanwhile, refused, type Saved } from '../parts/conflict.ts';
import { fingerprint } from '../parts/fingerprint.ts';
import { type ResourceFacts, readResourceForm, resourceValues } from './resource-form.ts';

interface StoredResource {
  readonly facts: ResourceFacts;
  readonly active: boolean;
}

/** Locks the resource for this transaction and reads it, or null. */
export async function lockResource(
  { tx, clinicId }: ClinicTransaction,
  id: string,
): Promise<StoredResource | null> {
  const row = await tx
    .selectFrom('resource')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const { name, person, kinds, site_id: siteId, title, bio, listed, position, active } = row;
  return { facts: { name, person, kinds, siteId, title, bio, listed, position }, active };
}

/** One resource as the fields of its form, or null. */
export async function readResource(
  context: ClinicContext,
  id: string,
): Promise<{ readonly values: FormValues; readonly active: boolean; readonly siteId: string | null } | null> {
  const resource = await inClinic(context, (clinic) => lockResource(clinic, id));
  if (!resource) return null;
  const { facts, active } = resource;
  return { values: { ...resourceValues(facts), seen: fingerprint(facts) }, active, siteId: facts.siteId };
}

function columns(facts: ResourceFacts) {
  const { siteId, kinds, ...rest } = facts;
  return { ...rest, kinds: [...kinds], site_id: siteId };
}

/** Adds the posted resource and says its id. It has no hours yet. */
export async function addResource(
  context: ClinicContext,
  siteIds: readonly string[],
  body: unknown,
): Promise<(Extract<Saved, { ok: true }> & { readonly id: string }) | Extract<Saved, { ok: false }>> {
  const form = readResourceForm(body, siteIds);
  if (!form.ok) return { ok: false, status: 422, form };
  return inClinic(context, async (clinic) => {
    const { id } = await clinic.tx
      .insertInto('resource')
      .values({ clinic_id: clinic.clinicId, ...columns(form.value) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await bumpCatalogue(clinic);
    await record(clinic, { action: 'resource.added', subject: { kind: 'resource', id } });
    return { ok: true, id };
  });
}

/** Saves the posted resource; null where there is none. */
export async function saveResource(
  context: ClinicContext,
  id: string,
  siteIds: readonly string[],
  body: unknown,
): Promise<Saved | null> {
  return inClinic(context, async (clinic): Promise<Saved | null> => {
    const before = await lockResource(clinic, id);
    if (!before) return null;
    // The site it belongs to stays a choice, even when that site is out of use.
    const choices = before.facts.siteId ? [...siteIds, before.facts.siteId] : siteIds;
    const form = readResourceForm(body, choices);
    if (!form.ok) return refused(form.values, form.errors);
    const seen = fingerprint(before.facts);
    if (seen !== form.values.seen) return changedMeanwhile(form.values, seen);
    await clinic.tx
      .updateTable('resource')
      .set(columns(form.value))
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .execute();
    await bumpCatalogue(clinic);
    await record(clinic, { action: 'resource.changed', subject: { kind: 'resource', id } });
    return { ok: true };
  });
}
