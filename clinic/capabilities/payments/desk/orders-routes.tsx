import type { FastifyInstance } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { mayCharge, UUID } from './find-order.ts';
import { FILTERS, listOrders } from './list-orders.ts';
import { OrdersPage } from './orders-page.tsx';

interface Query {
  readonly Querystring: { readonly q?: string; readonly filter?: string; readonly before?: string };
}

/** The list of orders. */
export function ordersRoutes(app: FastifyInstance, platform: Platform): void {
  app.get<Query>('/desk/orders', { preHandler: requireStaff() }, async (request, reply) => {
    const { q, filter: asked, before } = request.query;
    const text = typeof q === 'string' ? q.trim().replaceAll('\0', '').slice(0, 200) : '';
    const filter = FILTERS.find((one) => one === asked) ?? 'all';
    const search = { text, filter, before: UUID.test(before ?? '') ? before : undefined };
    const orders = await inClinic(request.context, (clinic) =>
      listOrders(clinic, request.clinic, search, platform.clock.now()),
    );
    const page = (
      <OrdersPage
        clinic={request.clinic}
        text={text}
        filter={filter}
        orders={orders}
        mayCharge={mayCharge(request)}
      />
    );
    return sendPage(reply, await deskPage(platform, request, { title: 'Orders', current: 'orders' }, page));
  });
}
