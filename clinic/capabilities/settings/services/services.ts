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
import { slugFor } from '../parts/slug.ts';
import { readServiceForm, type ServiceFacts, serviceValues } from './service-form.ts';

interface StoredService {
  readonly facts: ServiceFacts;
  readonly currency: string;
  readonly active: boolean;
}

/** Locks the service for this transaction and reads it with its sites and needs. */
async function lockService({ tx, clinicId }: ClinicTransaction, id: string): Promise<StoredService | null> {
  const row = await tx
    .selectFrom('service')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const needs = await tx
    .selectFrom('service_need')
    .select(['kind', 'count'])
    .where('clinic_id', '=', clinicId)
    .where('service_id', '=', id)
    .orderBy('kind')
    .execute();
  const sites = await tx
    .selectFrom('service_site')
    .select('site_id')
    .where('clinic_id', '=', clinicId)
    .where('service_id', '=', id)
    .orderBy('site_id')
    .execute();
  const facts = {
    name: row.name,
    summary: row.summary,
    mode: row.mode,
    priceMinor: row.price_minor,
    durationMin: row.duration_min,
    bufferBeforeMin: row.buffer_before_min,
    bufferAfterMin: row.buffer_after_min,
    stepMin: row.step_min,
    leadMin: row.lead_min,
    horizonDays: row.horizon_days,
    online: row.online,
    position: row.position,
    siteIds: sites.map((site) => site.site_id),
    needs,
    payment: row.payment,
    depositMinor: row.deposit_minor,
    taxId: row.tax_id,
    procedureCode: row.procedure_code,
    bring: row.bring,
  };
  return { facts, currency: row.currency, active: row.active };
}

/** One service as the fields of its form, or null. */
export async function readService(
  context: ClinicContext,
  id: string,
): Promise<{ readonly values: FormValues; readonly currency: string; readonly active: boolean } | null> {
  const service = await inClinic(context, (clinic) => lockService(clinic, id));
  if (!service) return null;
  const { facts, currency, active } = service;
  return { values: { ...serviceValues(facts, currency), seen: fingerprint(facts) }, currency, active };
}

/** The taxes that a price may contain, those out of use last and marked. */
export async function readTaxChoices(
  context: ClinicContext,
): Promise<readonly { readonly id: string; readonly label: string; readonly active: boolean }[]> {
  const rows = await inClinic(context, ({ tx, clinicId }) =>
    tx
      .selectFrom('tax')
      .select(['id', 'name', 'rate_bp', 'active'])
      .where('clinic_id', '=', clinicId)
      .orderBy('active', 'desc')
      .orderBy('position')
      .orderBy('name')
      .execute(),
  );
  return rows.map(({ id, name, rate_bp: rateBp, active }) => ({
    id,
    active,
    label: `${name} (${rateBp / 100} %)${active ? '' : ', out of use'}`,
  }));
}

/** Adds the posted service. Its address is made from its name and stays when the name changes. */
export async function addService(
  context: ClinicContext,
  currency: string,
  siteIds: readonly string[],
  body: unknown,
): Promise<Saved> {
  const taxIds = (await readTaxChoices(context)).map((tax) => tax.id);
  const form = readServiceForm(body, currency, siteIds, taxIds);
  if (!form.ok) return refused(form.values, form.errors);
  return inClinic(context, async (clinic) => {
    const known = await clinic.tx
      .selectFrom('service')
      .select('slug')
      .where('clinic_id', '=', clinic.clinicId)
      .execute();
    const slug = slugFor(
      form.value.name,
      known.map((service) => service.slug),
      60,
    );
    const { id } = await clinic.tx
      .insertInto('service')
      .values({ clinic_id: clinic.clinicId, slug, currency, ...columns(form.value) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await writeParts(clinic, id, form.value);
    await bumpCatalogue(clinic);
    await record(clinic, { action: 'service.added', subject: { kind: 'service', id } });
    return { ok: true };
  });
}

/** Saves the posted service; null where there is none. What is booked keeps its time and its price. */
export async function saveService(
  context: ClinicContext,
  id: string,
  siteIds: readonly string[],
  body: unknown,
): Promise<Saved | null> {
  const taxIds = (await readTaxChoices(context)).map((tax) => tax.id);
  return inClinic(context, async (clinic): Promise<Saved | null> => {
    const before = await lockService(clinic, id);
    if (!before) return null;
    const form = readServiceForm(body, before.currency, siteIds, taxIds);
    if (!form.ok) return refused(form.values, form.errors);
    const seen = fingerprint(before.facts);
    if (seen !== form.values.seen) return changedMeanwhile(form.values, seen);
    await clinic.tx
      .updateTable('service')
      .set(columns(form.value))
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .execute();
    await writeParts(clinic, id, form.value);
    await bumpCatalogue(clinic);
    const priced =
      form.value.priceMinor === before.facts.priceMinor ? {} : { price_minor: form.value.priceMinor };
    await record(clinic, { action: 'service.changed', subject: { kind: 'service', id }, detail: priced });
    return { ok: true };
  });
}

function columns(facts: ServiceFacts) {
  return {
    name: facts.name,
    summary: facts.summary,
    mode: facts.mode,
    price_minor: facts.priceMinor,
    duration_min: facts.durationMin,
    buffer_before_min: facts.bufferBeforeMin,
    buffer_after_min: facts.bufferAfterMin,
    step_min: facts.stepMin,
    lead_min: facts.leadMin,
    horizon_days: facts.horizonDays,
    online: facts.online,
    position: facts.position,
    payment: facts.payment,
    deposit_minor: facts.depositMinor,
    tax_id: facts.taxId,
    procedure_code: facts.procedureCode,
    bring: facts.bring,
  };
}

async function writeParts(
  { tx, clinicId }: ClinicTransaction,
  id: string,
  facts: ServiceFacts,
): Promise<void> {
  for (const table of ['service_need', 'service_site'] as const) {
    await tx.deleteFrom(table).where('clinic_id', '=', clinicId).where('service_id', '=', id).execute();
  }
  const needs = facts.needs.map((need) => ({ clinic_id: clinicId, service_id: id, ...need }));
  await tx.insertInto('service_need').values(needs).execute();
  const sites = facts.siteIds.map((siteId) => ({ clinic_id: clinicId, service_id: id, site_id: siteId }));
  if (sites.length > 0) await tx.insertInto('service_site').values(sites).execute();
}
