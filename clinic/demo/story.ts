import { addDays, dateAt, weekdayOf } from '@rectus/schedule';
import type { PreferredTime, SafetyAnswers } from '../platform/database/schema.ts';
import type { ClinicPlan } from './plan.ts';
import type { Random } from './random.ts';

/** Somebody who asked for a visit and waits for an answer. */
export interface RequestPlan {
  readonly id: string;
  readonly mode: 'site' | 'telehealth';
  readonly siteId: string | null;
  readonly serviceId: string | null;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly email: string;
  readonly phone: string;
  readonly reason: string;
  readonly preferred: readonly PreferredTime[];
  readonly viewerZone: string;
  readonly safety: SafetyAnswers | null;
  readonly createdAt: number;
}

const MINUTE = 60_000;

/** The three requests that wait at the desk of the first clinic; one holds an answer that cannot wait. */
export function openRequests(
  plan: ClinicPlan,
  random: Random,
  safetyVersion: string,
  now: number,
): RequestPlan[] {
  const today = dateAt(now, plan.timeZone);
  const next = (weekday: number): string => addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
  const harbour = plan.sites[0]?.id ?? null;
  const service = (slug: string): string | null => plan.services.find((one) => one.slug === slug)?.id ?? null;
  return [
    {
      id: random.uuid(),
      mode: 'site',
      siteId: harbour,
      serviceId: service('first-visit'),
      givenName: 'Hana',
      familyName: 'Procházková',
      birthDate: addDays(today, -31 * 365 - 120),
      email: 'hana.prochazkova@example.org',
      phone: '+44 7700 900311',
      reason: 'Sharp on the right when I lift the car seat. My daughter is six weeks old.',
      preferred: [
        { date: next(3), part: 'morning' },
        { date: next(4), part: 'morning' },
      ],
      viewerZone: 'Europe/Lisbon',
      safety: null,
      createdAt: now - 9 * MINUTE,
    },
    {
      id: random.uuid(),
      mode: 'telehealth',
      siteId: null,
      serviceId: service('first-visit-video'),
      givenName: 'Luis',
      familyName: 'Garrido',
      birthDate: addDays(today, -38 * 365 - 40),
      email: 'luis.garrido@example.org',
      phone: '+44 7700 900312',
      reason: 'My calf has hurt since a long drive, and it is swollen. Could somebody look at it by video?',
      preferred: [{ date: next(1), part: 'any' }],
      viewerZone: 'Europe/Madrid',
      safety: { version: safetyVersion, yes: ['clot'] },
      createdAt: now - 26 * MINUTE,
    },
    {
      id: random.uuid(),
      mode: 'site',
      siteId: harbour,
      serviceId: service('lift-check'),
      givenName: 'Maren',
      familyName: 'Thomsen',
      birthDate: addDays(today, -63 * 365 - 200),
      email: 'maren.thomsen@example.org',
      phone: '+49 30 23125 313',
      reason:
        'I look after my grandson three days a week and would like to lift him without paying for it at night.',
      preferred: [
        { date: next(4), part: 'afternoon' },
        { date: next(5), part: 'afternoon' },
      ],
      viewerZone: 'Europe/Lisbon',
      safety: null,
      createdAt: now - 41 * MINUTE,
    },
  ];
}
