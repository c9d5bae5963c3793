import {
  bookService,
  type ClinicView,
  Money,
  PUBLIC_ROUTES,
  PublicLayout,
  type ServiceView,
} from '../../platform/web/layout/index.ts';

import type { Packages, PackageView } from './packages.ts';

/** Title and description of the services page, for the document's head. */
export const SERVICES_META = {
  title: 'Services and prices',
  description: 'What can be booked, how long it takes, what it costs and where. In the clinic or by video.',
} as const;

/** Everything that can be booked, with its price in plain sight. */
export function ServicesPage(props: {
  clinic: ClinicView;
  services: readonly ServiceView[];
  /** What can be bought online, by the slug of a service in it. */
  packages?: Packages;
}) {
  const { clinic, services, packages = new Map() } = props;
  return (
    <PublicLayout clinic={clinic} path={PUBLIC_ROUTES.services}>
      <header class="pagehead stack">
        <h1>Services and prices</h1>
        <p class="lead">
          What you see is what you pay. If you are not sure which one you need, book a first visit.
        </p>
      </header>
      {services.length === 0 ? (
        <NothingYet />
      ) : (
        <Offers services={services} packages={packages} locale={clinic.locale} />
      )}
    </PublicLayout>
  );
}

function Offers(props: { services: readonly ServiceView[]; packages: Packages; locale: string }) {
  const { services, packages, locale } = props;
  return (
    <ul class="offers">
      {services.map((service) => (
        <li key={service.slug}>
          <div class="stack">
            <h2>{service.name}</h2>
            <p class="small">{service.summary}</p>
            <p class="tiny soft">{placeOf(service)}</p>
            <PackageLink offer={packages.get(service.slug)} locale={locale} />
          </div>
          <p class="price">
            <Money minor={service.priceMinor} currency={service.currency} locale={locale} />
            <span class="small soft">{service.durationMin} min</span>
          </p>
          <p>
            <a class="btn" href={bookService(service.slug)}>
              Book<span class="vh">: {service.name}</span>
            </a>
          </p>
        </li>
      ))}
    </ul>
  );
}

function PackageLink({ offer, locale }: { offer: PackageView | undefined; locale: string }) {
  if (!offer) return null;
  return (
    <p class="small">
      <a class="buylink" href={offer.href}>
        Buy now: {offer.name}
      </a>
      , <Money minor={offer.priceMinor} currency={offer.currency} locale={locale} />
    </p>
  );
}

function placeOf(service: ServiceView): string {
  if (service.mode === 'telehealth') return 'By video, from wherever you are';
  return service.sites.length > 0 ? service.sites.join(', ') : 'In the clinic';
}

function NothingYet() {
  return (
    <div class="stack">
      <p>Nothing can be booked online at the moment. Tell us what you need and we will find a time.</p>
      <p class="row">
        <a class="btn primary" href={PUBLIC_ROUTES.office}>
          Request an office visit
        </a>
        <a class="btn" href={PUBLIC_ROUTES.telehealth}>
          Request telehealth
        </a>
      </p>
    </div>
  );
}
