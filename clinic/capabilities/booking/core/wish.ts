import type { Need, Resource, Service as ScheduledService, Span } from '@rectus/schedule';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { Catalogue, CatalogueResource, Service } from './catalogue.ts';

/** What somebody wants to book: a service, at a site or by video (siteId null), with anyone or one clinician. */
export interface Wish {
  readonly service: Service;
  readonly siteId: string | null;
  readonly clinicianId: string | null;
}

/** The zone of the place: the site's own, or the clinic's for a visit by video. */
export function placeZone(clinic: Clinic, siteId: string | null): string {
  return clinic.sites.find((site) => site.id === siteId)?.timeZone ?? clinic.timeZone;
}

/** The resources that can serve the wish at its place, each with the hours that count there. */
export function resourcesFor(catalogue: Catalogue, wish: Wish): readonly Resource[] {
  const kinds = new Set(wish.service.needs.map((need) => need.kind));
  return catalogue.resources
    .filter((resource) => resource.active && resource.kinds.some((kind) => kinds.has(kind)))
    .filter((resource) => resource.siteId === null || wish.siteId === null || resource.siteId === wish.siteId)
    .map((resource) => resourceAt(catalogue, resource, wish.siteId));
}

/** One resource with the hours and exceptions that count at a place. */
export function resourceAt(
  catalogue: Catalogue,
  resource: CatalogueResource,
  siteId: string | null,
): Resource {
  const openings = resource.openings.filter((opening) =>
    siteId === null ? opening.telehealth : opening.siteId === siteId,
  );
  const exceptions = catalogue.exceptions.filter(
    ({ resourceId, siteId: place, exception }) =>
      (resourceId === null || resourceId === resource.id) &&
      (place === null || place === siteId || (siteId === null && exception.kind === 'closed')),
  );
  return {
    id: resource.id,
    kinds: resource.kinds,
    // A video visit may fall in hours that are worked at a site: when that site is closed, so are they.
    rules: openings.map(({ rule, siteId: place }) => (place ? { ...rule, place } : rule)),
    exceptions: exceptions.map(({ exception, siteId: place }) =>
      place ? { ...exception, place } : exception,
    ),
    busy: [],
  };
}

/** The service as the scheduler takes it, narrowed to the clinician who was asked for. */
export function scheduledService(catalogue: Catalogue, wish: Wish): ScheduledService {
  return { ...wish.service, needs: needsOf(catalogue, wish) };
}

function needsOf(catalogue: Catalogue, { service, clinicianId }: Wish): readonly Need[] {
  if (clinicianId === null) return service.needs;
  const kinds = catalogue.resource(clinicianId)?.kinds ?? [];
  const asked = service.needs.findIndex((need) => need.count === 1 && kinds.includes(need.kind));
  // A clinician who serves none of the needs can never be had: an impossible need says so.
  if (asked === -1)
    return [...service.needs, { kind: 'the clinician asked for', count: 1, among: [clinicianId] }];
  return service.needs.map((need, index) => (index === asked ? { ...need, among: [clinicianId] } : need));
}

/** The clinicians who can be asked for by name when booking this service at this place. */
export function cliniciansFor(
  catalogue: Catalogue,
  service: Service,
  siteId: string | null,
): readonly CatalogueResource[] {
  const wish = { service, siteId, clinicianId: null };
  const able = new Set(
    resourcesFor(catalogue, wish)
      .filter((one) => one.rules.length > 0)
      .map((one) => one.id),
  );
  return catalogue.resources.filter(
    (resource) => resource.person && resource.listed && able.has(resource.id),
  );
}

/** The span that a visit claims: from before its buffer to after it. */
export function claimedSpan(service: Service, start: number): Span {
  return {
    start: start - service.bufferBeforeMin * 60_000,
    end: start + (service.durationMin + service.bufferAfterMin) * 60_000,
  };
}

export function endOf(service: Service, start: number): number {
  return start + service.durationMin * 60_000;
}
