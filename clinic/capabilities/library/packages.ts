import type { ClinicContext } from '../../platform/database/in-clinic.ts';
import type { Catalogue } from '../booking/index.ts';
import { buyLink, readOffers } from '../payments/index.ts';

/** What is sold online and contains a service, by the service's slug. Prices in minor units. */
export type Packages = ReadonlyMap<string, PackageView>;

export interface PackageView {
  readonly name: string;
  readonly href: string;
  readonly priceMinor: number;
  readonly currency: string;
}

/** The first package of each service that can be bought online. */
export async function packagesOf(context: ClinicContext, catalogue: Catalogue): Promise<Packages> {
  const found = new Map<string, PackageView>();
  for (const { name, slug, price } of await readOffers(context)) {
    const view = { name, href: buyLink(slug), priceMinor: price.totalMinor, currency: price.currency };
    for (const { serviceId } of price.lines) {
      const service = serviceId === null ? undefined : catalogue.service(serviceId);
      if (service && !found.has(service.slug)) found.set(service.slug, view);
    }
  }
  return found;
}
