import { signId } from '../../platform/web/signed-id.ts';
import { placeZone, whenLines } from '../booking/index.ts';
import { forWhom, type Portal } from './portal.ts';
import type { PortalVisit } from './read-visits.ts';

/** When, what, where and with whom; both zones where they differ. */
export function VisitLine(props: {
  portal: Portal;
  visit: PortalVisit;
  children?: preact.ComponentChildren;
}) {
  const { portal, visit } = props;
  const { clinic, catalogue } = portal;
  const [first, ...others] = whenLines(
    visit,
    { viewer: visit.viewerZone, place: placeZone(clinic, visit.siteId) },
    clinic.locale,
  );
  const site = clinic.sites.find(({ id }) => id === visit.siteId);
  const person = visit.resourceIds.map((id) => catalogue.resource(id)).find((resource) => resource?.person);
  const where = site ? [site.name, site.address].filter(Boolean).join(', ') : 'By video';
  const who = forWhom(portal, visit.patientId);
  return (
    <li class="my-line">
      <p>
        <b>{first}</b>
        {others.map((line) => (
          <span key={line} class="small soft below">
            {line}
          </span>
        ))}
      </p>
      <p class="small">
        {[catalogue.service(visit.serviceId)?.name, person && `with ${person.name}`, who && `for ${who}`]
          .filter(Boolean)
          .join(', ')}
        <span class="below soft">{where}</span>
      </p>
      {props.children}
    </li>
  );
}

/** The page on which a visit is seen, moved and cancelled. */
export function visitPath({ platform }: Portal, visitId: string): string {
  return `/manage/${signId(platform.config.secret ?? '', 'manage', visitId)}`;
}
