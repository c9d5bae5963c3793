import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../platform/web/server.ts';

/** Every page and door of this capability. */
export async function paymentRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const parts: readonly ((app: FastifyInstance, platform: Platform) => Promise<void> | void)[] = [];
  for (const routes of parts) await routes(app, platform);
}
