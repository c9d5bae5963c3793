import { randomUUID } from 'node:crypto';
import { dateAt } from '@rectus/schedule';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type FormValues, formValues } from '../../../platform/web/form.ts';
import { allowFormTargets } from '../../../platform/web/form-targets.ts';
import { publicPage } from '../../../platform/web/public-page.tsx';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { UserError } from '../../../platform/web/user-error.ts';
import { type FieldErrors, personDraft, readCatalogue } from '../../booking/index.ts';
import { orderPath } from '../core/order-path.ts';
import { createOrder, OrderError, readOrder } from '../core/orders.ts';
import { freezePrice, priceMark } from '../core/prices.ts';
import { type Purchase, readPurchase } from './buy-form.ts';
import { type Offer, readOffer, readOffers } from './offers.ts';
import { refundTermsOf } from './order-view.ts';
import { BuyPage } from './pages/buy-page.tsx';
import { OffersPage } from './pages/offers-page.tsx';
import { goPay, openOrderKey, publicPayments } from './public-payments.ts';

const READ_LIMIT = { rateLimit: { max: 120, timeWindow: 60_000 } };
const BUY_LIMIT = { rateLimit: { max: 20, timeWindow: 60_000 } };

interface BuyParams {
  readonly slug: string;
}

/** What can be bought without an account, and buying it. */
export async function buyRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  app.get('/buy', { config: READ_LIMIT }, async (request, reply) => {
    const offers = await readOffers(request.context);
    const description = 'Packages of visits with their parts, prices and what happens after you bought one.';
    const body = <OffersPage offers={offers} clinic={request.clinic} />;
    return sendPage(reply, publicPage(platform.assets, request, { title: 'Buy now', description }, body));
  });

  app.get<{ Params: BuyParams }>('/buy/:slug', { config: READ_LIMIT }, async (request, reply) => {
    const offer = await offered(request, request.params.slug);
    const values = await typedBefore(request, formValues(request.query).again);
    return send(request, reply, offer, { values });
  });

  app.post<{ Params: BuyParams }>('/buy/:slug', { config: BUY_LIMIT }, async (request, reply) => {
    const { clinic, context } = request;
    const offer = await offered(request, request.params.slug);
    const values = formValues(request.body);
    const read = readPurchase(values, dateAt(platform.clock.now(), clinic.timeZone));
    if (!read.ok) return send(request, reply, offer, { values, errors: read.errors, status: 422 });
    const payments = await publicPayments(platform, request);
    if (!payments.provider) return send(request, reply, offer, { values, status: 409 });
    const ordered = await order(request, offer.id, read.purchase);
    if (!ordered) {
      const seen = /^\d{1,12}$/.test(values.seen ?? '') ? Number(values.seen) : offer.price.totalMinor;
      return send(request, reply, await offered(request, offer.slug), { values, seen, status: 409 });
    }
    const way = await goPay({ ...payments, context }, ordered);
    return reply.redirect(way.ok ? way.url : orderPath(platform, ordered), 303);
  });

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    offer: Offer,
    page: { values: FormValues; errors?: FieldErrors; seen?: number; status?: number },
  ): Promise<FastifyReply> {
    const { clinic, context } = request;
    const { provider } = await publicPayments(platform, request);
    if (provider) allowFormTargets(reply, provider.origins);
    const catalogue = await readCatalogue(context, clinic.catalogueVersion);
    const { values } = page;
    const body = (
      <BuyPage
        offer={offer}
        clinic={clinic}
        services={catalogue.service}
        refundTerms={await inClinic(context, refundTermsOf)}
        practice={provider?.method === 'practice'}
        payable={provider !== null}
        values={values}
        errors={page.errors ?? {}}
        formKey={z.uuid().safeParse(values.key).success ? (values.key ?? '') : randomUUID()}
        priceBefore={page.seen ?? null}
      />
    );
    const title = page.errors ? `Error: ${offer.name}` : `Buy now: ${offer.name}`;
    const options = { title, description: offer.summary, dock: false };
    return sendPage(reply, publicPage(platform.assets, request, options, body), {
      status: page.status ?? 200,
    });
  }

  /** What was typed for an order that has lapsed; its address is known to nobody but the buyer. */
  async function typedBefore(request: FastifyRequest, key: string | undefined): Promise<FormValues> {
    const id = key ? openOrderKey(platform, key) : null;
    const before = id ? await inClinic(request.context, (clinic) => readOrder(clinic, id)) : null;
    if (before?.source !== 'online' || !before.person) return {};
    const { payer, person } = before;
    const own = payer.name === `${person.givenName} ${person.familyName}` && payer.address === '';
    const other = own
      ? {}
      : { payerName: payer.name, payerEmail: payer.email ?? '', payerAddress: payer.address };
    return { ...personDraft(person), ...other };
  }
}

async function offered(request: FastifyRequest, slug: string): Promise<Offer> {
  const offer = await readOffer(request.context, slug);
  if (offer) return offer;
  throw new UserError(
    404,
    'This is not sold online',
    'It may have been renamed, or it is no longer sold here. Everything that can be bought is on one page.',
    { href: '/buy', label: 'See what you can buy' },
  );
}

/** Writes the order at the price that the buyer saw; null where it is another now. The same key orders once. */
async function order(request: FastifyRequest, productId: string, purchase: Purchase): Promise<string | null> {
  try {
    return await inClinic(request.context, async (clinic) => {
      const key = `buy ${purchase.key}`;
      const before = await clinic.tx
        .selectFrom('sales_order')
        .select('id')
        .where('clinic_id', '=', clinic.clinicId)
        .where('idempotency_key', '=', key)
        .executeTakeFirst();
      if (before) return before.id;
      const price = await freezePrice(clinic, { productId });
      if (!price) throw new OrderError('It is not sold any more.');
      if (priceMark(price) !== purchase.price) return null;
      const { person, payer } = purchase;
      return createOrder(clinic, { source: 'online', key, person, payer, prices: [price] });
    });
  } catch (error) {
    if (!(error instanceof OrderError)) throw error;
    throw new UserError(409, 'This cannot be bought now', `${error.message} Nothing was ordered.`, {
      href: '/buy',
      label: 'See what you can buy',
    });
  }
}
