import { randomUUID } from 'node:crypto';
import { dateAt } from '@rectus/schedule';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type FormValues, formValues, readForm } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { bookingOf } from '../core/booking.ts';
import { placeZone } from '../core/wish.ts';
import { AdviceView } from '../pages/advice-page.tsx';
import type { FieldErrors } from '../pages/person-fields.tsx';
import { SafetyIntroduction, SafetyQuestions } from '../pages/safety-page.tsx';
import { personSchema, withBirthDate } from '../person-form.ts';
import { viewerZoneOf } from '../public/session.ts';
import { sendStep, VIEWER_ZONE } from '../public/view.ts';
import { answersUrgency, parseAnswers, readAnswers, writeAnswers } from '../safety/advice.ts';
import { SAFETY_QUESTIONS } from '../safety/questions.ts';
import { readPreferred } from './preferred-times.ts';
import {
  REASON_LIMIT,
  REQUEST_TITLES,
  type RequestKind,
  RequestPage,
  RequestReceivedPage,
  RequestSteps,
} from './request-page.tsx';
import { saveRequest } from './save-request.ts';

const LIMIT = { rateLimit: { max: 30, timeWindow: 60_000 } };
/** Says only that the questions of this version were seen, never how they were answered. */
const SEEN_COOKIE = 'safety_seen';

const DESCRIPTIONS: Readonly<Record<RequestKind, string>> = {
  telehealth: 'Ask for a visit by video: tell the clinic which days suit you, and it finds a time.',
  office: 'Ask for a visit at the clinic: tell it which days suit you and where, and it finds a time.',
};

/** Asking for a visit instead of choosing a time: the safety questions first, then days and person. */
export async function requestRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  addKind(app, platform, 'telehealth');
  addKind(app, platform, 'office');
}

function addKind(app: FastifyInstance, platform: Platform, kind: RequestKind): void {
  const path = `/request/${kind}`;
  const title = REQUEST_TITLES[kind];

  app.get(path, (request, reply) =>
    sendStep(
      platform,
      request,
      reply,
      { title, description: DESCRIPTIONS[kind], islands: [VIEWER_ZONE] },
      questions(kind),
    ),
  );

  app.post(`${path}/safety`, { config: LIMIT }, (request, reply) => {
    const answers = readAnswers(formValues(request.body).concern);
    rememberSeen(platform, reply);
    if (!answersUrgency(answers)) return reply.redirect(`${path}/details`, 303);
    const emergency = answersUrgency(answers) === 'emergency';
    const body = (
      <div class="booking stack">
        <AdviceView
          clinic={request.clinic}
          answers={answers}
          action={`${path}/advice`}
          fields={{ safety: writeAnswers(answers) }}
          again={path}
          sentWith="request"
          onwards={
            emergency ? 'Go on with the request for later' : 'I have read this, go on with the request'
          }
        />
      </div>
    );
    return sendStep(platform, request, reply, { title: emergency ? 'Please get care now' : title }, body);
  });

  app.post(`${path}/advice`, { config: LIMIT }, (request, reply) => {
    const values = formValues(request.body);
    const answers = values.send === 'yes' ? parseAnswers(values.safety) : null;
    if (!answers) return reply.redirect(`${path}/details`, 303);
    return sendForm(platform, request, reply, kind, { safety: writeAnswers(answers) }, {});
  });

  app.get(`${path}/details`, (request, reply) =>
    request.cookies[SEEN_COOKIE] === SAFETY_QUESTIONS.version
      ? sendForm(platform, request, reply, kind, {}, {})
      : reply.redirect(path, 303),
  );

  app.post(path, { config: LIMIT }, async (request, reply) => {
    const values = formValues(request.body);
    if (values.asked !== SAFETY_QUESTIONS.version) return reply.redirect(path, 303);
    const read = readRequest(platform, request, kind, values);
    if (!read.ok) return sendForm(platform, request, reply, kind, values, read.errors);
    await saveRequest(bookingOf(platform, request), read.input);
    return reply.redirect(`${path}/received`, 303);
  });

  app.get(`${path}/received`, (request, reply) =>
    sendStep(
      platform,
      request,
      reply,
      { title: 'We have your request' },
      <RequestReceivedPage clinic={request.clinic} />,
    ),
  );
}

function questions(kind: RequestKind) {
  return (
    <div class="booking stack">
      <RequestSteps kind={kind} current={0} />
      <SafetyIntroduction />
      <SafetyQuestions action={`/request/${kind}/safety`} ticked={[]}>
        <button type="submit" class="primary roomy wide">
          Continue
        </button>
      </SafetyQuestions>
      <div class="dock narrow">
        <button type="submit" form="safety" class="primary roomy">
          Continue
        </button>
      </div>
    </div>
  );
}

function readRequest(platform: Platform, request: FastifyRequest, kind: RequestKind, values: FormValues) {
  const { clinic } = request;
  const today = dateAt(platform.clock.now(), zoneFor(request, kind));
  const person = readForm(requestSchema(today), withBirthDate(values));
  const days = readPreferred(values, today);
  const site =
    clinic.sites.find((one) => one.slug === values.where) ??
    (clinic.sites.length === 1 ? clinic.sites[0] : undefined);
  const siteMissing = kind === 'office' && !site;
  const errors: FieldErrors = {
    ...(siteMissing ? { where: 'Please choose where you would like to come.' } : {}),
    ...days.errors,
    ...(person.ok ? {} : person.errors),
  };
  if (!person.ok || Object.keys(errors).length > 0) return { ok: false, errors } as const;
  const { key, reason, ...about } = person.value;
  const input = {
    mode: kind === 'office' ? 'site' : 'telehealth',
    siteId: kind === 'office' ? (site?.id ?? null) : null,
    person: about,
    preferred: days.preferred,
    reason,
    viewerZone: viewerZoneOf(request),
    safety: parseAnswers(values.safety),
    idempotencyKey: key,
  } as const;
  return { ok: true, input } as const;
}

function requestSchema(today: string) {
  return personSchema(today).extend({
    key: z.uuid().catch(() => randomUUID()),
    reason: z
      .string()
      .default('')
      .transform((text) => text.replaceAll('\r\n', '\n').trim())
      .refine(
        (text) => [...text].length <= REASON_LIMIT,
        `Please keep it to ${REASON_LIMIT} characters; there is time for more at the visit.`,
      ),
  });
}

function sendForm(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: RequestKind,
  values: FormValues,
  errors: FieldErrors,
): FastifyReply {
  const answers = parseAnswers(values.safety);
  const failed = Object.keys(errors).length > 0;
  const fields = {
    key: z.uuid().safeParse(values.key).success ? values.key : randomUUID(),
    asked: SAFETY_QUESTIONS.version,
    safety: answers ? writeAnswers(answers) : undefined,
  };
  const zone = zoneFor(request, kind);
  const body = (
    <RequestPage
      kind={kind}
      clinic={request.clinic}
      values={values}
      errors={errors}
      fields={fields}
      sendsAnswers={answers !== null}
      today={dateAt(platform.clock.now(), zone)}
      zone={zone}
    />
  );
  const title = failed ? `Error: ${REQUEST_TITLES[kind]}` : REQUEST_TITLES[kind];
  return sendStep(platform, request, reply, { title, status: failed ? 422 : 200 }, body);
}

/** Somebody at home means her own clock; somebody who travels means the clinic's. */
function zoneFor(request: FastifyRequest, kind: RequestKind): string {
  const viewer = kind === 'telehealth' ? viewerZoneOf(request) : null;
  return viewer ?? placeZone(request.clinic, null);
}

function rememberSeen(platform: Platform, reply: FastifyReply): void {
  reply.setCookie(SEEN_COOKIE, SAFETY_QUESTIONS.version, {
    path: '/request',
    httpOnly: true,
    sameSite: 'lax',
    secure: platform.config.publicUrl.startsWith('https:'),
    maxAge: 60 * 60,
  });
}
