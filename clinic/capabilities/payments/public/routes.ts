import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../../platform/web/server.ts';
import { buyRoutes } from './buy-routes.tsx';
import { orderRoutes } from './order-routes.tsx';
import { rebookingRoutes } from './rebooking-routes.ts';

/** Everything that a buyer reaches without an account. */
export async function publicPaymentRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  await buyRoutes(app, platform);
  await orderRoutes(app, platform);
  await rebookingRoutes(app, platform);
}
