import type { SimulatedPerson, WalkPattern } from '@rectus/gait';
import { addDays, dateAt, toInstant, weekdayOf } from '@rectus/schedule';
import type { AppointmentPlan, Diary } from './diary.ts';
import { openTimes } from './open-times.ts';
import type { PatientPlan } from './patients.ts';
import type { ClinicPlan, ResourcePlan, ServicePlan, SitePlan } from './plan.ts';
import type { Random } from './random.ts';
import { FREER_WALK, GUARDED_WALK, MOTHER_BODY, STIFF_WALK, TALLER_BODY } from './walks.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The diary reaches two weeks back: what the story needs before that meets nobody. */
const BEFORE_THE_DIARY_DAYS = 16;
const WEEKS_BETWEEN = 6;

/** Whom a visitor can be: her own page shows two signed reports. */
export const DEMO_MOTHER = {
  givenName: 'Ada',
  familyName: 'Mendes',
  email: 'ada.mendes@example.org',
} as const;

/** Which words a session's report has. */
export type GaitWords = 'first' | 'second' | 'draft';

/** A session in the gait lab whose files the simulator makes. */
export interface GaitSessionPlan {
  readonly visit: AppointmentPlan;
  readonly body: SimulatedPerson;
  readonly walk: WalkPattern;
  /** Of the first walk; each further one has the next. */
  readonly seed: number;
  readonly words: GaitWords;
  /** Epoch milliseconds; null while nobody signed. */
  readonly signedAt: number | null;
}

export interface GaitStory {
  readonly mother: PatientPlan;
  /** Visits of the time before the diary begins. */
  readonly visits: readonly AppointmentPlan[];
  /** In the order in which they were walked. */
  readonly sessions: readonly GaitSessionPlan[];
}

/**
 * The mother's two sessions, six weeks apart and both signed, and one of somebody from the diary whose report waits to be
 * signed. The diary's last visit to the lab is left as it is: it was bought, it was walked, and its files are still to come.
 */
export function makeGaitStory(plan: ClinicPlan, random: Random, diary: Diary, now: number): GaitStory {
  const mother = {
    id: random.uuid(),
    ...DEMO_MOTHER,
    birthDate: addDays(dateAt(now, plan.timeZone), -34 * 365 - 133),
    phone: '+44 7700 900734',
  };
  const lab = gaitLabOf(plan);
  const second = visitBefore(lab, random, mother, dateBefore(plan, lab, now, BEFORE_THE_DIARY_DAYS));
  const daysToFirst = BEFORE_THE_DIARY_DAYS + 7 * WEEKS_BETWEEN;
  const first = visitBefore(lab, random, mother, dateBefore(plan, lab, now, daysToFirst));
  const ofMother = { body: MOTHER_BODY };
  const waiting = visitsToTheLab(diary).at(-2);
  return {
    mother,
    visits: [first, second],
    sessions: [
      {
        ...ofMother,
        ...{ visit: first, walk: GUARDED_WALK, seed: 11, words: 'first', signedAt: signedAfter(first, plan) },
      },
      {
        ...ofMother,
        ...{
          visit: second,
          walk: FREER_WALK,
          seed: 21,
          words: 'second',
          signedAt: signedAfter(second, plan),
        },
      },
      ...(waiting
        ? [
            {
              ...{ visit: waiting, body: TALLER_BODY, walk: STIFF_WALK, seed: 31 },
              ...{ words: 'draft' as const, signedAt: null },
            },
          ]
        : []),
    ],
  };
}

/** The diary's visits to the gait lab that took place, in their order. */
export function visitsToTheLab({ appointments }: Diary): readonly AppointmentPlan[] {
  return appointments
    .filter(({ status, service }) => status === 'done' && service.slug === 'gait-lab')
    .toSorted((a, b) => a.end - b.end);
}

/** In the afternoon two days later, or on the next weekday. */
function signedAfter({ end }: AppointmentPlan, { timeZone }: ClinicPlan): number {
  let at = end + 2 * DAY + 4 * 60 * MINUTE;
  while (weekdayOf(dateAt(at, timeZone)) > 5) at += DAY;
  return at;
}

interface GaitLab {
  readonly service: ServicePlan;
  readonly site: SitePlan;
  readonly resources: readonly ResourcePlan[];
}

function gaitLabOf(plan: ClinicPlan): GaitLab {
  const service = plan.services.find(({ slug }) => slug === 'gait-lab');
  const site = plan.sites.find(({ id }) => service?.siteIds.includes(id));
  if (!service || !site) throw new Error('expected a clinic with a gait lab');
  const resources = service.needs.map(({ kind }) => {
    const found = plan.resources.find((one) => one.siteId === site.id && one.kinds.includes(kind));
    if (!found) throw new Error(`expected a ${kind} at ${site.name}`);
    return found;
  });
  return { service, site, resources };
}

/** The start of a visit at ten, on the last day at least so many days ago on which the lab and its people are there. */
function dateBefore(plan: ClinicPlan, lab: GaitLab, now: number, days: number): number {
  const latest = addDays(dateAt(now, plan.timeZone), -days);
  for (let back = 0; back < 14; back++) {
    const start = toInstant(`${addDays(latest, -back)}T10:00`, lab.site.timeZone);
    const visit = { start, end: start + lab.service.durationMin * MINUTE };
    const isOpen = lab.resources.every((one) =>
      openTimes(plan, one, lab.site.id, { start: visit.start - DAY, end: visit.end + DAY }).some(
        (span) => span.start <= visit.start && visit.end <= span.end,
      ),
    );
    if (isOpen) return start;
  }
  throw new Error('expected a day on which the gait lab is open');
}

function visitBefore(
  { service, site, resources }: GaitLab,
  random: Random,
  patient: PatientPlan,
  start: number,
): AppointmentPlan {
  const end = start + service.durationMin * MINUTE;
  return {
    id: random.uuid(),
    ...{ service, patient, start, end },
    siteId: site.id,
    status: 'done',
    source: 'online',
    createdAt: start - 9 * DAY,
    resourceIds: resources.map(({ id }) => id),
    claimedUntil: end + service.bufferAfterMin * MINUTE,
  };
}
