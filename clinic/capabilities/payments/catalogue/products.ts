import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { PriceLine } from '../../../platform/database/schema-of-payments.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormValues } from '../../../platform/web/form.ts';
import { changedMeanwhile, fingerprint, refused, type Saved, slugFor } from '../../settings/index.ts';
import { type Choices, type ProductFacts, productValues, readProductForm, totalOf } from './product-form.ts';
import { taxesOf } from './taxes.ts';

/** A product in the owner's list. */
export interface ProductSummary {
  readonly id: string;
  readonly kind: 'package' | 'fee';
  readonly name: string;
  readonly online: boolean;
  readonly active: boolean;
  readonly totalMinor: number;
  readonly what: string;
}

/** A price as it was when something was first sold at it. */
export interface PastPrice {
  readonly version: number;
  readonly totalMinor: number;
  readonly currency: string;
  readonly lines: readonly PriceLine[];
  readonly firstSoldAt: number;
}

/** What a part of a product can be chosen from. */
export interface PartChoices {
  readonly services: readonly { readonly id: string; readonly name: string }[];
  readonly taxes: readonly { readonly id: string; readonly name: string; readonly rateBp: number }[];
}

/** Every product in the clinic's order, those out of use last. */
export async function readProducts(context: ClinicContext): Promise<readonly ProductSummary[]> {
  return inClinic(context, async ({ tx, clinicId }) => {
    const rows = await tx
      .selectFrom('product as p')
      .innerJoin('product_part as part', (join) =>
        join.onRef('part.clinic_id', '=', 'p.clinic_id').onRef('part.product_id', '=', 'p.id'),
      )
      .leftJoin('service as s', (join) =>
        join.onRef('s.clinic_id', '=', 'part.clinic_id').onRef('s.id', '=', 'part.service_id'),
      )
      .select(['p.id', 'p.kind', 'p.name', 'p.online', 'p.active'])
      .select(['part.label', 's.name as service', 'part.quantity', 'part.unit_minor'])
      .where('p.clinic_id', '=', clinicId)
      .orderBy('p.active', 'desc')
      .orderBy('p.position')
      .orderBy('p.name')
      .orderBy('part.position')
      .execute();
    return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((parts) => {
      const [first] = parts;
      if (!first) return [];
      const { id, kind, name, online, active } = first;
      const what = parts
        .map((one) => `${one.quantity === 1 ? '' : `${one.quantity} × `}${one.label ?? one.service ?? ''}`)
        .join(' + ');
      const totalMinor = totalOf(parts.map((one) => ({ quantity: one.quantity, unitMinor: one.unit_minor })));
      return [{ id, kind, name, online, active, totalMinor, what }];
    });
  });
}

/** Services and taxes that are in use, and those that `keep` names although they are not. */
export async function readChoices(context: ClinicContext, keep: FormValues = {}): Promise<PartChoices> {
  return inClinic(context, async (clinic) => {
    const kept = new Set(Object.values(keep));
    const services = await clinic.tx
      .selectFrom('service')
      .select(['id', 'name', 'active'])
      .where('clinic_id', '=', clinic.clinicId)
      .orderBy('position')
      .orderBy('name')
      .execute();
    return {
      services: services.filter((one) => one.active || kept.has(one.id)),
      taxes: (await taxesOf(clinic)).filter((one) => one.active || kept.has(one.id)),
    };
  });
}

export interface StoredProduct {
  readonly values: FormValues;
  readonly name: string;
  readonly active: boolean;
  readonly prices: readonly PastPrice[];
}

/** One product as the fields of its form, with the prices it was sold at, or null. */
export async function readProduct(
  context: ClinicContext,
  clinic: Clinic,
  id: string,
): Promise<StoredProduct | null> {
  return inClinic(context, async (tx) => {
    const stored = await lockProduct(tx, id);
    if (!stored) return null;
    const { facts, active } = stored;
    const values = productValues(facts, clinic.currency, clinic.locale);
    return {
      values: { ...values, seen: fingerprint(facts) },
      name: facts.name,
      active,
      prices: await readPrices(tx, id),
    };
  });
}

async function readPrices({ tx, clinicId }: ClinicTransaction, id: string): Promise<readonly PastPrice[]> {
  const rows = await tx
    .selectFrom('price')
    .select(['version', 'total_minor', 'currency', 'lines', 'created_at'])
    .where('clinic_id', '=', clinicId)
    .where('product_id', '=', id)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    version: row.version,
    totalMinor: row.total_minor,
    currency: row.currency,
    lines: row.lines,
    firstSoldAt: row.created_at.getTime(),
  }));
}

/** Adds the posted product. Its address is made from its name and stays when the name changes. */
export async function addProduct(context: ClinicContext, clinic: Clinic, body: unknown): Promise<Saved> {
  const form = readProductForm(body, await choicesFor(context, clinic));
  if (!form.ok) return refused(form.values, form.errors);
  return inClinic(context, async (tx) => {
    const known = await tx.tx
      .selectFrom('product')
      .select('slug')
      .where('clinic_id', '=', tx.clinicId)
      .execute();
    const slug = slugFor(
      form.value.name,
      known.map((one) => one.slug),
      60,
    );
    const { id } = await tx.tx
      .insertInto('product')
      .values({ clinic_id: tx.clinicId, slug, ...columns(form.value) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await writeParts(tx, id, form.value);
    await record(tx, { action: 'product.added', subject: { kind: 'product', id } });
    return { ok: true };
  });
}

/** Saves the posted product; null where there is none. What was sold keeps its price and its parts. */
export async function saveProduct(
  context: ClinicContext,
  clinic: Clinic,
  id: string,
  body: unknown,
): Promise<Saved | null> {
  const choices = await choicesFor(context, clinic);
  return inClinic(context, async (tx): Promise<Saved | null> => {
    const before = await lockProduct(tx, id);
    if (!before) return null;
    const form = readProductForm(body, choices);
    if (!form.ok) return refused(form.values, form.errors);
    const seen = fingerprint(before.facts);
    if (seen !== form.values.seen) return changedMeanwhile(form.values, seen);
    await tx.tx
      .updateTable('product')
      .set(columns(form.value))
      .where('clinic_id', '=', tx.clinicId)
      .where('id', '=', id)
      .execute();
    await tx.tx
      .deleteFrom('product_part')
      .where('clinic_id', '=', tx.clinicId)
      .where('product_id', '=', id)
      .execute();
    await writeParts(tx, id, form.value);
    const total = totalOf(form.value.parts);
    const priced = total === totalOf(before.facts.parts) ? {} : { price_minor: total };
    await record(tx, { action: 'product.changed', subject: { kind: 'product', id }, detail: priced });
    return { ok: true };
  });
}

/** Whatever the clinic has may be posted: what went out of use while the form was open is no reason to lose it. */
async function choicesFor(context: ClinicContext, { currency, locale }: Clinic): Promise<Choices> {
  return inClinic(context, async (clinic) => {
    const services = await clinic.tx
      .selectFrom('service')
      .select('id')
      .where('clinic_id', '=', clinic.clinicId)
      .execute();
    return {
      serviceIds: services.map((one) => one.id),
      taxIds: (await taxesOf(clinic)).map((one) => one.id),
      currency,
      locale,
    };
  });
}

async function lockProduct(
  { tx, clinicId }: ClinicTransaction,
  id: string,
): Promise<{ readonly facts: ProductFacts; readonly active: boolean } | null> {
  const row = await tx
    .selectFrom('product')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const parts = await tx
    .selectFrom('product_part')
    .select(['service_id', 'label', 'quantity', 'unit_minor', 'tax_id'])
    .where('clinic_id', '=', clinicId)
    .where('product_id', '=', id)
    .orderBy('position')
    .orderBy('id')
    .execute();
  const facts = {
    kind: row.kind,
    name: row.name,
    summary: row.summary,
    bring: row.bring,
    steps: row.steps,
    validMonths: row.valid_months,
    online: row.online,
    position: row.position,
    parts: parts.map((part) => ({
      serviceId: part.service_id,
      label: part.label,
      quantity: part.quantity,
      unitMinor: part.unit_minor,
      taxId: part.tax_id,
    })),
  };
  return { facts, active: row.active };
}

function columns(facts: ProductFacts) {
  const { kind, name, summary, bring, steps, online, position, validMonths } = facts;
  return { kind, name, summary, bring, steps, online, position, valid_months: validMonths };
}

async function writeParts({ tx, clinicId }: ClinicTransaction, id: string, { parts }: ProductFacts) {
  const rows = parts.map((part, position) => ({
    clinic_id: clinicId,
    product_id: id,
    position,
    service_id: part.serviceId,
    label: part.label,
    quantity: part.quantity,
    unit_minor: part.unitMinor,
    tax_id: part.taxId,
  }));
  await tx.insertInto('product_part').values(rows).execute();
}
