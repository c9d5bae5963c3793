import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { formValues } from '../../../platform/web/form.ts';
import { allowFormTargets } from '../../../platform/web/form-targets.ts';
import { publicPage } from '../../../platform/web/public-page.tsx';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { signId } from '../../../platform/web/signed-id.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { readCatalogue, viewerZoneOf } from '../../booking/index.ts';
import { askAgain } from '../core/checkout.ts';
import { cancelOrder } from '../core/desk.ts';
import type { Payments } from '../core/payments.ts';
import { firstSlots, readSlot, slotsAt, slotsNear } from './free-slots.ts';
import { changeTime, chooseTime, takeMoneyBack } from './order-actions.ts';
import { type OrderView, readOrderView } from './order-view.ts';
import { OrderPage, orderTitle } from './pages/order-page.tsx';
import type { Choices, News, NextBooking, OrderPageProps } from './pages/page-of.ts';
import { MOST_LOOKS } from './pages/waiting-pages.tsx';
import { goPay, openOrderKey, publicPayments } from './public-payments.ts';

const LIMIT = { rateLimit: { max: 120, timeWindow: 60_000 } };
const CHANGE_LIMIT = { rateLimit: { max: 30, timeWindow: 60_000 } };
/** How long a page that waits for a bank rests before it looks again. */
const LOOK_AFTER_S = 4;

export interface OrderParams {
  readonly key: string;
}

/** An order that the address of a request opens. */
export interface OpenOrder {
  readonly payments: Payments;
  readonly view: OrderView;
  readonly orderId: string;
  readonly key: string;
  /** `/orders/<signed id>` */
  readonly path: string;
}

/** What an answer adds to the order's page. */
export interface Extra {
  readonly news?: News;
  readonly choices?: Choices;
  readonly status?: number;
}

/** The order's own page and what can be done there. GET shows, only POST acts. */
export async function orderRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  app.get<{ Params: OrderParams }>('/orders/:key', { config: LIMIT }, async (request, reply) => {
    const open = await openOrder(platform, request, request.params.key);
    await inClinic(request.context, (clinic) =>
      record(clinic, { action: 'order.viewed', subject: { kind: 'order', id: open.orderId } }),
    );
    const values = formValues(request.query);
    const fresh = await asked(open, values);
    const news = newsOf(values, fresh.view);
    return sendOrder(request, reply, fresh, news ? { news } : {});
  });

  app.get<{ Params: OrderParams }>('/orders/:key/return', { config: LIMIT }, async (request, reply) => {
    const { payments, orderId, path } = await openOrder(platform, request, request.params.key);
    await askAgain(payments, orderId, 'read');
    const left = formValues(request.query).left === '1';
    return reply.redirect(left ? `${path}?left=1` : path, 303);
  });

  app.post<{ Params: OrderParams }>('/orders/:key/pay', { config: CHANGE_LIMIT }, async (request, reply) => {
    const open = await openOrder(platform, request, request.params.key);
    const { payments, orderId, path, view } = open;
    if (!canPay(view)) return reply.redirect(path, 303);
    const slot = readSlot(request, formValues(request.body).slot);
    if (slot && !(await changeTime(payments, orderId, slot.start))) return reply.redirect(path, 303);
    const way = await goPay(payments, orderId);
    if (way.ok) return reply.redirect(way.url, 303);
    const slots = slotsAt(request, view.order.booking?.siteId ?? null, way.nearest);
    return sendOrder(request, reply, open, { choices: { slots, leadTo: 'pay' }, status: 409 });
  });

  app.post<{ Params: OrderParams }>(
    '/orders/:key/cancel',
    { config: CHANGE_LIMIT },
    async (request, reply) => {
      const { payments, orderId, path, view } = await openOrder(platform, request, request.params.key);
      if (view.order.source === 'online') {
        await cancelOrder(payments, orderId, 'Cancelled by the buyer.');
        await askAgain(payments, orderId, 'expire');
      }
      return reply.redirect(path, 303);
    },
  );

  app.post<{ Params: OrderParams }>(
    '/orders/:key/choose',
    { config: CHANGE_LIMIT },
    async (request, reply) => {
      const open = await openOrder(platform, request, request.params.key);
      const { payments, orderId, path } = open;
      const values = formValues(request.body);
      if (values.back === 'yes') {
        await takeMoneyBack(payments, orderId);
        return reply.redirect(path, 303);
      }
      const slot = readSlot(request, values.slot);
      if (!slot) return reply.redirect(path, 303);
      const chosen = await chooseTime(payments, orderId, slot.start, viewerZoneOf(request));
      if (chosen.ok || chosen.reason === 'settled') return reply.redirect(path, 303);
      return sendOrder(request, reply, open, {
        status: 409,
        news: {
          kind: 'warn',
          title: 'That time cannot be had either',
          text: 'Your money is still safe here. These are the nearest that are free now.',
        },
      });
    },
  );
}

/** What the address of an order's page opens. @throws UserError 404 for one that nobody here gave out */
export async function openOrder(
  platform: Platform,
  request: FastifyRequest,
  key: string,
): Promise<OpenOrder> {
  const orderId = openOrderKey(platform, key);
  if (!orderId) throw notFound('order');
  const payments = await publicPayments(platform, request);
  const view = await readOrderView(payments, orderId);
  if (!view) throw notFound('order');
  return { payments, view, orderId, key, path: `/orders/${key}` };
}

/** The order after the provider was asked, where it may know more than we do. */
async function asked(open: OpenOrder, values: Readonly<Record<string, string>>): Promise<OpenOrder> {
  const { payments, view, orderId } = open;
  const waiting = view.payments.some((one) => one.status === 'open' || one.status === 'starting');
  const how =
    view.state === 'processing' ? (values.look ? 'read' : null) : waiting && isOver(view) ? 'expire' : null;
  if (!how) return open;
  await askAgain(payments, orderId, how);
  return { ...open, view: (await readOrderView(payments, orderId)) ?? view };
}

function isOver(view: OrderView): boolean {
  return view.over && view.order.paidMinor === 0;
}

/** An order is paid while something of it is open; one that has expired online is ordered anew at today's price. */
function canPay({ state, order }: OrderView): boolean {
  return order.openMinor > 0 && ['awaiting', 'failed', 'part_paid'].includes(state);
}

/** The order's page as it is now. */
export async function sendOrder(
  request: FastifyRequest,
  reply: FastifyReply,
  open: OpenOrder,
  extra: Extra = {},
): Promise<FastifyReply> {
  const { payments, view, path, key } = open;
  const { platform, clinic, provider } = payments;
  const looks = Math.min(MOST_LOOKS, Number(formValues(request.query).look) || 0);
  if (view.state === 'processing' && looks < MOST_LOOKS)
    reply.header('refresh', `${LOOK_AFTER_S}; url=${path}?look=${looks + 1}`);
  if (provider) allowFormTargets(reply, provider.origins);
  const catalogue = await readCatalogue(request.context, clinic.catalogueVersion);
  const props: OrderPageProps = {
    view,
    clinic,
    path,
    orderKey: key,
    practice: isPractice(view, provider?.method),
    payable: provider !== null,
    news: extra.news ?? null,
    next: await nextOf(request, open, catalogue.service),
    choices: extra.choices ?? (await choicesOf(request, open, catalogue.service)),
    services: catalogue.service,
    manageLink: (id) => `/manage/${signId(platform.config.secret ?? '', 'manage', id)}`,
    viewerZone: viewerZoneOf(request),
    now: platform.clock.now(),
    looks,
  };
  const options = { title: orderTitle(view.state), dock: false, noIndex: true };
  const markup = publicPage(platform.assets, request, options, <OrderPage {...props} />);
  return sendPage(reply, markup, { status: extra.status ?? 200 });
}

function isPractice(view: OrderView, method: string | undefined): boolean {
  return view.payments.length > 0
    ? view.payments.some((payment) => payment.method === 'practice')
    : method === 'practice';
}

/** What is to be booked now: the first thing that was bought, while nothing of the order is booked. */
async function nextOf(
  request: FastifyRequest,
  { view, payments }: OpenOrder,
  services: OrderPageProps['services'],
): Promise<NextBooking | null> {
  const now = payments.platform.clock.now();
  const stands = view.state === 'paid' || view.state === 'part_paid';
  if (!stands || view.visits.some((visit) => visit.status !== 'cancelled')) return null;
  const entitlement = view.entitlements.find(
    (one) => one.left > 0 && (one.validUntil === null || one.validUntil > now),
  );
  const service = entitlement && services(entitlement.serviceId);
  if (!entitlement || !service?.active) return null;
  return { entitlement, service, slots: await firstSlots(request, service, now) };
}

/** Whoever paid for a time that was gone is offered those that are near it. */
async function choicesOf(
  request: FastifyRequest,
  { view, payments }: OpenOrder,
  services: OrderPageProps['services'],
): Promise<Choices | null> {
  const { booking } = view.order;
  const service = booking && services(booking.serviceId);
  if (view.state !== 'to_choose' || !booking || !service) return null;
  const slots = await slotsNear(request, booking, service, payments.platform.clock.now());
  return { slots, leadTo: 'choose' };
}

function newsOf(values: Readonly<Record<string, string>>, view: OrderView): News | null {
  if (view.state !== 'awaiting' && view.state !== 'failed' && view.state !== 'part_paid') return null;
  if (values.trouble === 'unavailable') {
    return {
      kind: 'warn',
      title: 'The payment page cannot be reached at the moment',
      text: 'Nothing was taken and nothing is lost. Please try again in a minute.',
    };
  }
  if (values.trouble === 'refused') {
    return {
      kind: 'warn',
      title: 'This payment cannot be made online',
      text: 'Nothing was taken. Please talk to the clinic: there are other ways to pay.',
    };
  }
  if (values.left === '1' && view.state !== 'part_paid') {
    return {
      kind: 'plain',
      title: 'You came back without paying',
      text: 'Nothing was taken. You can go on where you left, or cancel the order.',
    };
  }
  return null;
}
