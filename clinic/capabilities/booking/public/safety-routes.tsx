import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SafetyAnswers } from '../../../platform/database/schema.ts';
import { formValues } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { readCatalogue } from '../core/catalogue.ts';
import { type Hold, keepDraft } from '../core/hold.ts';
import type { Till } from '../core/till.ts';
import { AdviceView } from '../pages/advice-page.tsx';
import { HeldCard, HeldDock } from '../pages/held.tsx';
import { SafetyIntroduction, SafetyQuestions } from '../pages/safety-page.tsx';
import { BookingSteps } from '../pages/steps.tsx';
import { readVisit, type Visit, visitFields, visitQuery } from '../pages/visit.ts';
import { answersUrgency, readAnswers } from '../safety/advice.ts';
import { lapsed } from './lapsed.tsx';
import { holdOf } from './session.ts';
import { HOLD_CLOCK, heldViewOf, sendStep, termsFor, visitOfHold } from './view.ts';

const LIMIT = { rateLimit: { max: 60, timeWindow: 60_000 } };

/** Between time and details: the safety questions, and the advice before any way on. */
export async function safetyRoutes(app: FastifyInstance, platform: Platform, till: Till): Promise<void> {
  app.get('/book/safety', async (request, reply) => {
    const held = await heldVisit(platform, till, request);
    if (!held) return lapsed(platform, request, reply);
    const { hold, visit, view } = held;
    const body = (
      <div class="booking flow">
        <div class="main stack">
          <BookingSteps current={2} visit={visit} />
          <SafetyIntroduction />
          <SafetyQuestions
            action="/book/safety"
            fields={{ ...visitFields(visit), start: String(hold.start) }}
            ticked={hold.safety?.yes ?? []}
          >
            <button type="submit" class="primary roomy wide">
              Continue
            </button>
          </SafetyQuestions>
        </div>
        <aside class="side" aria-label="Your time">
          <HeldCard held={view} />
        </aside>
        <HeldDock held={view}>
          <button type="submit" form="safety" class="primary roomy">
            Continue
          </button>
        </HeldDock>
      </div>
    );
    return sendStep(platform, request, reply, { title: 'Is it safe to wait?', islands: [HOLD_CLOCK] }, body);
  });

  app.post('/book/safety', { config: LIMIT }, async (request, reply) => {
    const values = formValues(request.body);
    const answers = readAnswers(values.concern);
    const flagged = answersUrgency(answers) !== null;
    const held = await heldVisit(platform, till, request);
    if (held) {
      const { sendSafety: _before, ...draft } = held.hold.draft;
      const kept = await keepDraft(request.context, held.hold.id, { safety: answers, draft });
      const query = visitQuery(held.visit, { start: String(held.hold.start) });
      if (kept) return reply.redirect(`${flagged ? '/book/advice' : '/book/details'}?${query}`, 303);
    }
    // The time is gone, but advice is never withheld.
    if (!flagged) return lapsed(platform, request, reply);
    return sendAdvice(platform, request, reply, { answers, action: '/book/advice', visit: null });
  });

  app.get('/book/advice', async (request, reply) => {
    const held = await heldVisit(platform, till, request);
    if (!held) return lapsed(platform, request, reply);
    const { hold, visit } = held;
    if (!hold.safety) return reply.redirect(`/book/safety?${visitQuery(visit)}`, 303);
    if (!answersUrgency(hold.safety)) return reply.redirect(`/book/details?${visitQuery(visit)}`, 303);
    return sendAdvice(platform, request, reply, { answers: hold.safety, action: '/book/advice', visit });
  });

  app.post('/book/advice', { config: LIMIT }, async (request, reply) => {
    const values = formValues(request.body);
    const held = await heldVisit(platform, till, request);
    if (!held) return lapsed(platform, request, reply);
    const { hold, visit } = held;
    const draft = { ...hold.draft, sendSafety: values.send === 'yes' ? 'yes' : 'no' };
    await keepDraft(request.context, hold.id, { draft });
    return reply.redirect(`/book/details?${visitQuery(visit, { start: String(hold.start) })}`, 303);
  });
}

async function sendAdvice(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  { answers, action, visit }: { answers: SafetyAnswers; action: string; visit: Visit | null },
): Promise<FastifyReply> {
  const emergency = answersUrgency(answers) === 'emergency';
  const asked = formValues(request.method === 'POST' ? request.body : {});
  const fields = visit ? visitFields(visit) : pick(asked, ['service', 'where', 'who', 'start']);
  const body = (
    <div class="booking stack">
      <AdviceView
        clinic={request.clinic}
        answers={answers}
        action={action}
        fields={fields}
        again={visit ? `/book/safety?${visitQuery(visit)}` : '/book'}
        sentWith="booking"
        onwards={emergency ? 'Go on with the booking for later' : 'I have read this, go on with the booking'}
      />
    </div>
  );
  const title = emergency ? 'Please get care now' : 'Please see a doctor today';
  return sendStep(platform, request, reply, { title }, body);
}

function pick(values: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}

async function heldVisit(platform: Platform, till: Till, request: FastifyRequest) {
  const hold: Hold | null = await holdOf(platform, request);
  if (!hold) return null;
  const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
  const values = formValues(request.method === 'POST' ? request.body : request.query);
  const known = values.service && catalogue.serviceBySlug(values.service)?.online;
  const choice = known ? readVisit(catalogue, request.clinic, values) : null;
  const visit = visitOfHold(catalogue, request, hold, choice?.complete ? choice.visit : null);
  if (!visit) return null;
  const terms = await termsFor(platform, till, request, visit);
  return { hold, visit, view: heldViewOf(catalogue, request, hold, visit, terms) };
}
