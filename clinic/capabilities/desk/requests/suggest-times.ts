import { addDays, dateAt, type Span, toInstant, toLocal } from '@rectus/schedule';
import type { ClinicContext } from '../../../platform/database/in-clinic.ts';
import type { PreferredTime } from '../../../platform/database/schema.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import {
  type Catalogue,
  type FreeStart,
  firstFree,
  freeStarts,
  nearestFree,
  placeZone,
  type Service,
  type Wish,
} from '../../booking/index.ts';
import type { OpenRequest } from './read-requests.ts';

/** A time that the desk can offer with one press. */
export interface Suggestion {
  readonly wish: Wish;
  readonly start: number;
  readonly zone: string;
  /** Whether it is one of the times that were asked for. */
  readonly preferred: boolean;
}

const HOURS = { morning: [0, 12], afternoon: [12, 17], evening: [17, 24], any: [0, 24] } as const;
const MOST_DATES = 10;

/** What a request can be booked as: the service asked for, or the first that is open to everybody there. */
export function wishOf(catalogue: Catalogue, clinic: Clinic, request: OpenRequest): Wish | null {
  const asked = request.serviceId ? catalogue.service(request.serviceId) : undefined;
  const siteId = request.mode === 'telehealth' ? null : (request.siteId ?? clinic.sites[0]?.id ?? null);
  const fits = (service: Service) =>
    service.active &&
    service.mode === request.mode &&
    (service.mode === 'telehealth' || (siteId !== null && service.siteIds.includes(siteId)));
  const service = asked && fits(asked) ? asked : catalogue.services.find((one) => one.online && fits(one));
  return service ? { service, siteId, clinicianId: null } : null;
}

/** Up to `count` free times on the days and at the times of day that suit the person; else those nearest to the first of them. */
export async function suggestTimes(
  context: ClinicContext,
  clinic: Clinic,
  wish: Wish,
  request: OpenRequest,
  now: number,
  count = 2,
): Promise<readonly Suggestion[]> {
  const zone = placeZone(clinic, wish.siteId);
  const viewer = request.viewerZone && wish.siteId === null ? request.viewerZone : zone;
  const found: FreeStart[] = [];
  for (const preferred of request.preferred.slice(0, MOST_DATES)) {
    const starts = await freeStarts(context, clinic, wish, spanOf(preferred, viewer), now);
    const first = starts.find((one) => suits(one.start, preferred.part, viewer));
    if (first) found.push(first);
    if (found.length >= count) break;
  }
  const [first] = request.preferred;
  const starts =
    found.length > 0
      ? found
      : first
        ? await nearestFree(context, clinic, wish, middleOf(first, viewer), count, now)
        : await firstFree(context, clinic, wish, count, now);
  return starts.slice(0, count).map(({ start }) => ({ wish, start, zone, preferred: found.length > 0 }));
}

function spanOf({ date }: PreferredTime, zone: string): Span {
  return { start: toInstant(`${date}T00:00`, zone), end: toInstant(`${addDays(date, 1)}T00:00`, zone) };
}

const MIDDLE = { morning: '10:00', afternoon: '14:30', evening: '18:00', any: '12:00' } as const;

function middleOf({ date, part }: PreferredTime, zone: string): number {
  return toInstant(`${date}T${MIDDLE[part]}`, zone);
}

/** Whether a start lies within the part of the day, by the clock of whoever asked. */
export function suits(start: number, part: PreferredTime['part'], zone: string): boolean {
  const [from, to] = HOURS[part];
  const { hour } = toLocal(start, zone);
  return hour >= from && hour < to;
}

/** "Wed 9:15", or with its date when it lies more than six days ahead. */
export function offerLabel(start: number, zone: string, locale: string, now: number): string {
  const { hour, minute } = toLocal(start, zone);
  const near = dateAt(start, zone) <= addDays(dateAt(now, zone), 6);
  const format: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    timeZone: zone,
    ...(near ? {} : { day: 'numeric', month: 'short' }),
  };
  const day = new Intl.DateTimeFormat(locale, format).format(start).replace(',', '');
  return `${day} ${hour}:${`${minute}`.padStart(2, '0')}`;
}
