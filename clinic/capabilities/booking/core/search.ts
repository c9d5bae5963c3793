import {
  freeStartsFromOpen,
  nearestStarts,
  type OpenResource,
  openResources,
  type Span,
  type Start,
} from '@rectus/schedule';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { busySpans } from './busy.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { placeZone, resourcesFor, scheduledService, type Wish } from './wish.ts';

/** A visit that can be booked now; epoch milliseconds, buffers not included. */
export type FreeStart = Start;

const DAY_MS = 86_400_000;
const KEPT_SPANS = 500;

/** Every start within the span at which the wish can be booked. `now` decides lead time and horizon. */
export async function freeStarts(
  context: ClinicContext,
  clinic: Clinic,
  wish: Wish,
  span: Span,
  now: number,
): Promise<readonly FreeStart[]> {
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  const bookable = bookablePart(wish, span, now);
  if (!bookable) return [];
  const open = opened(catalogue, wish, bookable);
  const reach = { start: bookable.start - DAY_MS, end: bookable.end + DAY_MS };
  const ids = open.map((resource) => resource.id);
  const busy = await inClinic(context, (tx) => busySpans(tx, ids, reach));
  return freeStartsFromOpen({
    service: scheduledService(catalogue, wish),
    resources: open.map((resource) => ({ ...resource, busy: busy.get(resource.id) ?? [] })),
    timeZone: placeZone(clinic, wish.siteId),
    within: span,
    now,
  });
}

/** The first so many free starts from now to the service's horizon. Looks one week, then ever longer stretches ahead. */
export async function firstFree(
  context: ClinicContext,
  clinic: Clinic,
  wish: Wish,
  count: number,
  now: number,
): Promise<readonly FreeStart[]> {
  const found: FreeStart[] = [];
  const horizon = now + (wish.service.horizonDays + 2) * DAY_MS;
  for (let start = now, days = 7; start < horizon && found.length < count; days *= 2) {
    const end = Math.min(start + days * DAY_MS, horizon);
    found.push(...(await freeStarts(context, clinic, wish, { start, end }, now)));
    start = end;
  }
  return found.slice(0, count);
}

/** The free starts nearest to the wanted one, in order of time: what to offer when it is gone. */
export async function nearestFree(
  context: ClinicContext,
  clinic: Clinic,
  wish: Wish,
  wanted: number,
  count: number,
  now: number,
): Promise<readonly FreeStart[]> {
  for (const days of [2, 7, 21]) {
    const span = { start: Math.max(now, wanted - days * DAY_MS), end: Math.max(now, wanted) + days * DAY_MS };
    const near = await freeStarts(context, clinic, wish, span, now);
    if (near.length >= count) return nearestStarts(near, wanted, count);
  }
  return firstFree(context, clinic, wish, count, now);
}

function bookablePart({ service }: Wish, span: Span, now: number): Span | null {
  const start = Math.max(span.start, now + service.leadMin * 60_000);
  const end = Math.min(span.end, now + (service.horizonDays + 2) * DAY_MS);
  return start < end ? { start, end } : null;
}

/** Opening hours by whole weeks, so that searches which differ by minutes share what was worked out. */
function opened(catalogue: Catalogue, wish: Wish, span: Span): readonly OpenResource[] {
  const week = 7 * DAY_MS;
  const start = Math.floor((span.start - DAY_MS) / week) * week;
  const end = Math.ceil((span.end + DAY_MS) / week) * week;
  const kinds = wish.service.needs.map((need) => need.kind).join(' ');
  const key = `${wish.siteId} ${kinds} ${start} ${end}`;
  const known = catalogue.opened.get(key);
  if (known) return known;
  const open = openResources(resourcesFor(catalogue, { ...wish, clinicianId: null }), { start, end });
  if (catalogue.opened.size >= KEPT_SPANS) catalogue.opened.clear();
  catalogue.opened.set(key, open);
  return open;
}
