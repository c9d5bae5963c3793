import type { FastifyInstance } from 'fastify';
import type { DeskPart, OrderShown } from '../../../platform/web/desk-part.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { newOrderRoutes } from './new-order-routes.tsx';
import { orderRoutes } from './order-routes.tsx';
import { ordersRoutes } from './orders-routes.tsx';
import { payLinkRoutes } from './pay-link-page.tsx';
import { refundRoutes } from './refund-routes.tsx';
import { visitRoutes } from './visit-routes.ts';

/** Money at the desk: orders, payments, refunds. */
export function moneyAtDeskRoutes(
  app: FastifyInstance,
  platform: Platform,
  ofOrder: readonly DeskPart<OrderShown>[] = [],
): void {
  ordersRoutes(app, platform);
  newOrderRoutes(app, platform);
  visitRoutes(app, platform);
  orderRoutes(app, platform, ofOrder);
  refundRoutes(app, platform);
  payLinkRoutes(app, platform);
}
