import type { FastifyRequest } from 'fastify';
import { firstFree, nearestFree, readStart, type Service, timeViewFor } from '../../booking/index.ts';
import type { Slot } from './pages/page-of.ts';

/** How many free times a page offers at once. */
const OFFERED = 5;
/** How many are looked at to find some that lie apart. */
const LOOKED_AT = 60;
/** Two times of an offer lie at least this far apart, where there are enough. */
const APART_MS = 3 * 3_600_000;

/** The first free times of a service at any of its sites. */
export async function firstSlots(
  request: FastifyRequest,
  service: Service,
  now: number,
): Promise<readonly Slot[]> {
  const { clinic, context } = request;
  const sites =
    service.mode === 'telehealth' ? [null] : clinic.sites.filter((site) => service.siteIds.includes(site.id));
  const found = await Promise.all(
    sites.map(async (site) => {
      const wish = { service, siteId: site?.id ?? null, clinicianId: null };
      const starts = await firstFree(context, clinic, wish, LOOKED_AT, now);
      return slotsAt(request, site?.id ?? null, starts);
    }),
  );
  return apart(found.flat().sort((a, b) => a.start - b.start));
}

/** A few of many, so that a morning and an afternoon stand there rather than five quarters of an hour. */
function apart<T extends Slot>(all: readonly T[]): readonly T[] {
  const chosen: T[] = [];
  for (const slot of all) {
    const last = chosen.at(-1);
    if (!last || slot.start - last.start >= APART_MS) chosen.push(slot);
  }
  const others = all.filter((slot) => !chosen.includes(slot));
  return [...chosen, ...others].slice(0, OFFERED).sort((a, b) => a.start - b.start);
}

/** The free times nearest to one that is wanted, at the same place and with the same person. */
export async function slotsNear(
  request: FastifyRequest,
  wanted: { readonly siteId: string | null; readonly clinicianId: string | null; readonly start: number },
  service: Service,
  now: number,
): Promise<readonly Slot[]> {
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
): readonly Slot[] {
  const site = request.clinic.sites.find((one) => one.id === siteId) ?? null;
  const time = timeViewFor(request, siteId);
  return starts.map(({ start }) => ({ start, site, time }));
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
