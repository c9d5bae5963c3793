import type { Clinic } from '../../../platform/web/clinics.ts';
import { Money, Notice } from '../../../platform/web/layout/index.ts';
import type { CatalogueResource, Service } from '../core/catalogue.ts';
import { BookingSteps, HiddenFields } from './steps.tsx';
import { addressLine, sitesOf } from './visit.ts';

/** Step 1, first half: what is it about. */
export function ServicesPage(props: {
  clinic: Clinic;
  services: readonly Service[];
  /** True after Continue was pressed with nothing chosen. */
  nothingChosen: boolean;
}) {
  const { clinic, services } = props;
  return (
    <div class="booking stack">
      <BookingSteps current={0} />
      <h1>What would you like to book?</h1>
      {props.nothingChosen && (
        <Notice kind="warn" title="Choose a visit first" live>
          <p>Tick the one that fits best; you can still change it later.</p>
        </Notice>
      )}
      {services.length === 0 ? (
        <Notice title="Nothing can be booked online at the moment">
          <p>Please send us a request, and we will find a time together.</p>
        </Notice>
      ) : (
        <form id="visit" method="get" action="/book" class="stack">
          <fieldset class="choices">
            <legend class="vh">Visit</legend>
            {services.map((service) => (
              <ServiceChoice key={service.id} clinic={clinic} service={service} />
            ))}
          </fieldset>
          <button type="submit" class="primary roomy wide">
            Continue
          </button>
        </form>
      )}
      <RequestInstead />
      {services.length > 0 && (
        <div class="dock narrow">
          <button type="submit" form="visit" class="primary roomy">
            Continue
          </button>
        </div>
      )}
    </div>
  );
}

function ServiceChoice({ clinic, service }: { clinic: Clinic; service: Service }) {
  const places = sitesOf(service, clinic).map((site) => site.city);
  return (
    <label class="choice">
      <input type="radio" name="service" value={service.slug} required />
      <span class="offer">
        <b>{service.name}</b>
        <small class="soft">{service.summary}</small>
        <small class="facts">
          <span>{service.durationMin} min</span>
          <Money minor={service.priceMinor} currency={service.currency} locale={clinic.locale} />
          <span>{service.mode === 'telehealth' ? 'By video' : `In ${listed(places)}`}</span>
        </small>
      </span>
    </label>
  );
}

/** Step 1, second half: where, and with whom. */
export function WherePage(props: {
  clinic: Clinic;
  service: Service;
  clinicians: readonly {
    readonly resource: CatalogueResource;
    readonly slug: string;
    readonly siteIds: readonly string[];
  }[];
  where: string;
  who: string;
  problem: string | null;
}) {
  const { clinic, service, clinicians, where, who, problem } = props;
  const sites = service.mode === 'site' ? sitesOf(service, clinic) : [];
  return (
    <div class="booking stack">
      <BookingSteps current={0} />
      <div class="asked">
        <h1>{service.name}</h1>
        <p class="small soft">
          {service.durationMin} min{service.mode === 'telehealth' && ', by video'}{' '}
          <a href="/book">Choose another visit</a>
        </p>
      </div>
      {problem && (
        <Notice kind="warn" title={problem} live>
          {null}
        </Notice>
      )}
      <form id="where" method="get" action="/book/time" class="stack">
        <HiddenFields fields={{ service: service.slug }} />
        {sites.length > 1 && (
          <fieldset class="choices">
            <legend>
              <h2>Where?</h2>
            </legend>
            {sites.map((site) => (
              <label class="choice" key={site.id}>
                <input type="radio" name="where" value={site.slug} checked={site.slug === where} required />
                <span class="offer">
                  <b>{site.name}</b>
                  <small class="soft">{addressLine(site)}</small>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {sites.length === 1 && sites[0] && (
          <p>
            <b>{sites[0].name}</b>, {addressLine(sites[0])}
          </p>
        )}
        <fieldset class="choices">
          <legend>
            <h2>With whom?</h2>
          </legend>
          <label class="choice">
            <input type="radio" name="who" value="" checked={who === ''} />
            <span class="offer">
              <b>Anyone</b>
              <small class="soft">Shows the most times, and the soonest</small>
            </span>
          </label>
          {clinicians.map(({ resource, slug, siteIds }) => (
            <label class="choice" key={resource.id}>
              <input type="radio" name="who" value={slug} checked={slug === who} />
              <span class="offer">
                <b>{resource.name}</b>
                <small class="soft">
                  {[resource.title, sites.length > 1 ? worksAt(clinic, siteIds) : '']
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </span>
            </label>
          ))}
        </fieldset>
        <button type="submit" class="primary roomy wide">
          See free times
        </button>
      </form>
      <div class="dock narrow">
        <button type="submit" form="where" class="primary roomy">
          See free times
        </button>
      </div>
    </div>
  );
}

function worksAt(clinic: Clinic, siteIds: readonly string[]): string {
  return listed(clinic.sites.filter((site) => siteIds.includes(site.id)).map((site) => site.city));
}

/** The way round for somebody whom no free time, or no visit on the list, suits. */
export function RequestInstead() {
  return (
    <p class="instead small">
      Rather tell us when you could come? <a href="/request/office">Request an office visit</a>
      <a href="/request/telehealth">Request telehealth</a>
    </p>
  );
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
