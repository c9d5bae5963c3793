import type { Clinic, Site } from '../../../platform/web/clinics.ts';
import type { FormValues } from '../../../platform/web/form.ts';
import { UserError } from '../../../platform/web/user-error.ts';
import type { Catalogue, CatalogueResource, Service } from '../core/catalogue.ts';
import { cliniciansFor, type Wish } from '../core/wish.ts';

/** What somebody came for, as far as it is chosen. Addresses remember it as slugs only. */
export interface Visit {
  readonly service: Service;
  /** Null for a visit by video. */
  readonly site: Site | null;
  /** Null for whoever is free. */
  readonly clinician: CatalogueResource | null;
  /** The clinician as an address names them; empty for whoever is free. */
  readonly who: string;
}

export type VisitChoice =
  | { readonly complete: true; readonly visit: Visit }
  | { readonly complete: false; readonly service: Service; readonly problem: string | null };

/**
 * Reads a visit out of an address or a form. Throws a 404 for a service that nobody can book online, unless it was
 * bought.
 */
export function readVisit(
  catalogue: Catalogue,
  clinic: Clinic,
  values: FormValues,
  bought = false,
): VisitChoice {
  const service = catalogue.serviceBySlug(values.service ?? '');
  if (!service?.active || !(service.online || bought)) throw unknownService();
  const place = readSite(service, clinic, values.where ?? '');
  if (!place.ok) return { complete: false, service, problem: place.problem };
  const who = values.who ?? '';
  if (who === '') return { complete: true, visit: { service, site: place.site, clinician: null, who } };
  const clinicians = cliniciansFor(catalogue, service, place.site?.id ?? null);
  const slugs = personSlugs(catalogue);
  const clinician = clinicians.find((one) => slugs.get(one.id) === who);
  if (clinician) return { complete: true, visit: { service, site: place.site, clinician, who } };
  const problem = `That clinician does not offer this visit ${place.site ? `in ${place.site.name}` : 'by video'}. Please choose somebody else.`;
  return { complete: false, service, problem };
}

function readSite(
  service: Service,
  clinic: Clinic,
  where: string,
): { ok: true; site: Site | null } | { ok: false; problem: string | null } {
  if (service.mode === 'telehealth') return { ok: true, site: null };
  const sites = sitesOf(service, clinic);
  const site =
    sites.find((one) => one.slug === where) ?? (where === '' && sites.length === 1 ? sites[0] : undefined);
  if (site) return { ok: true, site };
  return {
    ok: false,
    problem: where === '' ? null : 'We do not offer this visit there. Please choose a site.',
  };
}

/** The sites at which a service is offered, in the clinic's order. */
export function sitesOf(service: Service, clinic: Clinic): readonly Site[] {
  return clinic.sites.filter((site) => service.siteIds.includes(site.id));
}

export function unknownService(): UserError {
  return new UserError(
    404,
    'We do not offer that visit',
    'It may have been renamed, or it can no longer be booked online. Everything that can be booked is on one page.',
    { href: '/book', label: 'See what you can book' },
  );
}

/** A visit's part of an address: `service=first-visit&where=lisbon&who=ines-duarte`. */
export function visitQuery(visit: Visit, more: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({ ...visitFields(visit), ...more }).toString();
}

/** The same as fields of a form. */
export function visitFields({ service, site, who }: Visit): Record<string, string> {
  return {
    service: service.slug,
    ...(site ? { where: site.slug } : {}),
    ...(who ? { who } : {}),
  };
}

export function wishOf({ service, site, clinician }: Visit): Wish {
  return { service, siteId: site?.id ?? null, clinicianId: clinician?.id ?? null };
}

/** `1 Quay Street, Lisbon`, the city once. */
export function addressLine({ address, city }: Site): string {
  return address.includes(city) ? address : [address, city].filter(Boolean).join(', ');
}

/** A name for each person that an address can carry: `ines-duarte`, and `ines-duarte-2` for a namesake. */
export function personSlugs(catalogue: Pick<Catalogue, 'resources'>): ReadonlyMap<string, string> {
  const slugs = new Map<string, string>();
  const used = new Map<string, number>();
  for (const { id, name, person } of catalogue.resources) {
    if (!person) continue;
    const slug = personSlug(name) || id;
    const count = (used.get(slug) ?? 0) + 1;
    used.set(slug, count);
    slugs.set(id, count === 1 ? slug : `${slug}-${count}`);
  }
  return slugs;
}

/** Plain lower case without accents; letters of other scripts stay as they are. */
function personSlug(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
}

/** `Follow-up, 30 min, Harbour site in Lisbon, with Ines Duarte` */
export function visitLine({ service, site, clinician }: Visit): string {
  const named = /video/i.test(service.name);
  const place = site ? `${site.name} in ${site.city}` : named ? '' : 'by video';
  const whom = clinician ? `with ${clinician.name}` : 'with anyone';
  return [service.name, `${service.durationMin} min`, place, whom].filter(Boolean).join(', ');
}
