import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { type FormValues, formValues } from '../../../platform/web/form.ts';
import { bumpCatalogue } from '../../booking/index.ts';
import { changedMeanwhile, refused, type Saved } from '../parts/conflict.ts';
import { fingerprint } from '../parts/fingerprint.ts';
import { lockResource } from '../resources/resources.ts';
import { gridValues, readWeek, type WeekSpan } from './week-grid.ts';

/** Somebody's week, and the sites that it may be spent at: those in use, and those it is spent at already. */
export interface Week {
  readonly name: string;
  readonly values: FormValues;
  readonly siteIds: readonly string[];
  /** Where a new span is most likely worked. */
  readonly homeSiteId: string | null;
  readonly person: boolean;
}

async function readSpans(
  { tx, clinicId }: ClinicTransaction,
  resourceId: string,
): Promise<readonly WeekSpan[]> {
  const rows = await tx
    .selectFrom('opening')
    .select(['weekday', 'starts', 'ends', 'site_id', 'telehealth', 'valid_from', 'valid_to'])
    .where('clinic_id', '=', clinicId)
    .where('resource_id', '=', resourceId)
    .orderBy('weekday')
    .orderBy('starts')
    .orderBy('valid_from')
    .execute();
  return rows.map((row) => ({
    weekday: row.weekday,
    from: row.starts.slice(0, 5),
    to: row.ends.slice(0, 5),
    siteId: row.site_id,
    telehealth: row.telehealth,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
}

function choosableSites(clinic: Clinic, spans: readonly WeekSpan[]): readonly string[] {
  return [...new Set([...clinic.sites.map(({ id }) => id), ...spans.flatMap(({ siteId }) => siteId ?? [])])];
}

/** The week of a resource, or null. */
export async function readHours(context: ClinicContext, clinic: Clinic, id: string): Promise<Week | null> {
  return inClinic(context, async (transaction) => {
    const resource = await lockResource(transaction, id);
    if (!resource) return null;
    const spans = await readSpans(transaction, id);
    return {
      name: resource.facts.name,
      values: { ...gridValues(spans), seen: fingerprint(spans) },
      siteIds: choosableSites(clinic, spans),
      homeSiteId: resource.facts.siteId,
      person: resource.facts.person,
    };
  });
}

/** Puts the posted week in place of the old one; null where there is no such resource. */
export async function saveHours(
  context: ClinicContext,
  clinic: Clinic,
  id: string,
  body: unknown,
): Promise<Saved | null> {
  const values = formValues(body);
  return inClinic(context, async (transaction): Promise<Saved | null> => {
    const resource = await lockResource(transaction, id);
    if (!resource) return null;
    const before = await readSpans(transaction, id);
    const week = readWeek(values, choosableSites(clinic, before));
    if (!week.ok) return refused(values, week.errors);
    const seen = fingerprint(before);
    if (seen !== values.seen) return changedMeanwhile(values, seen);
    await writeSpans(transaction, clinic, id, week.spans);
    await bumpCatalogue(transaction);
    await record(transaction, {
      action: 'hours.changed',
      subject: { kind: 'resource', id },
      detail: { before: before.length, after: week.spans.length },
    });
    return { ok: true };
  });
}

async function writeSpans(
  { tx, clinicId }: ClinicTransaction,
  clinic: Clinic,
  resourceId: string,
  spans: readonly WeekSpan[],
): Promise<void> {
  const sites = await tx
    .selectFrom('site')
    .select(['id', 'time_zone'])
    .where('clinic_id', '=', clinicId)
    .execute();
  const zones = new Map(sites.map((site) => [site.id, site.time_zone]));
  await tx
    .deleteFrom('opening')
    .where('clinic_id', '=', clinicId)
    .where('resource_id', '=', resourceId)
    .execute();
  if (spans.length === 0) return;
  await tx
    .insertInto('opening')
    .values(
      spans.map((span) => ({
        clinic_id: clinicId,
        resource_id: resourceId,
        site_id: span.siteId,
        telehealth: span.telehealth,
        weekday: span.weekday,
        starts: span.from,
        ends: span.to,
        time_zone: (span.siteId && zones.get(span.siteId)) || clinic.timeZone,
        valid_from: span.validFrom,
        valid_to: span.validTo,
      })),
    )
    .execute();
}
