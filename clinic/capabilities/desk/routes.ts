import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../platform/web/server.ts';
import { appointmentRoutes } from './appointments/appointment-routes.tsx';
import { blockRoutes } from './blocks/block-routes.tsx';
import { dayRoutes } from './board/day-routes.tsx';
import { liveRoutes } from './live/live-routes.ts';
import { outboxRoutes } from './outbox/outbox-routes.tsx';
import { requestRoutes } from './requests/request-routes.tsx';
import { newAppointmentRoutes } from './telephone/new-appointment-routes.tsx';

/** The front desk: the day, telephone booking, requests and tasks, the outbox. */
export async function deskRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  dayRoutes(app, platform);
  liveRoutes(app, platform);
  appointmentRoutes(app, platform);
  blockRoutes(app, platform);
  newAppointmentRoutes(app, platform);
  requestRoutes(app, platform);
  outboxRoutes(app, platform);
}
