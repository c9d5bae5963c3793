import type { FastifyInstance } from 'fastify';
import type { DeskPart, OrderShown } from '../../platform/web/desk-part.ts';
import type { Platform } from '../../platform/web/server.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { moneyAtDeskRoutes } from './desk/routes.ts';
import { inboxRoutes } from './inbox/routes.ts';
import { moneyRoutes } from './money/routes.ts';
import { paperRoutes } from './papers/routes.ts';
import { practiceRoutes } from './providers/practice/routes.tsx';
import { publicPaymentRoutes } from './public/routes.ts';

/** Every page and door of this capability. */
export async function paymentRoutes(
  app: FastifyInstance,
  platform: Platform,
  ofOrder: readonly DeskPart<OrderShown>[] = [],
): Promise<void> {
  const parts: readonly ((app: FastifyInstance, platform: Platform) => Promise<void> | void)[] = [
    inboxRoutes,
    paperRoutes,
    practiceRoutes,
    publicPaymentRoutes,
    (to, of) => moneyAtDeskRoutes(to, of, ofOrder),
    moneyRoutes,
    catalogueRoutes,
  ];
  for (const routes of parts) await routes(app, platform);
}
