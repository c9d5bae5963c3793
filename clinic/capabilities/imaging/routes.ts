import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../platform/web/server.ts';
import { measuringRoutes } from './measuring/measuring-routes.ts';

/** Everything of ultrasound that the desk shows and takes. */
export async function imagingRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  for (const routes of [measuringRoutes]) await routes(app, platform);
}
