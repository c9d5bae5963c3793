import { addDays, dateAt, type Weekday } from '@rectus/schedule';
import { BERLIN, holidaysBetween } from './holidays.ts';
import { type ClinicPlan, type ResourcePlan, type SitePlan, siteHolidays } from './plan.ts';
import type { Random } from './random.ts';

const ZONE = 'Europe/Berlin';
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5];

/** A clinic that has nothing to do with the first one and must never be seen by it. */
export function secondClinic(random: Random, id: string, now: number): ClinicPlan {
  const site: SitePlan = {
    id: random.uuid(),
    slug: 'garden',
    name: 'Garden house',
    city: 'Potsdam',
    address: 'Am Garten 2 (simulated address), Potsdam',
    timeZone: ZONE,
    note: 'Step-free.',
  };
  const jana = resource(random, site, {
    name: 'Jana Wolff',
    kinds: ['physiotherapist'],
    person: true,
    title: 'Physiotherapist',
    bio: 'Shoulders, necks and backs.',
    hours: [
      { siteId: site.id, telehealth: true, weekdays: WEEKDAYS, from: '08:00', to: '12:30', timeZone: ZONE },
      { siteId: site.id, telehealth: true, weekdays: WEEKDAYS, from: '13:30', to: '17:00', timeZone: ZONE },
    ],
  });
  const room = resource(random, site, {
    name: 'Green room',
    kinds: ['room'],
    person: false,
    title: '',
    bio: '',
    hours: [
      { siteId: site.id, telehealth: false, weekdays: WEEKDAYS, from: '08:00', to: '17:00', timeZone: ZONE },
    ],
  });
  const today = dateAt(now, ZONE);
  return {
    id,
    slug: 'second-demo',
    host: 'second.localhost',
    name: 'Garden Physio',
    currency: 'EUR',
    timeZone: ZONE,
    email: 'desk@garden.example.org',
    phone: '+49 30 23125 040',
    sites: [site],
    resources: [jana, room],
    services: services(random, site),
    staff: [
      {
        name: 'Jana Wolff',
        email: 'owner@garden.example.org',
        password: 'the garden looks again',
        role: 'owner',
        resourceId: jana.id,
      },
    ],
    closures: siteHolidays(site, holidaysBetween(BERLIN, addDays(today, -30), addDays(today, 366))),
    breaks: [],
    patientCount: 60,
  };
}

function resource(random: Random, site: SitePlan, of: Omit<ResourcePlan, 'id' | 'siteId'>): ResourcePlan {
  return { ...of, id: random.uuid(), siteId: site.id };
}

function services(random: Random, site: SitePlan): ClinicPlan['services'] {
  const usual = { bufferAfterMin: 0, stepMin: 15, leadMin: 120, online: true } as const;
  return [
    {
      ...usual,
      id: random.uuid(),
      slug: 'visit',
      name: 'Visit',
      summary: 'An hour for shoulder, neck or back.',
      mode: 'site',
      durationMin: 60,
      priceMinor: 7000,
      siteIds: [site.id],
      needs: [
        { kind: 'physiotherapist', count: 1 },
        { kind: 'room', count: 1 },
      ],
      weight: 3,
    },
    {
      ...usual,
      id: random.uuid(),
      slug: 'video',
      name: 'Visit by video',
      summary: 'Half an hour from home.',
      mode: 'telehealth',
      durationMin: 30,
      priceMinor: 4500,
      siteIds: [],
      needs: [{ kind: 'physiotherapist', count: 1 }],
      weight: 1,
    },
  ];
}
