import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../platform/web/server.ts';
import { atTheVisit, type Till } from './core/till.ts';
import { detailsRoutes } from './public/details-routes.tsx';
import { manageRoutes } from './public/manage-routes.tsx';
import { safetyRoutes } from './public/safety-routes.tsx';
import { visitRoutes } from './public/visit-routes.tsx';
import { requestRoutes } from './requests/request-routes.tsx';

/** Everything a patient reaches without an account: booking, managing by link, requests. */
export async function publicBookingRoutes(
  app: FastifyInstance,
  platform: Platform,
  till: Till = atTheVisit,
): Promise<void> {
  await visitRoutes(app, platform, till);
  await safetyRoutes(app, platform, till);
  await detailsRoutes(app, platform, till);
  await manageRoutes(app, platform, till);
  await requestRoutes(app, platform);
}
