import type { FastifyInstance } from 'fastify';
import { clinicOrigin } from '../../../platform/web/clinic-origin.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { deskPage, QrCode, requireStaff } from '../../accounts/index.ts';
import { orderPath } from '../core/order-path.ts';
import type { Order } from '../core/orders.ts';
import { paymentsOf } from '../payments-of.ts';
import { figuresOf } from './figures.ts';
import { findOrder, type WithId } from './find-order.ts';

/** The pay link as a code that a telephone's camera reads, to show or to print. */
export function payLinkRoutes(app: FastifyInstance, platform: Platform): void {
  const desk = { preHandler: requireStaff('front_desk', 'owner') };

  app.get<WithId>('/desk/orders/:id/pay-link', desk, async (request, reply) => {
    const { order } = await findOrder(request);
    const { clinic } = request;
    const { provider } = await paymentsOf(platform, request);
    const url = `${clinicOrigin(platform.config.publicUrl, clinic.hosts)}${orderPath(platform, order.id)}`;
    const page = <PayLinkPage clinic={clinic} order={order} url={provider ? url : null} />;
    const options = { title: `Pay link of order ${order.number}`, current: 'orders' } as const;
    return sendPage(reply, await deskPage(platform, request, options, page));
  });
}

function PayLinkPage({ clinic, order, url }: { clinic: Clinic; order: Order; url: string | null }) {
  const { money } = figuresOf(clinic, order.currency);
  return (
    <>
      <p class="crumbs">
        <a href={`/desk/orders/${order.id}`}>‹ Order {order.number}</a>
      </p>
      <h1>
        {clinic.name}: order {order.number}
      </h1>
      {order.openMinor === 0 && <Notice kind="good" title="Nothing is left to pay" />}
      {!url && <Notice kind="warn" title="This clinic takes no payments online" />}
      {url && order.openMinor > 0 && (
        <div class="card pay-code stack">
          <p>
            To pay: <b>{money(order.openMinor)}</b>
          </p>
          <QrCode text={url} label="Code that leads to the payment page" />
          <p>Point the telephone’s camera at the code, or open this address:</p>
          <p class="small address">
            <a href={url}>{url}</a>
          </p>
          <p class="small soft">Whoever has the address can see and pay this order.</p>
          <p class="soft without-print">Print this page with your browser to hand it over.</p>
        </div>
      )}
    </>
  );
}
