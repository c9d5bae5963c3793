import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../platform/web/server.ts';
import { uploadRoutes } from './files/upload-routes.ts';
import { normsRoutes } from './norms/norms-routes.tsx';
import { patientReportRoutes } from './patient/patient-routes.tsx';
import { reportRoutes } from './report/report-routes.tsx';
import { sessionRoutes } from './sessions/session-routes.tsx';

/** Everything that the gait lab shows and takes. */
export async function gaitLabRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  await sessionRoutes(app, platform);
  await normsRoutes(app, platform);
  await uploadRoutes(app, platform);
  await reportRoutes(app, platform);
  await patientReportRoutes(app, platform);
}
