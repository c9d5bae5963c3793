import {
  assign,
  dateAt,
  type Resource,
  resourcesFreeAt,
  type Span,
  type StartQuestion,
  whyNotFree,
} from '@rectus/schedule';
import {
  type ClinicContext,
  type ClinicTransaction,
  errorCode,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { daySpan } from '../../../platform/web/wall-clock.ts';
import { busySpans, type Ignoring } from './busy.ts';
import type { Catalogue } from './catalogue.ts';
import { type Claim, claimsFor, lockClaims } from './claims.ts';
import type { FreeStart } from './search.ts';
import { claimedSpan, placeZone, resourcesFor, scheduledService, type Wish } from './wish.ts';

export type RefusalReason = 'taken' | 'past' | 'lead' | 'horizon' | 'grid' | 'closed';

/** Why a time cannot be had, and the nearest that can. */
export interface Refusal {
  readonly ok: false;
  readonly reason: RefusalReason;
  readonly nearest: readonly FreeStart[];
}

/** What is to be claimed, and which rules hold for whoever claims it. */
export interface ClaimPlan {
  readonly wish: Wish;
  readonly start: number;
  /** Patients keep to lead time, horizon and grid; staff to opening hours only; staff with a reason to neither. */
  readonly rules: 'public' | 'opening-hours' | 'any-time';
  /** Resources that must be among the chosen. */
  readonly wanted?: readonly string[];
  /** Claims that will be given up in the same transaction, so they are not in the way. */
  readonly ignoring?: Ignoring;
  /** Those claims: locked as well, so that giving up and taking cannot cross with another transaction. */
  readonly givenUp?: readonly Claim[];
}

export type Choice =
  | { readonly ok: true; readonly resourceIds: readonly string[]; readonly span: Span }
  | { readonly ok: false; readonly reason: RefusalReason };

const EXCLUSION_VIOLATION = '23P01';
const UNIQUE_VIOLATION = '23505';
const ATTEMPTS = 6;
/** From this attempt on, every candidate is locked before anything is read: then the answer is final. */
const THOROUGH_FROM = 2;
const OLDEST_START_MS = 86_400_000;
const ALL_WEEK = ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({
  weekday,
  from: '00:00',
  to: '24:00',
  timeZone: 'UTC',
}));

/** Somebody was faster, found out before anything was written: the transaction is given up and tried again. */
export class LostRace extends Error {
  override readonly name = 'LostRace';
}

/**
 * Runs a transaction that claims resources. First optimistically: choose among what looks free, lock only the
 * chosen. Whoever loses that race tries again, in the end under locks on every candidate, so a free slot is never
 * refused because of a race.
 */
export async function claiming<T>(
  context: ClinicContext,
  work: (clinic: ClinicTransaction, thorough: boolean) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inClinic(context, (clinic) => work(clinic, attempt >= THOROUGH_FROM));
    } catch (error) {
      const code = error instanceof LostRace ? EXCLUSION_VIOLATION : errorCode(error);
      if (attempt >= ATTEMPTS || (code !== EXCLUSION_VIOLATION && code !== UNIQUE_VIOLATION)) throw error;
    }
  }
}

/** Chooses the least loaded resources for the plan and locks them. */
export async function chooseAndLock(
  clinic: ClinicTransaction,
  {
    catalogue,
    clinic: about,
    now,
    thorough,
  }: { catalogue: Catalogue; clinic: Clinic; now: number; thorough: boolean },
  plan: ClaimPlan,
): Promise<Choice> {
  const { wish, start } = plan;
  const span = claimedSpan(wish.service, start);
  const candidates = candidatesFor(catalogue, plan);
  const ids = candidates.map((resource) => resource.id);
  const givenUp = plan.givenUp ?? [];
  if (thorough) await lockClaims(clinic, [...claimsFor(ids, span), ...givenUp]);
  const zone = placeZone(about, wish.siteId);
  const day = daySpan(dateAt(start, zone), zone);
  const reach = { start: Math.min(day.start, span.start), end: Math.max(day.end, span.end) };
  const busy = await busySpans(clinic, ids, reach, plan.ignoring);
  const question: StartQuestion = {
    service: scheduledService(catalogue, wish),
    resources: candidates.map((resource) => ({ ...resource, busy: busy.get(resource.id) ?? [] })),
    timeZone: zone,
    now,
    start,
  };
  const choice = choose(question, plan);
  if (!choice.ok) return choice;
  if (!thorough) await lockClaims(clinic, [...claimsFor(choice.resourceIds, span), ...givenUp]);
  return { ...choice, span };
}

function choose(
  question: StartQuestion,
  plan: ClaimPlan,
): { ok: true; resourceIds: readonly string[] } | { ok: false; reason: RefusalReason } {
  if (plan.rules === 'public') {
    const refusal = whyNotFree(question);
    if (refusal) return { ok: false, reason: refusal === 'busy' ? 'taken' : refusal };
  } else if (question.start < question.now - OLDEST_START_MS) {
    return { ok: false, reason: 'past' };
  }
  const resourceIds = assignFrom(question, plan);
  if (resourceIds) return { ok: true, resourceIds };
  const idle = { ...question, resources: question.resources.map((resource) => ({ ...resource, busy: [] })) };
  return { ok: false, reason: assignFrom(idle, plan) ? 'taken' : 'closed' };
}

function assignFrom(question: StartQuestion, plan: ClaimPlan): readonly string[] | null {
  const free = new Set(resourcesFreeAt(question));
  const candidates = question.resources
    .filter((resource) => free.has(resource.id))
    .map((resource) => ({ id: resource.id, kinds: resource.kinds, load: loadOf(resource) + Math.random() }));
  return assign({ needs: question.service.needs, candidates, wanted: plan.wanted ?? [] });
}

/**
 * How much of the day is claimed already, in minutes. Less than a minute is added by chance: among equals, bookings
 * that come together then seldom want the same one and need not wait for each other.
 */
function loadOf(resource: Resource): number {
  return resource.busy.reduce((sum, span) => sum + (span.end - span.start) / 60_000, 0);
}

function candidatesFor(catalogue: Catalogue, plan: ClaimPlan): readonly Resource[] {
  const candidates = resourcesFor(catalogue, plan.wish);
  if (plan.rules !== 'any-time') return candidates;
  return candidates.map((resource) => ({ ...resource, rules: ALL_WEEK, exceptions: [] }));
}
