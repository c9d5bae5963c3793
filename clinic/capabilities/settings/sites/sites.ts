import { isTimeZone } from '@rectus/schedule';
import { z } from 'zod';
import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import { type FormValues, readForm } from '../../../platform/web/form.ts';
import { bumpCatalogue } from '../../booking/index.ts';
import { changedMeanwhile, refused, type Saved } from '../parts/conflict.ts';
import { fingerprint } from '../parts/fingerprint.ts';
import { line, text } from '../parts/input-schemas.ts';
import { slugFor } from '../parts/slug.ts';

const schema = z.object({
  name: line('a name', 120),
  city: line('the town', 80),
  address: text(200),
  timeZone: text(60).refine(isTimeZone, 'Choose a time zone, such as Europe/Lisbon'),
  note: text(300),
});

/** Every site, those that are closed for good last. */
export function readSites(context: ClinicContext) {
  return inClinic(context, ({ tx, clinicId }) =>
    tx
      .selectFrom('site')
      .selectAll()
      .where('clinic_id', '=', clinicId)
      .orderBy('active', 'desc')
      .orderBy('position')
      .orderBy('name')
      .execute(),
  );
}

/** One site as the fields of its form, or null. */
export async function readSite(context: ClinicContext, id: string): Promise<FormValues | null> {
  const row = await inClinic(context, (clinic) => lockSite(clinic, id));
  if (!row) return null;
  return {
    name: row.name,
    city: row.city,
    address: row.address,
    timeZone: row.time_zone,
    note: row.note,
    active: row.active ? 'yes' : '',
    seen: fingerprint(row),
  };
}

function lockSite({ tx, clinicId }: ClinicTransaction, id: string) {
  return tx
    .selectFrom('site')
    .select(['name', 'city', 'address', 'time_zone', 'note', 'active'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Adds the posted site. */
export async function addSite(context: ClinicContext, body: unknown): Promise<Saved> {
  const form = readForm(schema, body);
  if (!form.ok) return refused(form.values, form.errors);
  const { name, city, address, timeZone, note } = form.value;
  return inClinic(context, async (clinic) => {
    const known = await clinic.tx
      .selectFrom('site')
      .select('slug')
      .where('clinic_id', '=', clinic.clinicId)
      .execute();
    const slug = slugFor(
      name,
      known.map((site) => site.slug),
      40,
    );
    const { id } = await clinic.tx
      .insertInto('site')
      .values({
        clinic_id: clinic.clinicId,
        slug,
        name,
        city,
        address,
        time_zone: timeZone,
        note,
        position: known.length,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await bumpCatalogue(clinic);
    await record(clinic, { action: 'site.added', subject: { kind: 'site', id } });
    return { ok: true };
  });
}

/** Saves the posted site. Its hours and closures keep their time on the wall when the zone changes. */
export async function saveSite(context: ClinicContext, id: string, body: unknown): Promise<Saved | null> {
  const form = readForm(schema, body);
  if (!form.ok) return refused(form.values, form.errors);
  const { name, city, address, timeZone, note } = form.value;
  return inClinic(context, async (clinic) => {
    const row = await lockSite(clinic, id);
    if (!row) return null;
    const seen = fingerprint(row);
    if (seen !== form.values.seen) return changedMeanwhile(form.values, seen);
    await clinic.tx
      .updateTable('site')
      .set({ name, city, address, time_zone: timeZone, note })
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .execute();
    if (timeZone !== row.time_zone) await moveHours(clinic, id, timeZone);
    await bumpCatalogue(clinic);
    await record(clinic, { action: 'site.changed', subject: { kind: 'site', id } });
    return { ok: true };
  });
}

async function moveHours(
  { tx, clinicId }: ClinicTransaction,
  siteId: string,
  timeZone: string,
): Promise<void> {
  for (const table of ['opening', 'opening_exception'] as const) {
    await tx
      .updateTable(table)
      .set({ time_zone: timeZone })
      .where('clinic_id', '=', clinicId)
      .where('site_id', '=', siteId)
      .execute();
  }
}
