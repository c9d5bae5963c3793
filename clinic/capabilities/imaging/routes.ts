import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../platform/web/server.ts';
import { arrivalsRoutes } from './arrivals/arrivals-routes.tsx';
import { refusalsRoutes } from './arrivals/refusals-routes.tsx';
import { clipRoutes } from './exams/clip-routes.ts';
import { examRoutes } from './exams/exam-routes.tsx';
import { clipUploadRoutes } from './exams/files/clip-upload-routes.ts';
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
    examRoutes,
    clipRoutes,
    clipUploadRoutes,
    arrivalsRoutes,
    refusalsRoutes,
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
