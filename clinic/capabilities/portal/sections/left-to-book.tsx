import { dateAt } from '@rectus/schedule';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { shortDate } from '../../../platform/web/wall-clock.ts';
import { type Entitlement, orderPath, readEntitlements } from '../../payments/index.ts';
import { forWhom, type Portal, type PortalSection, shownIds } from '../portal.ts';

/** What was bought and is not booked yet. */
export const leftToBook: PortalSection = {
  id: 'left',
  async show(portal, clinic) {
    const left = (await entitlementsOf(portal, clinic)).filter(
      (one) => one.left > 0 && (one.validUntil === null || one.validUntil > portal.now),
    );
    if (left.length === 0) return null;
    return (
      <>
        <h2>Left to book</h2>
        <ul class="my-lines card">
          {left.map((one) => (
            <LeftLine key={one.id} portal={portal} entitlement={one} />
          ))}
        </ul>
      </>
    );
  },
};

async function entitlementsOf(portal: Portal, clinic: ClinicTransaction): Promise<readonly Entitlement[]> {
  const all: Entitlement[] = [];
  for (const patientId of shownIds(portal)) all.push(...(await readEntitlements(clinic, { patientId })));
  return all;
}

function LeftLine({ portal, entitlement }: { portal: Portal; entitlement: Entitlement }) {
  const { left, quantity, description, validUntil } = entitlement;
  const { timeZone, locale } = portal.clinic;
  const who = forWhom(portal, entitlement.patientId);
  const until = validUntil === null ? null : shortDate(dateAt(validUntil, timeZone), locale, true);
  return (
    <li class="my-line">
      <p>
        <b>{description}</b>
        <span class="small soft below">
          {quantity === 1 ? 'Not booked yet' : `${left} of ${quantity} visits left`}
          {who && `, for ${who}`}
          {until && `. To be booked until ${until}`}
        </span>
      </p>
      <p class="my-act">
        <a class="btn primary" href={orderPath(portal.platform, entitlement.orderId)}>
          Book<span class="vh"> {description}</span>
        </a>
      </p>
    </li>
  );
}
