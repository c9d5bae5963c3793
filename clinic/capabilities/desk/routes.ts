import type { FastifyInstance } from 'fastify';
import type { DayShown, DeskPart, VisitShown } from '../../platform/web/desk-part.ts';
import type { Platform } from '../../platform/web/server.ts';
import { appointmentRoutes } from './appointments/appointment-routes.tsx';
import { blockRoutes } from './blocks/block-routes.tsx';
import { dayRoutes } from './board/day-routes.tsx';
import { liveRoutes } from './live/live-routes.ts';
import { outboxRoutes } from './outbox/outbox-routes.tsx';
import { requestRoutes } from './requests/request-routes.tsx';
import { newAppointmentRoutes } from './telephone/new-appointment-routes.tsx';

/** What others add to the desk's pages. */
export interface PartsOfDesk {
  readonly ofVisit: readonly DeskPart<VisitShown>[];
  readonly ofDay: readonly DeskPart<DayShown>[];
}

/** The front desk: the day, telephone booking, requests and tasks, the outbox. */
export async function deskRoutes(
  app: FastifyInstance,
  platform: Platform,
  { ofVisit, ofDay }: PartsOfDesk = { ofVisit: [], ofDay: [] },
): Promise<void> {
  dayRoutes(app, platform, ofDay);
  liveRoutes(app, platform);
  appointmentRoutes(app, platform, ofVisit);
  blockRoutes(app, platform);
  newAppointmentRoutes(app, platform);
  requestRoutes(app, platform);
  outboxRoutes(app, platform);
}
