import { dateAt } from '@rectus/schedule';
import type { ClinicContext } from '../../platform/database/in-clinic.ts';
import type { Clinic } from '../../platform/web/clinics.ts';
import type {
  ClinicView,
  NextFreeView,
  ServiceView,
  TeamMemberView,
} from '../../platform/web/layout/index.ts';
import { clinicView } from '../../platform/web/views.ts';
import {
  type Catalogue,
  clockTime,
  firstFree,
  hoursLines,
  longDay,
  placeZone,
  type Service,
} from '../booking/index.ts';

/** The clinic with each site's opening hours in lines. */
export function clinicWithHours(clinic: Clinic, catalogue: Catalogue, now: number): ClinicView {
  const hours = clinic.sites.map((site) => {
    const rules = catalogue.resources
      .filter((resource) => resource.active && resource.person)
      .flatMap((resource) =>
        resource.openings.filter((opening) => opening.siteId === site.id).map((opening) => opening.rule),
      );
    return [site.id, hoursLines(rules, dateAt(now, site.timeZone))] as const;
  });
  return clinicView(clinic, new Map(hours));
}

/** What can be booked online. */
export function serviceViews(clinic: Clinic, catalogue: Catalogue): readonly ServiceView[] {
  const siteName = (id: string) => clinic.sites.find((site) => site.id === id)?.name;
  return bookable(catalogue).map((service) => ({
    ...service,
    sites: service.siteIds.map(siteName).filter((name) => name !== undefined),
  }));
}

/** The people on the team page, with the sites where they have hours. */
export function teamViews(clinic: Clinic, catalogue: Catalogue): readonly TeamMemberView[] {
  return catalogue.resources
    .filter((resource) => resource.active && resource.person && resource.listed)
    .map((resource) => {
      const sites = new Set(resource.openings.map((opening) => opening.siteId));
      return {
        name: resource.name,
        title: resource.title,
        bio: resource.bio,
        sites: clinic.sites.filter((site) => sites.has(site.id)).map((site) => site.name),
      };
    });
}

/** The earliest free visit of the services that a newcomer would book, at any site. */
export async function nextFree(
  context: ClinicContext,
  clinic: Clinic,
  catalogue: Catalogue,
  now: number,
): Promise<NextFreeView> {
  const service = bookable(catalogue).find((one) => one.mode === 'site' && one.siteIds.length > 0);
  if (!service) return null;
  const sites = clinic.sites.filter((site) => service.siteIds.includes(site.id));
  const starts = await Promise.all(
    sites.map(async (site) => {
      const [first] = await firstFree(
        context,
        clinic,
        { service, siteId: site.id, clinicianId: null },
        1,
        now,
      );
      return first ? { site, start: first.start } : null;
    }),
  );
  const [soonest] = starts.filter((one) => one !== null).sort((a, b) => a.start - b.start);
  if (!soonest) return null;
  const zone = placeZone(clinic, soonest.site.id);
  return { label: dayLabel(soonest.start, zone, clinic.locale, now), siteName: soonest.site.name };
}

function bookable(catalogue: Catalogue): readonly Service[] {
  return catalogue.services.filter((service) => service.active && service.online);
}

function dayLabel(start: number, zone: string, locale: string, now: number): string {
  const today = dateAt(start, zone) === dateAt(now, zone);
  return `${today ? 'today' : longDay(start, zone, locale)} ${clockTime(start, zone, locale)}`;
}
