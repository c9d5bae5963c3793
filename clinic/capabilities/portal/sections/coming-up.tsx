import type { PortalSection } from '../portal.ts';
import { readComing } from '../read-visits.ts';
import { VisitLine, visitPath } from '../visit-line.tsx';

/** The visits that are booked, the next one first. */
export const comingUp: PortalSection = {
  id: 'coming',
  async show(portal, clinic) {
    const visits = await readComing(portal, clinic);
    const { now, clinic: house } = portal;
    const inTime = (start: number) => start - now >= house.changeNoticeMin * 60_000;
    return (
      <>
        <h2>Coming up</h2>
        {visits.length === 0 ? (
          <div class="card stack">
            <p>No visit is booked.</p>
            <p class="row">
              <a class="btn primary" href="/book">
                Book a visit
              </a>
              <a class="btn" href="/request/office">
                Ask for one
              </a>
            </p>
          </div>
        ) : (
          <ul class="my-lines card">
            {visits.map((visit) => (
              <VisitLine key={visit.id} portal={portal} visit={visit}>
                <p class="my-act">
                  <a class="btn" href={visitPath(portal, visit.id)}>
                    {visit.status === 'booked' && inTime(visit.start) ? 'Move or cancel' : 'See the visit'}
                  </a>
                </p>
              </VisitLine>
            ))}
          </ul>
        )}
      </>
    );
  },
};
