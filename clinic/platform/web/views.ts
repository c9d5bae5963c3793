import type { Clinic } from './clinics.ts';
import type { ClinicView } from './layout/index.ts';

/** The clinic as layouts show it. `hours` holds ready lines for each site's id, where a page shows them. */
export function clinicView(
  clinic: Clinic,
  hours: ReadonlyMap<string, readonly string[]> = new Map(),
): ClinicView {
  return {
    name: clinic.name,
    demo: clinic.demo,
    locale: clinic.locale,
    phone: clinic.phone,
    email: clinic.email,
    sites: clinic.sites.map((site) => ({ ...site, hours: hours.get(site.id) ?? [] })),
  };
}
