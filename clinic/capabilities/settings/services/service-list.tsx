import type { Clinic } from '../../../platform/web/clinics.ts';
import { Money } from '../../../platform/web/layout/index.ts';
import type { Catalogue, Service } from '../../booking/index.ts';
import { SETTINGS } from '../parts/settings-page.tsx';
import { missingResources } from './missing-resources.ts';

type Sites = readonly { readonly id: string; readonly name: string }[];

/** Every service in the order in which patients see them, those out of use last. */
export function ServiceList(props: { clinic: Clinic; catalogue: Catalogue; sites: Sites }) {
  const { clinic, catalogue, sites } = props;
  const services = catalogue.services.toSorted((a, b) => Number(b.active) - Number(a.active));
  return (
    <>
      <p>
        <a class="btn primary" href={`${SETTINGS.services}/new`}>
          Add a service
        </a>
      </p>
      <ul class="settings-list">
        {services.map((service) => (
          <li key={service.id}>
            <a href={`${SETTINGS.services}/${service.id}`}>{service.name}</a>
            <Money minor={service.priceMinor} currency={service.currency} locale={clinic.locale} />
            <small class="soft">{facts(service, sites)}</small>
            {!service.active && <span class="badge">Out of use</span>}
            {service.active && !service.online && <span class="badge">Booked by the desk only</span>}
            {service.active &&
              missingResources(service, catalogue).map(({ siteId, kind }) => (
                <span class="badge" data-kind="warn" key={`${siteId} ${kind}`}>
                  Cannot be booked {placeText(siteId, sites)}: no {kind} with hours there
                </span>
              ))}
          </li>
        ))}
      </ul>
    </>
  );
}

function facts(service: Service, sites: Sites): string {
  const names = sites.filter(({ id }) => service.siteIds.includes(id)).map(({ name }) => name);
  const needs = service.needs.map(({ kind, count }) => (count === 1 ? kind : `${count} × ${kind}`));
  return [
    `${service.durationMin} min`,
    service.mode === 'telehealth' ? 'by video' : names.join(' and '),
    needs.join(' + '),
  ].join(' · ');
}

function placeText(siteId: string | null, sites: Sites): string {
  if (siteId === null) return 'by video';
  return `at ${sites.find(({ id }) => id === siteId)?.name ?? 'a site out of use'}`;
}
