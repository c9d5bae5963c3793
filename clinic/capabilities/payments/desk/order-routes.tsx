import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type DeskPart, type OrderShown, showParts } from '../../../platform/web/desk-part.ts';
import { type FormErrors, formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { UserError } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { cancelOrder, sendPayLink } from '../core/desk.ts';
import { paymentsOf } from '../payments-of.ts';
import { changeCodes } from './change-codes.ts';
import { changePayer } from './change-payer.ts';
import { findOrder, goTo, mayCharge, orderHref, type WithId } from './find-order.ts';
import { newsOf, type OrderNews } from './order-news.ts';
import { OrderPage } from './order-page.tsx';
import type { OrderForm } from './order-page-props.ts';
import { takeByForm } from './take-by-form.ts';

const ISLANDS = ['capabilities/payments/islands/take-payment'];

/** One order at the desk: look, take payment, send the link, type codes, change the payer, cancel. */
export function orderRoutes(
  app: FastifyInstance,
  platform: Platform,
  parts: readonly DeskPart<OrderShown>[],
): void {
  const staff = { preHandler: requireStaff() };
  const desk = { preHandler: requireStaff('front_desk', 'owner') };

  app.get<WithId & { Querystring: OrderNews }>('/desk/orders/:id', staff, async (request, reply) => {
    const shown = await findOrder(request);
    await inClinic(request.context, (clinic) =>
      record(clinic, { action: 'order.viewed', subject: { kind: 'order', id: shown.order.id } }),
    );
    return sendOrder({ platform, parts }, request, reply);
  });

  app.post<WithId>('/desk/orders/:id/payments', desk, async (request, reply) => {
    const { order } = await findOrder(request);
    const form = await takeByForm(await paymentsOf(platform, request), order, formValues(request.body));
    if (!form.ok)
      return sendOrder({ platform, parts }, request, reply.status(422), { ...form, form: 'take' });
    const { paymentId, changeMinor } = form;
    const change = changeMinor === null ? undefined : `${changeMinor}`;
    return goTo(reply, orderHref(order.id, { taken: paymentId, change }));
  });

  app.post<WithId>('/desk/orders/:id/link', desk, async (request, reply) => {
    const { order } = await findOrder(request);
    if (await sendPayLink(await paymentsOf(platform, request), order.id))
      return goTo(reply, orderHref(order.id, { link: 'sent' }));
    throw new UserError(
      409,
      'The pay link was not sent',
      'There is nothing left to pay, or the payer has no e-mail address.',
      { href: orderHref(order.id), label: 'Back to the order' },
    );
  });

  app.post<WithId>('/desk/orders/:id/codes', staff, async (request, reply) => {
    const { order, lines } = await findOrder(request);
    const form = await changeCodes(request.context, order.id, lines, formValues(request.body));
    if (form) return sendOrder({ platform, parts }, request, reply.status(422), { ...form, form: 'codes' });
    return goTo(reply, orderHref(order.id, { saved: 'codes' }));
  });

  app.post<WithId>('/desk/orders/:id/payer', desk, async (request, reply) => {
    const { order } = await findOrder(request);
    const form = await changePayer(request.context, order.id, request.body);
    if (form) return sendOrder({ platform, parts }, request, reply.status(422), { ...form, form: 'payer' });
    return goTo(reply, orderHref(order.id, { saved: 'payer' }));
  });

  app.post<WithId>('/desk/orders/:id/cancel', desk, async (request, reply) => {
    const { order } = await findOrder(request);
    const values = formValues(request.body);
    const reason = (values['cancel-reason'] ?? '').trim();
    if (reason === '') {
      const errors = { 'cancel-reason': 'Say why, so that others understand it later' };
      return sendOrder({ platform, parts }, request, reply.status(422), { form: 'cancel', values, errors });
    }
    if (await cancelOrder(await paymentsOf(platform, request), order.id, reason))
      return goTo(reply, orderHref(order.id, { saved: 'cancelled' }));
    throw new UserError(
      409,
      'This order cannot be cancelled',
      'It is cancelled already, or something was paid meanwhile. What was paid can be refunded.',
      { href: orderHref(order.id), label: 'Back to the order' },
    );
  });
}

async function sendOrder(
  { platform, parts }: { readonly platform: Platform; readonly parts: readonly DeskPart<OrderShown>[] },
  request: FastifyRequest<WithId>,
  reply: FastifyReply,
  refused?: FormErrors & { readonly form: OrderForm },
) {
  const { clinic } = request;
  const shown = await findOrder(request);
  const added = await inClinic(request.context, (tx) =>
    showParts(parts, tx, request, { orderId: shown.order.id }),
  );
  const page = (
    <OrderPage
      clinic={clinic}
      shown={shown}
      parts={added}
      mayCharge={mayCharge(request)}
      online={(await paymentsOf(platform, request)).provider !== null}
      takeNow={(request.query as OrderNews).take === 'now'}
      news={newsOf(request.query as OrderNews, shown, clinic)}
      pressKey={refused?.values.key || crypto.randomUUID()}
      refused={refused}
    />
  );
  const options = { title: `Order ${shown.order.number}`, current: 'orders', islands: ISLANDS } as const;
  return sendPage(reply, await deskPage(platform, request, options, page), { status: reply.statusCode });
}
