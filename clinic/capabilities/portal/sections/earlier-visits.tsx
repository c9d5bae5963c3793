import type { PortalSection } from '../portal.ts';
import { type PortalVisit, readEarlier } from '../read-visits.ts';
import { VisitLine } from '../visit-line.tsx';

/** Visits that are over, and those that were cancelled. */
export const earlierVisits: PortalSection = {
  id: 'earlier',
  async show(portal, clinic) {
    const visits = await readEarlier(portal, clinic);
    if (visits.length === 0) return null;
    return (
      <>
        <h2>Earlier</h2>
        <ul class="my-lines card">
          {visits.map((visit) => (
            <VisitLine key={visit.id} portal={portal} visit={visit}>
              {became(visit) && (
                <p class="my-act">
                  <span class="badge">{became(visit)}</span>
                </p>
              )}
            </VisitLine>
          ))}
        </ul>
      </>
    );
  },
};

function became({ status, cancelledBy }: PortalVisit): string | null {
  if (status === 'no_show') return 'Missed';
  if (status !== 'cancelled') return null;
  return cancelledBy === 'clinic' ? 'Cancelled by the clinic' : 'Cancelled by you';
}
