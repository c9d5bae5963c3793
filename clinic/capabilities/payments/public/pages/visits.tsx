import { placeZone, whenLines } from '../../../booking/index.ts';
import type { OrderVisit } from '../order-view.ts';
import type { OrderPageProps } from './page-of.ts';

/** A visit that was booked with the order. Whoever bought it online may move and cancel it here too. */
export function VisitCard({ page, visit }: { page: OrderPageProps; visit: OrderVisit }) {
  const { clinic, services, viewerZone, view } = page;
  const site = clinic.sites.find((one) => one.id === visit.siteId);
  const zones = { viewer: viewerZone, place: placeZone(clinic, visit.siteId) };
  const service = services(visit.serviceId);
  const manage = page.manageLink(visit.id);
  const own = view.order.source === 'online' && visit.status === 'booked' && visit.start > page.now;
  return (
    <section class="card stack nextstep" aria-label={`Booked: ${service?.name ?? 'visit'}`}>
      <p class="small soft">{visit.end > page.now ? 'Booked' : 'Took place'}</p>
      <h2>{service?.name ?? 'Visit'}</h2>
      <dl class="facts-list">
        <div>
          <dt>When</dt>
          {whenLines(visit, zones, clinic.locale).map((line, index) => (
            <dd key={line} class={index > 0 ? 'soft' : undefined}>
              {line}
            </dd>
          ))}
        </div>
        <div>
          <dt>Where</dt>
          <dd>{site ? [site.name, site.address].filter(Boolean).join(', ') : 'By video'}</dd>
        </div>
        {view.patientName && (
          <div>
            <dt>Who</dt>
            <dd>{view.patientName}</dd>
          </div>
        )}
      </dl>
      {own && (
        <p class="row">
          <a class="btn" href={manage}>
            Move or cancel
          </a>
          <a class="btn quiet" href={`${manage}/appointment.ics`}>
            Add to calendar
          </a>
        </p>
      )}
    </section>
  );
}

/** What was bought and is still to be booked, besides the one that the page asks for. */
export function LeftToBook({ view, next, path, clinic }: OrderPageProps) {
  const left = view.entitlements.filter((one) => one.left > 0 && one.id !== next?.entitlement.id);
  if (left.length === 0 || next) return null;
  return (
    <section class="stack" aria-labelledby="left">
      <h2 id="left">Still yours to book</h2>
      <ul class="lefts">
        {left.map((one) => (
          <li key={one.id}>
            <span>
              <b>{one.left === 1 ? one.description : `${one.left} × ${one.description}`}</b>
              {one.validUntil !== null && (
                <small class="soft"> Can be booked until {dayOf(one.validUntil, clinic)}</small>
              )}
            </span>
            <a class="btn" href={`${path}/book?${new URLSearchParams({ entitlement: one.id })}`}>
              Choose a time<span class="vh">: {one.description}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function dayOf(instant: number, { locale, timeZone }: OrderPageProps['clinic']): string {
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone } as const;
  return new Intl.DateTimeFormat(locale, format).format(instant);
}
