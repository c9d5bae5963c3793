import type { FastifyRequest } from 'fastify';
import {
  firstFree,
  nearestFree,
  readStart,
  type Service,
  type TimeView,
  timeViewFor,
} from '../../booking/index.ts';
import type { Slot } from './pages/page-of.ts';

/** How many free times a page offers at once. */
const OFFERED = 5;

/** The first free times of a service at any of its sites, and how they are written for this viewer. */
export async function firstSlots(
  request: FastifyRequest,
  service: Service,
  now: number,
): Promise<{ readonly slots: readonly Slot[]; readonly time: TimeView }> {
  const { clinic, context } = request;
  const sites =
    service.mode === 'telehealth' ? [null] : clinic.sites.filter((site) => service.siteIds.includes(site.id));
  const found = await Promise.all(
    sites.map(async (site) => {
      const wish = { service, siteId: site?.id ?? null, clinicianId: null };
      const starts = await firstFree(context, clinic, wish, OFFERED, now);
      return starts.map(({ start }) => ({ start, site }));
    }),
  );
  const slots = found
    .flat()
    .sort((a, b) => a.start - b.start)
    .slice(0, OFFERED);
  const [first] = slots;
  return { slots, time: timeViewFor(request, first?.site?.id ?? null) };
}

/** The free times nearest to one that is wanted, at the same place and with the same person. */
export async function slotsNear(
  request: FastifyRequest,
  wanted: { readonly siteId: string | null; readonly clinicianId: string | null; readonly start: number },
  service: Service,
  now: number,
): Promise<{ readonly slots: readonly Slot[]; readonly time: TimeView }> {
  const { clinic, context } = request;
  const wish = { service, siteId: wanted.siteId, clinicianId: wanted.clinicianId };
  const starts = await nearestFree(context, clinic, wish, wanted.start, OFFERED, now);
  return slotsAt(request, wanted.siteId, starts);
}

/** Free times of one place as a page offers them. */
export function slotsAt(
  request: FastifyRequest,
  siteId: string | null,
  starts: readonly { readonly start: number }[],
): { readonly slots: readonly Slot[]; readonly time: TimeView } {
  const site = request.clinic.sites.find((one) => one.id === siteId) ?? null;
  return { slots: starts.map(({ start }) => ({ start, site })), time: timeViewFor(request, siteId) };
}

/** A time as a form sends it, `1764059400000 harbour`, or null where it is none. */
export function readSlot(
  request: FastifyRequest,
  text: string | undefined,
): { readonly start: number; readonly siteId: string | null; readonly siteSlug: string | null } | null {
  const [at, slug = ''] = (text ?? '').split(' ', 2);
  const start = readStart(at);
  if (start === null) return null;
  const site = request.clinic.sites.find((one) => one.slug === slug) ?? null;
  return { start, siteId: site?.id ?? null, siteSlug: site?.slug ?? null };
}
