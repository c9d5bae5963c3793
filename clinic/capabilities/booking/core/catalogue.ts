import type { Exception, OpenResource, Weekday, WeeklyRule } from '@rectus/schedule';
import { sql } from 'kysely';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';

/** A service as the catalogue offers it. Times in minutes, the horizon in days, money in minor units. */
export interface Service {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly mode: 'site' | 'telehealth';
  readonly durationMin: number;
  readonly bufferBeforeMin: number;
  readonly bufferAfterMin: number;
  readonly stepMin: number;
  readonly leadMin: number;
  readonly horizonDays: number;
  readonly priceMinor: number;
  readonly currency: string;
  /** How a visit that somebody books online is paid. */
  readonly payment: 'at_visit' | 'deposit' | 'in_full';
  readonly depositMinor: number | null;
  /** What to wear and bring, one line each. */
  readonly bring: string;
  readonly online: boolean;
  readonly active: boolean;
  readonly position: number;
  readonly siteIds: readonly string[];
  readonly needs: readonly { readonly kind: string; readonly count: number }[];
}

export interface CatalogueOpening {
  readonly id: string;
  readonly siteId: string | null;
  readonly telehealth: boolean;
  readonly rule: WeeklyRule;
}

/** A clinician, a room or a device, with its weekly hours. */
export interface CatalogueResource {
  readonly id: string;
  readonly siteId: string | null;
  readonly name: string;
  readonly title: string;
  readonly bio: string;
  readonly kinds: readonly string[];
  readonly person: boolean;
  readonly listed: boolean;
  readonly active: boolean;
  readonly position: number;
  readonly openings: readonly CatalogueOpening[];
}

/** A closure of the clinic, of a site or of one resource, or an extra opening of one resource. */
export interface CatalogueException {
  readonly id: string;
  readonly siteId: string | null;
  readonly resourceId: string | null;
  readonly reason: string;
  readonly exception: Exception;
}

/** Everything about a clinic that scheduling needs and that only its owner changes. */
export interface Catalogue {
  readonly version: string;
  readonly services: readonly Service[];
  readonly resources: readonly CatalogueResource[];
  readonly exceptions: readonly CatalogueException[];
  /** Opening hours that searches have worked out, by place and span; they live as long as this version. */
  readonly opened: Map<string, readonly OpenResource[]>;
  serviceBySlug(slug: string): Service | undefined;
  service(id: string): Service | undefined;
  resource(id: string): CatalogueResource | undefined;
}

const KEPT_CLINICS = 2_000;
const kept = new Map<string, { readonly version: string; readonly catalogue: Promise<Catalogue> }>();

/** The clinic's catalogue. Kept in memory for as long as its version stays the same. */
export function readCatalogue(context: ClinicContext, version: string): Promise<Catalogue> {
  const known = kept.get(context.clinicId);
  if (known?.version === version) return known.catalogue;
  const catalogue = inClinic(context, (clinic) => loadCatalogue(clinic, version));
  catalogue.catch(() => kept.delete(context.clinicId));
  if (kept.size >= KEPT_CLINICS) kept.clear();
  kept.set(context.clinicId, { version, catalogue });
  return catalogue;
}

/** Says that services, hours, closures or resources changed. Call it in the transaction of the change. */
export async function bumpCatalogue(clinic: ClinicTransaction): Promise<void> {
  await clinic.tx
    .updateTable('clinic')
    .set({ catalogue_version: sql<string>`catalogue_version + 1` })
    .where('id', '=', clinic.clinicId)
    .execute();
}

async function loadCatalogue({ tx }: ClinicTransaction, version: string): Promise<Catalogue> {
  const services = await tx
    .selectFrom('service')
    .selectAll()
    .select([
      sql<string[]>`array(select site_id::text from service_site s where s.service_id = service.id)`.as(
        'site_ids',
      ),
      sql<
        { kind: string; count: number }[]
      >`coalesce((select jsonb_agg(jsonb_build_object('kind', kind, 'count', count) order by kind)
        from service_need n where n.service_id = service.id), '[]')`.as('needs'),
    ])
    .orderBy('position')
    .orderBy('name')
    .execute();
  const resources = await tx.selectFrom('resource').selectAll().orderBy('position').orderBy('name').execute();
  const openings = await tx.selectFrom('opening').selectAll().orderBy('weekday').orderBy('starts').execute();
  const exceptions = await tx.selectFrom('opening_exception').selectAll().orderBy('starts').execute();

  const openingsOf = Map.groupBy(openings, (opening) => opening.resource_id);
  return catalogueOf({
    version,
    services: services.map(
      (row): Service => ({
        id: row.id,
        slug: row.slug,
        name: row.name,
        summary: row.summary,
        mode: row.mode,
        durationMin: row.duration_min,
        bufferBeforeMin: row.buffer_before_min,
        bufferAfterMin: row.buffer_after_min,
        stepMin: row.step_min,
        leadMin: row.lead_min,
        horizonDays: row.horizon_days,
        priceMinor: row.price_minor,
        currency: row.currency,
        payment: row.payment,
        depositMinor: row.deposit_minor,
        bring: row.bring,
        online: row.online,
        active: row.active,
        position: row.position,
        siteIds: row.site_ids,
        needs: row.needs,
      }),
    ),
    resources: resources.map(
      (row): CatalogueResource => ({
        id: row.id,
        siteId: row.site_id,
        name: row.name,
        title: row.title,
        bio: row.bio,
        kinds: row.kinds,
        person: row.person,
        listed: row.listed,
        active: row.active,
        position: row.position,
        openings: (openingsOf.get(row.id) ?? []).map((opening) => ({
          id: opening.id,
          siteId: opening.site_id,
          telehealth: opening.telehealth,
          rule: {
            weekday: opening.weekday as Weekday,
            from: opening.starts.slice(0, 5),
            to: opening.ends.slice(0, 5),
            timeZone: opening.time_zone,
            ...(opening.valid_from ? { validFrom: opening.valid_from } : {}),
            ...(opening.valid_to ? { validTo: opening.valid_to } : {}),
          },
        })),
      }),
    ),
    exceptions: exceptions.map(
      (row): CatalogueException => ({
        id: row.id,
        siteId: row.site_id,
        resourceId: row.resource_id,
        reason: row.reason,
        exception: {
          kind: row.kind,
          from: row.starts.slice(0, 16).replace(' ', 'T'),
          to: row.ends.slice(0, 16).replace(' ', 'T'),
          timeZone: row.time_zone,
        },
      }),
    ),
  });
}

type CatalogueData = Pick<Catalogue, 'version' | 'services' | 'resources' | 'exceptions'>;

function catalogueOf(data: CatalogueData): Catalogue {
  const services = new Map(data.services.map((service) => [service.id, service]));
  const bySlug = new Map(data.services.map((service) => [service.slug, service]));
  const resources = new Map(data.resources.map((resource) => [resource.id, resource]));
  return {
    ...data,
    opened: new Map(),
    serviceBySlug: (slug) => bySlug.get(slug),
    service: (id) => services.get(id),
    resource: (id) => resources.get(id),
  };
}
