import type { FastifyInstance } from 'fastify';
import { readClinicById } from '../../platform/web/clinics.ts';
import type { Platform } from '../../platform/web/server.ts';
import { requireStaff } from '../accounts/index.ts';
import { clinicRoutes } from './clinic/clinic-routes.tsx';
import { closuresRoutes } from './closures/closures-routes.tsx';
import { hoursRoutes } from './hours/hours-routes.tsx';
import { resourcesRoutes } from './resources/resources-routes.tsx';
import { servicesRoutes } from './services/services-routes.tsx';
import { sitesRoutes } from './sites/sites-routes.tsx';

/** The owner's settings: the clinic, its sites, services, resources, hours and closures. */
export async function settingsRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  await app.register(async (owners) => {
    // One guard for the whole folder, so that no page can be added without it.
    owners.addHook('preHandler', requireStaff('owner'));
    // Elsewhere a clinic is remembered for a moment. Whoever has just added a site wants to choose it now.
    owners.addHook('preHandler', async (request) => {
      request.clinic = (await readClinicById(request.context.db, request.clinic.id)) ?? request.clinic;
    });
    for (const routes of [
      clinicRoutes,
      sitesRoutes,
      servicesRoutes,
      resourcesRoutes,
      hoursRoutes,
      closuresRoutes,
    ]) {
      routes(owners, platform);
    }
  });
}
