import { randomUUID } from 'node:crypto';
import { dateAt } from '@rectus/schedule';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SafetyAnswers } from '../../../platform/database/schema.ts';
import { type FormValues, formValues, readForm } from '../../../platform/web/form.ts';
import { allowFormTargets } from '../../../platform/web/form-targets.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { signId } from '../../../platform/web/signed-id.ts';
import { type BookInput, book } from '../core/book.ts';
import { bookingOf } from '../core/booking.ts';
import { readCatalogue } from '../core/catalogue.ts';
import { type Hold, keepDraft } from '../core/hold.ts';
import type { PersonInput } from '../core/patient.ts';
import type { FreeStart } from '../core/search.ts';
import { NotUsable, type Terms, type Till, termsMark } from '../core/till.ts';
import { DetailsPage } from '../pages/details-page.tsx';
import type { FieldErrors } from '../pages/person-fields.tsx';
import { readVisit, type Visit, visitFields, visitQuery, wishOf } from '../pages/visit.ts';
import { draftOf, personSchema, withBirthDate } from '../person-form.ts';
import { answersUrgency, parseAnswers, writeAnswers } from '../safety/advice.ts';
import { SAFETY_QUESTIONS } from '../safety/questions.ts';
import { lapsed } from './lapsed.tsx';
import { forgetBought, forgetHold, holdIdOf, holdOf, secretOf, viewerZoneOf } from './session.ts';
import { goneOf, readStart } from './times.ts';
import {
  DRAFT_KEEPER,
  HOLD_CLOCK,
  heldViewOf,
  sendStep,
  termsFor,
  timeViewFor,
  visitFor,
  visitOfHold,
} from './view.ts';

const SEND_LIMIT = { rateLimit: { max: 30, timeWindow: 60_000 } };
const DRAFT_LIMIT = { rateLimit: { max: 240, timeWindow: 60_000 } };

/** Step 3 of a booking: who is coming, and the booking itself, or the way to pay for it. */
export async function detailsRoutes(app: FastifyInstance, platform: Platform, till: Till): Promise<void> {
  const house = { platform, till };

  app.get('/book/details', async (request, reply) => {
    const hold = await holdOf(platform, request);
    if (!hold) return lapsed(platform, request, reply);
    const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
    const visit = visitOfHold(catalogue, request, hold, askedVisit(catalogue, request));
    if (!visit) return lapsed(platform, request, reply);
    const before = stepBefore(hold);
    if (before) return reply.redirect(`${before}?${visitQuery(visit)}`, 303);
    return sendDetails(house, request, reply, { visit, start: hold.start, hold, values: hold.draft });
  });

  app.post('/book/draft', { config: DRAFT_LIMIT }, async (request, reply) => {
    const hold = await holdOf(platform, request);
    if (!hold) return reply.status(410).send();
    const draft = { ...hold.draft, ...draftOf(formValues(request.body)) };
    const kept = await keepDraft(request.context, hold.id, { draft });
    return reply.status(kept ? 204 : 410).send();
  });

  app.post('/book/details', { config: SEND_LIMIT }, async (request, reply) => {
    const { clinic, context } = request;
    const catalogue = await readCatalogue(context, clinic.catalogueVersion);
    const values = formValues(request.body);
    const choice = await visitFor(platform, till, request, catalogue, values);
    if (!choice.complete) return reply.redirect(`/book?service=${choice.service.slug}`, 303);
    const { visit } = choice;
    const start = readStart(values.start);
    if (start === null) return reply.redirect(`/book/time?${visitQuery(visit)}`, 303);
    const hold = await holdFor(platform, request, visit, start);
    if (hold) await keepDraft(context, hold.id, { draft: { ...hold.draft, ...draftOf(values) } });
    const before = hold
      ? stepBefore(hold)
      : values.asked === SAFETY_QUESTIONS.version
        ? null
        : '/book/safety';
    if (before) return reply.redirect(`${before}?${visitQuery(visit, { start: String(start) })}`, 303);
    const terms = await termsFor(platform, till, request, visit);
    const form = readDetails(terms, dateAt(platform.clock.now(), clinic.timeZone), values);
    if (!form.ok) {
      const { errors } = form;
      return sendDetails(house, request, reply, { visit, start, hold, values, errors, status: 422 });
    }
    if ((values.terms ?? termsMark({ kind: 'at_visit' })) !== termsMark(terms)) {
      return sendDetails(house, request, reply, {
        visit,
        start,
        hold,
        values,
        changed: CHANGED,
        status: 409,
      });
    }
    const answer = await confirm(house, request, terms, {
      wish: wishOf(visit),
      start,
      person: form.person,
      idempotencyKey: form.key,
      source: 'online',
      holdId: holdIdOf(platform, request),
      viewerZone: viewerZoneOf(request),
      safety: answersToSend(hold, values),
    });
    if (answer.kind === 'go') {
      forgetHold(platform, reply);
      if (terms.kind === 'entitled') forgetBought(platform, reply);
      return reply.redirect(answer.url, 303);
    }
    const { kind: _kind, ...problem } = answer;
    const kept = answer.kind === 'changed' ? hold : null;
    return sendDetails(house, request, reply, { visit, start, hold: kept, values, ...problem, status: 409 });
  });

  app.post('/book/separately', { config: SEND_LIMIT }, async (request, reply) => {
    const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
    const visit = askedVisit(catalogue, request);
    forgetBought(platform, reply);
    return reply.redirect(visit ? `/book/details?${visitQuery(visit)}` : '/book', 303);
  });
}

const CHANGED =
  'How this visit is paid has changed since the page was opened. Nothing was booked and nothing was paid.';

type Answer =
  | { readonly kind: 'go'; readonly url: string }
  | { readonly kind: 'gone'; readonly gone: NonNullable<DetailsStep['gone']> }
  | { readonly kind: 'changed'; readonly changed: string };

/** Books, or begins to pay for what is booked as soon as the money has arrived. */
async function confirm(
  { platform, till }: House,
  request: FastifyRequest,
  terms: Terms,
  input: BookInput & { readonly person: PersonInput },
): Promise<Answer> {
  const booking = bookingOf(platform, request);
  if (terms.kind === 'now') {
    const { idempotencyKey: key, holdId = null, viewerZone = null, safety = null, ...visit } = input;
    const paying = await till.checkout(booking, { ...visit, key, holdId, viewerZone, safety, terms });
    if (paying.ok) return { kind: 'go', url: paying.url };
    const message = 'Somebody else has just taken that time. Nothing was paid.';
    return { kind: 'gone', gone: { message, nearest: paying.nearest } };
  }
  const bought =
    terms.kind === 'entitled'
      ? { person: { patientId: terms.patient.id }, also: till.use(booking, terms.entitlementId) }
      : {};
  try {
    const result = await book(booking, { ...input, ...bought });
    if (!result.ok) return { kind: 'gone', gone: goneOf(result, input.wish) };
    return {
      kind: 'go',
      url: `/manage/${signId(secretOf(platform), 'manage', result.appointmentId)}?new=1`,
    };
  } catch (error) {
    if (error instanceof NotUsable) return { kind: 'changed', changed: error.message };
    throw error;
  }
}

/** Whether a post to another door carries the form of this step. */
export function isDetailsForm(values: FormValues): boolean {
  return values.key !== undefined;
}

/** The form of this step again, after a time that was chosen on it could not be kept either. */
export function detailsAfterRefusal(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  step: Pick<DetailsStep, 'visit' | 'start' | 'values' | 'gone'>,
): FastifyReply | Promise<FastifyReply> {
  return sendDetails(house, request, reply, { ...step, hold: null, status: 409 });
}

/** What every answer of this step needs. */
interface House {
  readonly platform: Platform;
  readonly till: Till;
}

interface DetailsStep {
  readonly visit: Visit;
  readonly start: number;
  readonly hold: Hold | null;
  readonly values: FormValues;
  readonly errors?: FieldErrors;
  readonly gone?: { readonly message: string; readonly nearest: readonly FreeStart[] };
  /** Why the form must be looked at once more. */
  readonly changed?: string;
  readonly status?: number;
}

async function sendDetails(
  { platform, till }: House,
  request: FastifyRequest,
  reply: FastifyReply,
  step: DetailsStep,
): Promise<FastifyReply> {
  const { visit, hold, values } = step;
  const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
  const safety = answersToCarry(hold, values);
  const terms = await termsFor(platform, till, request, visit);
  if (terms.kind === 'now') allowFormTargets(reply, terms.origins);
  const fields = {
    ...visitFields(visit),
    start: String(step.start),
    key: z.uuid().safeParse(values.key).success ? values.key : randomUUID(),
    asked: SAFETY_QUESTIONS.version,
    terms: termsMark(terms),
    safety: safety ? writeAnswers(safety) : undefined,
    send: sends(hold, values) ? 'yes' : undefined,
  };
  const body = (
    <DetailsPage
      visit={visit}
      time={timeViewFor(request, visit.site?.id ?? null)}
      start={step.start}
      terms={terms}
      held={hold && heldViewOf(catalogue, request, hold, visit, terms)}
      values={values}
      errors={step.errors ?? {}}
      fields={fields}
      sendsAnswers={sends(hold, values)}
      changeNoticeMin={request.clinic.changeNoticeMin}
      gone={step.gone ?? null}
      changed={step.changed ?? null}
    />
  );
  const title = step.errors ? 'Error: who is coming?' : 'Who is coming?';
  const options = { title, islands: [HOLD_CLOCK, DRAFT_KEEPER], status: step.status ?? 200 };
  return sendStep(platform, request, reply, options, body);
}

const SENT = {
  key: z.uuid('This form is too old or damaged. Please send it once more.').catch(() => randomUUID()),
  policy: z.literal('yes', 'Please agree to the rule about moving and cancelling.'),
};

/** Whoever comes with something that was bought is known already; nobody else is asked who they are twice. */
function readDetails(
  terms: Terms,
  today: string,
  values: FormValues,
):
  | { readonly ok: true; readonly key: string; readonly person: PersonInput }
  | { readonly ok: false; readonly errors: FieldErrors } {
  if (terms.kind === 'entitled') {
    const form = readForm(z.object(SENT), values);
    return form.ok ? { ok: true, key: form.value.key, person: NOBODY } : form;
  }
  const form = readForm(personSchema(today).extend(SENT), withBirthDate(values));
  if (!form.ok) return form;
  const { key, policy: _agreed, ...person } = form.value;
  return { ok: true, key, person };
}

const NOBODY: PersonInput = { givenName: '', familyName: '', birthDate: null, email: null, phone: null };

/** The step that must come first: the questions, then the advice where an answer calls for it. */
function stepBefore(hold: Hold): string | null {
  if (!hold.safety) return '/book/safety';
  return answersUrgency(hold.safety) && hold.draft.sendSafety === undefined ? '/book/advice' : null;
}

/** This browser's hold, if it is for exactly this visit and start. */
async function holdFor(
  platform: Platform,
  request: FastifyRequest,
  visit: Visit,
  start: number,
): Promise<Hold | null> {
  const hold = await holdOf(platform, request);
  const same = hold?.serviceId === visit.service.id && hold.siteId === (visit.site?.id ?? null);
  return hold && same && hold.start === start ? hold : null;
}

function sends(hold: Hold | null, values: FormValues): boolean {
  return hold ? hold.draft.sendSafety === 'yes' : values.send === 'yes';
}

/** The answers that leave with the booking: only those the person chose to send. */
function answersToSend(hold: Hold | null, values: FormValues): SafetyAnswers | null {
  if (!sends(hold, values)) return null;
  return hold ? hold.safety : parseAnswers(values.safety);
}

/**
 * The answers that the form itself carries, so that a lapsed hold loses nothing: what is to be sent, or that there
 * was nothing to tell. Answers that stay private stay in the hold alone.
 */
function answersToCarry(hold: Hold | null, values: FormValues): SafetyAnswers | null {
  const answers = hold ? hold.safety : parseAnswers(values.safety);
  if (!answers) return null;
  return answersUrgency(answers) === null || sends(hold, values) ? answers : null;
}

function askedVisit(catalogue: Parameters<typeof readVisit>[0], request: FastifyRequest): Visit | null {
  const values = formValues(request.method === 'POST' ? request.body : request.query);
  if (!values.service || !catalogue.serviceBySlug(values.service)?.online) return null;
  const choice = readVisit(catalogue, request.clinic, values);
  return choice.complete ? choice.visit : null;
}
