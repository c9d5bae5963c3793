import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { FormValues } from '../../../platform/web/form.ts';
import { type PublicPageOptions, publicPage } from '../../../platform/web/public-page.tsx';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { bookingOf } from '../core/booking.ts';
import type { Catalogue } from '../core/catalogue.ts';
import type { Hold } from '../core/hold.ts';
import type { Terms, Till } from '../core/till.ts';
import { placeZone } from '../core/wish.ts';
import type { HeldView } from '../pages/held.tsx';
import { type TimeView, timeView } from '../pages/times.ts';
import { readVisit, type Visit, type VisitChoice } from '../pages/visit.ts';
import { boughtOf, viewerZoneOf } from './session.ts';

const ISLANDS = 'capabilities/booking/islands';
export const HOLD_CLOCK = `${ISLANDS}/hold-clock`;
export const DRAFT_KEEPER = `${ISLANDS}/draft-keeper`;
export const VIEWER_ZONE = `${ISLANDS}/viewer-zone`;

/** Sends a page of a booking: never stored, its own bar at the thumb, and indexed only if it describes itself. */
export function sendStep(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  options: Pick<PublicPageOptions, 'title' | 'islands' | 'description'> & { status?: number },
  body: VNode,
): FastifyReply {
  const { status = 200, ...page } = options;
  const markup = publicPage(
    platform.assets,
    request,
    { ...page, dock: false, noIndex: page.description === undefined },
    body,
  );
  return sendPage(reply, markup, { status });
}

/** How times are written for this viewer at the visit's place. */
export function timeViewFor(
  request: FastifyRequest,
  siteId: string | null,
  fallbackZone: string | null = null,
): TimeView {
  const viewer = viewerZoneOf(request) ?? fallbackZone;
  return timeView(request.clinic.locale, placeZone(request.clinic, siteId), viewer);
}

/** What a hold is for, put together again. Null when the service is gone. */
export function visitOfHold(
  catalogue: Catalogue,
  request: FastifyRequest,
  hold: Hold,
  asked: Visit | null,
): Visit | null {
  const service = catalogue.service(hold.serviceId);
  if (!service) return null;
  const site = request.clinic.sites.find((one) => one.id === hold.siteId) ?? null;
  return { service, site, clinician: asked?.clinician ?? null, who: asked?.who ?? '' };
}

/** How a visit is paid by whoever sits at this browser. */
export function termsFor(
  platform: Platform,
  till: Till,
  request: FastifyRequest,
  { service }: Pick<Visit, 'service'>,
): Promise<Terms> {
  return till.terms(bookingOf(platform, request), service, boughtOf(platform, request));
}

/** The visit that an address or a form is about. Throws a 404 for one that this browser cannot book. */
export async function visitFor(
  platform: Platform,
  till: Till,
  request: FastifyRequest,
  catalogue: Catalogue,
  values: FormValues,
): Promise<VisitChoice> {
  const service = catalogue.serviceBySlug(values.service ?? '');
  const offline = service && !service.online && boughtOf(platform, request) !== null;
  const bought = offline ? (await termsFor(platform, till, request, { service })).kind === 'entitled' : false;
  return readVisit(catalogue, request.clinic, values, bought);
}

/** The hold as pages show it. */
export function heldViewOf(
  catalogue: Catalogue,
  request: FastifyRequest,
  hold: Hold,
  visit: Visit,
  terms: Terms,
): HeldView {
  const person = hold.clinicianId ? catalogue.resource(hold.clinicianId) : undefined;
  return {
    visit,
    hold,
    terms,
    with: person ? { name: person.name, title: person.title } : null,
    time: timeViewFor(request, hold.siteId),
    changeNoticeMin: request.clinic.changeNoticeMin,
  };
}
