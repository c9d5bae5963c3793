import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import { type FormValues, readForm } from '../../../platform/web/form.ts';
import { changedMeanwhile, fingerprint, refused, type Saved } from '../../settings/index.ts';
import { type TaxFacts, taxSchema, taxValues } from './tax-form.ts';

export interface Tax extends TaxFacts {
  readonly id: string;
  readonly active: boolean;
}

/** Every tax of the clinic in its own order, those out of use last. */
export async function readTaxes(context: ClinicContext): Promise<readonly Tax[]> {
  return inClinic(context, taxesOf);
}

/** The same within a transaction. */
export async function taxesOf({ tx, clinicId }: ClinicTransaction): Promise<readonly Tax[]> {
  const rows = await tx
    .selectFrom('tax')
    .select(['id', 'name', 'rate_bp', 'position', 'active'])
    .where('clinic_id', '=', clinicId)
    .orderBy('active', 'desc')
    .orderBy('position')
    .orderBy('name')
    .execute();
  return rows.map(({ rate_bp: rateBp, ...row }) => ({ ...row, rateBp }));
}

/** One tax as the fields of its form, or null. */
export async function readTax(
  context: ClinicContext,
  id: string,
): Promise<{ readonly values: FormValues; readonly name: string; readonly active: boolean } | null> {
  const tax = (await readTaxes(context)).find((one) => one.id === id);
  if (!tax) return null;
  return {
    values: { ...taxValues(tax), seen: fingerprint(taxValues(tax)) },
    name: tax.name,
    active: tax.active,
  };
}

/** Adds the posted tax. */
export async function addTax(context: ClinicContext, body: unknown): Promise<Saved> {
  const form = readForm(taxSchema, body);
  if (!form.ok) return refused(form.values, form.errors);
  return inClinic(context, async (clinic) => {
    const { id } = await clinic.tx
      .insertInto('tax')
      .values({ clinic_id: clinic.clinicId, ...columns(form.value) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await record(clinic, { action: 'tax.added', subject: { kind: 'tax', id } });
    return { ok: true };
  });
}

/** Saves the posted tax; null where there is none. What was sold keeps the tax that it was sold with. */
export async function saveTax(context: ClinicContext, id: string, body: unknown): Promise<Saved | null> {
  return inClinic(context, async (clinic): Promise<Saved | null> => {
    const before = await clinic.tx
      .selectFrom('tax')
      .select(['name', 'rate_bp as rateBp', 'position'])
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!before) return null;
    const form = readForm(taxSchema, body);
    if (!form.ok) return refused(form.values, form.errors);
    const seen = fingerprint(taxValues(before));
    if (seen !== form.values.seen) return changedMeanwhile(form.values, seen);
    await clinic.tx
      .updateTable('tax')
      .set(columns(form.value))
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .execute();
    const rated = form.value.rateBp === before.rateBp ? {} : { rate_bp: form.value.rateBp };
    await record(clinic, { action: 'tax.changed', subject: { kind: 'tax', id }, detail: rated });
    return { ok: true };
  });
}

function columns({ rateBp, ...facts }: TaxFacts) {
  return { ...facts, rate_bp: rateBp };
}
