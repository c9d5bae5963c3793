import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../platform/web/server.ts';
import { machinesRoutes } from './machines/machines-routes.tsx';
import { measuringRoutes } from './measuring/measuring-routes.ts';
import { frameRoutes } from './papers/frame-routes.ts';
import { paperRoutes } from './papers/paper-routes.ts';
import { referralRoutes } from './referral/referral-routes.tsx';
import { exceptionsRoutes } from './report/exceptions-routes.tsx';
import { reportRoutes } from './report/report-routes.ts';
import { viewerRoutes } from './viewer/viewer-routes.tsx';

/** Everything of ultrasound that the desk shows and takes. */
export async function imagingRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  for (const routes of [
    machinesRoutes,
    measuringRoutes,
    frameRoutes,
    reportRoutes,
    referralRoutes,
    exceptionsRoutes,
    paperRoutes,
    viewerRoutes,
  ])
    await routes(app, platform);
}
