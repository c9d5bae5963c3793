import {
  addDays,
  assign,
  dateAt,
  freeStartsFromOpen,
  type OpenResource,
  type PlainDate,
  type Service,
  type Span,
  type Start,
  startOfDay,
  toInstant,
  weekdayOf,
} from '@rectus/schedule';
import type { AppointmentStatus } from '../platform/database/schema.ts';
import { openTimes } from './open-times.ts';
import type { PatientPlan } from './patients.ts';
import type { BreakPlan, ClinicPlan, ResourcePlan, ServicePlan } from './plan.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS_BACK = 14;
const DAYS_AHEAD = 21;

export interface AppointmentPlan {
  readonly id: string;
  readonly service: ServicePlan;
  readonly siteId: string | null;
  readonly patient: PatientPlan;
  readonly start: number;
  readonly end: number;
  readonly status: AppointmentStatus;
  readonly source: 'online' | 'desk' | 'request';
  readonly createdAt: number;
  /** Who and what it claims, from its start to `claimedUntil`; nothing when it was cancelled. */
  readonly resourceIds: readonly string[];
  readonly claimedUntil: number;
}

export interface BlockPlan {
  readonly id: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly resourceIds: readonly string[];
}

export interface Diary {
  readonly appointments: readonly AppointmentPlan[];
  readonly blocks: readonly BlockPlan[];
}

/** What is being filled in, and what is in it so far. */
interface Draft {
  readonly plan: ClinicPlan;
  readonly random: Random;
  readonly now: number;
  readonly patients: readonly PatientPlan[];
  /** For each place (a site's id, or 'video'), everything that is ever open there. */
  readonly places: ReadonlyMap<string, readonly OpenResource[]>;
  readonly busy: ReadonlyMap<string, Span[]>;
  /** `<patient id> <date>`: nobody comes twice on a day. */
  readonly comings: Set<string>;
  /** Who has been here before: half of the patients at first, then whoever came for a first visit. */
  readonly known: Set<string>;
  readonly appointments: AppointmentPlan[];
}

const VIDEO = 'video';

/**
 * Fills two weeks back and three ahead with appointments, each at a time that the scheduler itself offers, with the
 * resources that it assigns. The weeks to come thin out as they do in a real diary.
 */
export function makeDiary(
  plan: ClinicPlan,
  random: Random,
  patients: readonly PatientPlan[],
  now: number,
): Diary {
  const today = dateAt(now, plan.timeZone);
  const within = {
    start: startOfDay(addDays(today, -DAYS_BACK - 1), plan.timeZone),
    end: startOfDay(addDays(today, DAYS_AHEAD + 2), plan.timeZone),
  };
  const busy = new Map(plan.resources.map(({ id }) => [id, [] as Span[]]));
  const places = new Map(
    [...plan.sites.map(({ id }) => id), null].map((siteId) => [
      siteId ?? VIDEO,
      plan.resources.map((resource) => ({
        id: resource.id,
        kinds: resource.kinds,
        open: openTimes(plan, resource, siteId, within),
        busy: busy.get(resource.id) ?? [],
      })),
    ]),
  );
  const known = new Set(patients.filter((_, index) => index % 2 === 0).map(({ id }) => id));
  const draft = {
    plan,
    random,
    now,
    patients,
    places,
    busy,
    comings: new Set<string>(),
    known,
    appointments: [],
  };
  const blocks: BlockPlan[] = [];
  for (let offset = -DAYS_BACK; offset <= DAYS_AHEAD; offset++) {
    const date = addDays(today, offset);
    for (const one of plan.breaks) blocks.push(...blockOn(draft, one, date));
    for (const person of plan.resources.filter((resource) => resource.person)) {
      fillDay(draft, person, date, fillingOn(offset));
    }
  }
  return { appointments: draft.appointments, blocks };
}

/** Which share of a person's hours is taken, so many days from today. */
function fillingOn(offset: number): number {
  return offset <= 0 ? 0.74 : Math.max(0.08, 0.66 * (1 - offset / 24));
}

function blockOn(draft: Draft, one: BreakPlan, date: PlainDate): BlockPlan[] {
  if (weekdayOf(date) !== one.weekday) return [];
  const start = toInstant(`${date}T${one.from}`, one.timeZone);
  const end = toInstant(`${date}T${one.to}`, one.timeZone);
  const resourceIds = one.resourceIds.filter((id) =>
    [...draft.places.values()].some((place) => place.some((r) => r.id === id && isFree(r, start, end, end))),
  );
  if (resourceIds.length === 0) return [];
  claim(draft, resourceIds, { start, end });
  return [{ id: draft.random.uuid(), label: one.label, start, end, resourceIds }];
}

function fillDay(draft: Draft, person: ResourcePlan, date: PlainDate, filling: number): void {
  const zone = homeZone(draft.plan, person);
  const day = { start: startOfDay(date, zone), end: startOfDay(addDays(date, 1), zone) };
  const open = [...draft.places.values()].flatMap(
    (place) => place.find(({ id }) => id === person.id)?.open ?? [],
  );
  const latest = (spans: readonly Span[]) =>
    spans.filter((span) => span.start >= day.start && span.start < day.end);
  // Hours at a site that are also good for video stand in both places and are counted once.
  const hours = new Map(latest(open).map((span) => [span.start, span.end - span.start]));
  const wanted = [...hours.values()].reduce((sum, length) => sum + length, 0) * filling;
  if (wanted === 0) return;
  for (let attempt = 0; attempt < 24; attempt++) {
    const taken = latest(draft.busy.get(person.id) ?? []).reduce(
      (sum, span) => sum + span.end - span.start,
      0,
    );
    if (taken >= wanted) return;
    bookOne(draft, person, day, date);
  }
}

function homeZone(plan: ClinicPlan, person: ResourcePlan): string {
  return plan.sites.find(({ id }) => id === person.siteId)?.timeZone ?? plan.timeZone;
}

function bookOne(draft: Draft, person: ResourcePlan, day: Span, date: PlainDate): void {
  const { plan, random } = draft;
  const offered = plan.services.filter(
    (service) =>
      service.needs.some(({ kind }) => person.kinds.includes(kind)) &&
      (service.mode === 'telehealth' || service.siteIds.includes(person.siteId ?? '')),
  );
  if (offered.length === 0) return;
  const service = random.weighted(offered);
  const siteId = service.mode === 'telehealth' ? null : person.siteId;
  const resources = draft.places.get(siteId ?? VIDEO) ?? [];
  const starts = freeStartsFromOpen({
    service: schedulable(service, person),
    resources,
    timeZone: siteId === null ? plan.timeZone : homeZone(plan, person),
    now: day.start,
    within: day,
  });
  const patient = starts.length > 0 ? somebody(draft, service, date) : null;
  if (patient === null) return;
  // Many ask for the first time there is, the others for one that suits them.
  const start = random.next() < 0.4 ? starts[0] : random.pick(starts);
  if (start) putDown(draft, { service, siteId, person, patient, start, resources });
}

/** The service without lead time: whatever is in the diary was booked in good time. */
function schedulable(service: ServicePlan, person: ResourcePlan): Service {
  return {
    durationMin: service.durationMin,
    bufferBeforeMin: 0,
    bufferAfterMin: service.bufferAfterMin,
    stepMin: service.stepMin,
    leadMin: 0,
    horizonDays: 2,
    needs: service.needs.map((need) =>
      person.kinds.includes(need.kind) ? { ...need, among: [person.id] } : need,
    ),
  };
}

/** A patient for whom the service makes sense: a first visit is for new ones, everything else for known ones. */
function somebody(draft: Draft, service: ServicePlan, date: PlainDate): PatientPlan | null {
  const { random, patients, known, comings } = draft;
  const isFirst = service.slug.startsWith('first-visit');
  for (let attempt = 0; attempt < 60; attempt++) {
    const patient = random.pick(patients);
    const coming = `${patient.id} ${date}`;
    if (known.has(patient.id) === isFirst || comings.has(coming)) continue;
    comings.add(coming);
    known.add(patient.id);
    return patient;
  }
  return null;
}

interface Choice {
  readonly service: ServicePlan;
  readonly siteId: string | null;
  readonly person: ResourcePlan;
  readonly patient: PatientPlan;
  readonly start: Start;
  readonly resources: readonly OpenResource[];
}

function putDown(draft: Draft, choice: Choice): void {
  const { random, now } = draft;
  const { service, person, start } = choice;
  const claimedUntil = start.end + service.bufferAfterMin * MINUTE;
  const free = choice.resources.filter((one) => isFree(one, start.start, start.end, claimedUntil));
  const resourceIds = assign({
    needs: schedulable(service, person).needs,
    candidates: free.map(({ id, kinds }) => ({ id, kinds, load: draft.busy.get(id)?.length ?? 0 })),
    wanted: [person.id],
  });
  if (resourceIds === null) return;
  const status = statusOf(random, start, now);
  const cancelled = status === 'cancelled';
  if (!cancelled) claim(draft, resourceIds, { start: start.start, end: claimedUntil });
  const ahead = (1 + random.next() * 12) * DAY;
  draft.appointments.push({
    id: random.uuid(),
    service,
    siteId: choice.siteId,
    patient: choice.patient,
    start: start.start,
    end: start.end,
    status,
    source: service.online ? random.pick(['online', 'online', 'desk', 'request'] as const) : 'desk',
    createdAt: Math.floor(Math.min(start.start - ahead, now - (1 + random.next() * 60) * HOUR)),
    resourceIds: cancelled ? [] : resourceIds,
    claimedUntil,
  });
}

function statusOf(random: Random, { start, end }: Start, now: number): AppointmentStatus {
  const chance = random.next();
  if (chance < 0.05) return 'cancelled';
  if (end <= now) return chance < 0.1 ? 'no_show' : 'done';
  if (start <= now) return 'in_room';
  return start - now <= 25 * MINUTE ? 'arrived' : 'booked';
}

function isFree({ open, busy }: OpenResource, start: number, end: number, claimedUntil: number): boolean {
  return (
    open.some((span) => span.start <= start && end <= span.end) &&
    !busy.some((span) => span.start < claimedUntil && start < span.end)
  );
}

function claim(draft: Draft, resourceIds: readonly string[], span: Span): void {
  for (const id of resourceIds) draft.busy.get(id)?.push(span);
}
