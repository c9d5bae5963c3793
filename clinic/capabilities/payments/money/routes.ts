import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../../platform/web/server.ts';
import { dayRoutes } from './day-routes.tsx';
import { ownerRoutes } from './owner-routes.tsx';

/** The money of a day for whoever has the till, and everything else about money for the owner. */
export function moneyRoutes(app: FastifyInstance, platform: Platform): void {
  dayRoutes(app, platform);
  ownerRoutes(app, platform);
}
