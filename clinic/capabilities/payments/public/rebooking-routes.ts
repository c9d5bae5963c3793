import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formValues } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import {
  holdIdOf,
  keepDraft,
  personDraft,
  readCatalogue,
  rememberBought,
  rememberHold,
  type Service,
  takeHold,
  viewerZoneOf,
} from '../../booking/index.ts';
import { readSlot, slotsAt } from './free-slots.ts';
import { type OpenOrder, type OrderParams, openOrder, sendOrder } from './order-routes.tsx';

const LIMIT = { rateLimit: { max: 30, timeWindow: 60_000 } };

/** From an order back into booking: with what was bought, or once more after the time to pay was over. */
export async function rebookingRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  app.get<{ Params: OrderParams }>('/orders/:key/book', { config: LIMIT }, async (request, reply) => {
    const open = await openOrder(platform, request, request.params.key);
    const bought = await boughtIn(request, open, formValues(request.query).entitlement);
    if (!bought) return reply.redirect(open.path, 303);
    rememberBought(platform, reply, bought.entitlementId);
    return reply.redirect(timesOf(request, bought.service), 303);
  });

  app.post<{ Params: OrderParams }>('/orders/:key/book', { config: LIMIT }, async (request, reply) => {
    const open = await openOrder(platform, request, request.params.key);
    const values = formValues(request.body);
    const bought = await boughtIn(request, open, values.entitlement);
    const slot = readSlot(request, values.slot);
    if (!bought || !slot || !isOffered(bought.service, slot.siteId)) return reply.redirect(open.path, 303);
    const { service } = bought;
    const taken = await takeHold(
      request.context,
      request.clinic,
      {
        wish: { service, siteId: slot.siteId, clinicianId: null },
        start: slot.start,
        viewerZone: viewerZoneOf(request),
        replaces: holdIdOf(platform, request),
      },
      platform.clock.now(),
    );
    if (!taken.ok) {
      return sendOrder(request, reply, open, {
        status: 409,
        news: {
          kind: 'warn',
          title: 'Somebody else has just taken that time',
          text: 'What you bought is still yours. These times are free now.',
        },
      });
    }
    rememberHold(platform, reply, taken.hold.id);
    rememberBought(platform, reply, bought.entitlementId);
    return reply.redirect(safetyOf(service, slot), 303);
  });

  app.post<{ Params: OrderParams }>('/orders/:key/again', { config: LIMIT }, async (request, reply) => {
    const open = await openOrder(platform, request, request.params.key);
    const { booking, person } = open.view.order;
    const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
    const service = booking && catalogue.service(booking.serviceId);
    if (!booking || !person || !service || open.view.state !== 'expired')
      return reply.redirect(open.path, 303);
    const site = request.clinic.sites.find((one) => one.id === booking.siteId);
    const start = readSlot(request, formValues(request.body).slot)?.start ?? booking.start;
    const wish = { service, siteId: booking.siteId, clinicianId: booking.clinicianId };
    const input = { wish, start, viewerZone: viewerZoneOf(request), replaces: holdIdOf(platform, request) };
    const taken = await takeHold(request.context, request.clinic, input, platform.clock.now());
    if (!taken.ok) {
      const choices = { slots: slotsAt(request, booking.siteId, taken.nearest), leadTo: 'again' } as const;
      return sendOrder(request, reply, open, { status: 409, choices });
    }
    await keepDraft(request.context, taken.hold.id, {
      draft: { ...taken.hold.draft, ...personDraft(person) },
    });
    rememberHold(platform, reply, taken.hold.id);
    return reply.redirect(safetyOf(service, { start, siteSlug: site?.slug ?? null }), 303);
  });
}

/** What of this order can be booked still, as a form or a link names it. */
async function boughtIn(
  request: FastifyRequest,
  { view }: OpenOrder,
  entitlementId: string | undefined,
): Promise<{ readonly entitlementId: string; readonly service: Service } | null> {
  const one = view.entitlements.find(
    (entitlement) => entitlement.id === entitlementId && entitlement.left > 0,
  );
  const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
  const service = one && catalogue.service(one.serviceId);
  return one && service?.active ? { entitlementId: one.id, service } : null;
}

/** Whether a service is given at this site; null is by video. */
function isOffered(service: Service, siteId: string | null): boolean {
  return service.mode === 'telehealth'
    ? siteId === null
    : siteId !== null && service.siteIds.includes(siteId);
}

function safetyOf(
  service: Service,
  { start, siteSlug }: { readonly start: number; readonly siteSlug: string | null },
): string {
  const query = new URLSearchParams({
    service: service.slug,
    ...(siteSlug ? { where: siteSlug } : {}),
    start: String(start),
  });
  return `/book/safety?${query}`;
}

/** All free times of a service; where it has several sites, the choice between them comes first. */
function timesOf(request: FastifyRequest, service: Service): string {
  const sites = request.clinic.sites.filter((site) => service.siteIds.includes(site.id));
  const [only] = sites;
  if (service.mode === 'site' && sites.length !== 1)
    return `/book?${new URLSearchParams({ service: service.slug })}`;
  const query = new URLSearchParams({ service: service.slug, ...(only ? { where: only.slug } : {}) });
  return `/book/time?${query}`;
}
