import { addDays } from '@rectus/schedule';
import type { Insertable } from 'kysely';
import type { ClinicTransaction } from '../platform/database/in-clinic.ts';
import type { Schema } from '../platform/database/schema.ts';
import { weeklyRules } from './open-times.ts';
import type { ClinicPlan } from './plan.ts';

/** Rows for one statement; far below PostgreSQL's 65,535 parameters. */
const BATCH = 500;

type ClinicTable = Exclude<keyof Schema, 'clinic' | 'clinic_host' | 'audit_event' | 'audit_seal'>;

/** Inserts rows of the running clinic, in batches. */
export async function insertAll<T extends ClinicTable>(
  { tx, clinicId }: ClinicTransaction,
  table: T,
  rows: readonly Omit<Insertable<Schema[T]>, 'clinic_id'>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH).map((row) => ({ ...row, clinic_id: clinicId }));
    await tx
      .insertInto(table)
      .values(batch as unknown as Insertable<Schema[T]>[])
      .execute();
  }
}

/** Writes the house of a planned clinic: itself, its address, sites, resources, hours, closures and services. */
export async function writeClinic(clinic: ClinicTransaction, plan: ClinicPlan): Promise<void> {
  await clinic.tx
    .insertInto('clinic')
    .values({
      id: plan.id,
      slug: plan.slug,
      name: plan.name,
      currency: plan.currency,
      time_zone: plan.timeZone,
      email: plan.email,
      phone: plan.phone,
      demo: true,
    })
    .execute();
  await clinic.tx.insertInto('clinic_host').values({ host: plan.host, clinic_id: plan.id }).execute();
  await insertAll(clinic, 'site', plan.sites.map(siteRow));
  await insertAll(
    clinic,
    'resource',
    plan.resources.map((resource, position) => ({
      id: resource.id,
      site_id: resource.siteId,
      name: resource.name,
      kinds: [...resource.kinds],
      person: resource.person,
      title: resource.title,
      bio: resource.bio,
      listed: resource.person,
      position,
    })),
  );
  await insertAll(clinic, 'opening', openingRows(plan));
  await insertAll(
    clinic,
    'opening_exception',
    plan.closures.map((closure) => ({
      kind: 'closed' as const,
      site_id: closure.siteId,
      resource_id: closure.resourceId,
      starts: `${closure.first} 00:00:00`,
      ends: `${addDays(closure.last, 1)} 00:00:00`,
      time_zone: closure.timeZone,
      reason: closure.reason,
    })),
  );
  await writeServices(clinic, plan);
}

function siteRow(site: ClinicPlan['sites'][number], position: number) {
  const { id, slug, name, city, address, timeZone, note } = site;
  return { id, slug, name, city, address, time_zone: timeZone, note, position };
}

function openingRows(plan: ClinicPlan): Omit<Insertable<Schema['opening']>, 'clinic_id'>[] {
  return plan.resources.flatMap((resource) =>
    resource.hours.flatMap((hours) =>
      weeklyRules(hours).map(({ weekday, from, to, timeZone }) => ({
        resource_id: resource.id,
        site_id: hours.siteId,
        telehealth: hours.telehealth,
        weekday,
        starts: from,
        ends: to,
        time_zone: timeZone,
      })),
    ),
  );
}

async function writeServices(clinic: ClinicTransaction, plan: ClinicPlan): Promise<void> {
  await insertAll(
    clinic,
    'service',
    plan.services.map((service, position) => ({
      id: service.id,
      slug: service.slug,
      name: service.name,
      summary: service.summary,
      mode: service.mode,
      duration_min: service.durationMin,
      buffer_after_min: service.bufferAfterMin,
      step_min: service.stepMin,
      lead_min: service.leadMin,
      price_minor: service.priceMinor,
      currency: plan.currency,
      online: service.online,
      position,
      payment: service.payment?.how ?? ('at_visit' as const),
      deposit_minor: service.payment?.how === 'deposit' ? service.payment.depositMinor : null,
      bring: (service.bring ?? []).join('\n'),
    })),
  );
  await insertAll(
    clinic,
    'service_need',
    plan.services.flatMap(({ id, needs }) => needs.map((need) => ({ service_id: id, ...need }))),
  );
  await insertAll(
    clinic,
    'service_site',
    plan.services.flatMap(({ id, siteIds }) =>
      siteIds.map((siteId) => ({ service_id: id, site_id: siteId })),
    ),
  );
}
