import type { FastifyInstance } from 'fastify';
import { readClinicById } from '../../../platform/web/clinics.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { requireStaff } from '../../accounts/index.ts';
import { paymentSettingsRoutes } from './payment-routes.tsx';
import { productRoutes } from './product-routes.tsx';
import { taxRoutes } from './tax-routes.tsx';

/** What is sold, its taxes, and how the clinic is paid: the owner's settings. */
export async function catalogueRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  await app.register(async (owners) => {
    // One guard for the whole folder, so that no page can be added without it.
    owners.addHook('preHandler', requireStaff('owner'));
    // Prices are in the clinic's currency as it is now, not as it was a moment ago.
    owners.addHook('preHandler', async (request) => {
      request.clinic = (await readClinicById(request.context.db, request.clinic.id)) ?? request.clinic;
    });
    for (const routes of [productRoutes, taxRoutes, paymentSettingsRoutes]) routes(owners, platform);
  });
}
