import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { sentWords } from '../../../platform/uploads/index.ts';
import { type FormErrors, formValues, readForm } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { findPeople } from '../../records/index.ts';
import { idOf, isUuid } from '../../settings/index.ts';
import { judgeTrial, setMeasurements } from '../core/change-study.ts';
import { lastMeasured, usualMarkerRadius } from '../core/last-measured.ts';
import { boughtWithoutStudy, listStudies, visitsWithoutStudy } from '../core/list-studies.ts';
import { type Beginning, openStudy } from '../core/new-study.ts';
import { queueRun } from '../core/queue-run.ts';
import { readStudy, type Study } from '../core/study.ts';
import { StudyError } from '../core/study-error.ts';
import { visitFellThrough } from '../core/visit-of-study.ts';
import { WALKS } from '../files/settle-walk.ts';
import { judgedByOthers } from '../norms/norms-in-use.ts';
import { ListPage } from './list-page.tsx';
import { GAIT_LAB, studyPath } from './paths.ts';
import { ProgressPage } from './progress-page.tsx';
import { readSessionForm, sessionValues } from './session-form.ts';
import { progressWords, SessionPage } from './session-page.tsx';

const DAY_MS = 86_400_000;
const UPLOADS = 'capabilities/gait-lab/islands/uploads';
/** A page without a script asks again after so many seconds. */
const REFRESH_S = '2';

/** The gait lab's sessions at the desk: begin, files, measurements, progress. */
export async function sessionRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff('clinician', 'owner') };

  app.get<{ Querystring: { q?: unknown } }>(GAIT_LAB, staff, async (request, reply) => {
    const { clinic, context } = request;
    const query = typeof request.query.q === 'string' ? request.query.q.trim().slice(0, 200) : '';
    const now = platform.clock.now();
    const [studies, visits, bought] = await inClinic(
      context,
      async (tx) =>
        [
          await listStudies(tx),
          await visitsWithoutStudy(tx, { start: now - 7 * DAY_MS, end: now + DAY_MS }),
          await boughtWithoutStudy(tx),
        ] as const,
    );
    const found = await findPeople(context, clinic, query, now, 8);
    const page = <ListPage clinic={clinic} {...{ studies, visits, bought, query, found }} />;
    return sendPage(reply, await deskPage(platform, request, { title: 'Gait lab', current: 'gait' }, page));
  });

  app.post(GAIT_LAB, staff, async (request, reply) => {
    const from = beginningOf(request.body);
    if (!from) throw notFound('visit or person');
    const id = await inClinic(request.context, (clinic) =>
      openStudy(clinic, from, platform.clock.now()),
    ).catch((error: unknown) => {
      if (!(error instanceof StudyError)) throw error;
      throw new UserError(409, 'This session cannot begin', error.message, {
        href: GAIT_LAB,
        label: 'Gait lab',
      });
    });
    return reply.redirect(studyPath(id), 303);
  });

  app.get(`${GAIT_LAB}/:id`, staff, async (request, reply) => {
    const study = await findStudy(request);
    await inClinic(request.context, (clinic) =>
      record(clinic, { action: 'study.viewed', subject: { kind: 'study', id: study.id } }),
    );
    return sendSession(platform, request, reply, study, null);
  });

  app.post(`${GAIT_LAB}/:id`, staff, async (request, reply) => {
    const study = await findStudy(request);
    const form = readSessionForm(request.body);
    if (!form.ok) return sendSession(platform, request, reply.status(422), study, form);
    await inClinic(request.context, (clinic) => setMeasurements(clinic, study.id, form.value));
    platform.wake?.('studies', request.context.clinicId);
    return reply.redirect(studyPath(study.id), 303);
  });

  trialRoutes(app, platform);
  progressRoutes(app, platform);
}

const trialForm = z.object({
  role: z.enum(['standing', 'walking', 'other']),
  reason: z
    .string()
    .trim()
    .max(300)
    .default('')
    .transform((text) => text || null),
});

function trialRoutes(app: FastifyInstance, platform: Platform): void {
  const staff = { preHandler: requireStaff('clinician', 'owner') };

  app.post<{ Params: { file: string } }>(`${GAIT_LAB}/:id/files/:file`, staff, async (request, reply) => {
    const [studyId, fileId] = [idOf(request), request.params.file];
    const form = readForm(trialForm, request.body);
    if (!isUuid(fileId) || !form.ok) throw notFound('file');
    const judged = await inClinic(request.context, (clinic) =>
      judgeTrial(clinic, { studyId, fileId }, form.value),
    );
    if (!judged) throw notFound('file');
    platform.wake?.('studies', request.context.clinicId);
    return reply.redirect(studyPath(studyId), 303);
  });

  app.post(`${GAIT_LAB}/:id/process`, staff, async (request, reply) => {
    const study = await findStudy(request);
    const queued = await inClinic(request.context, (clinic) => queueRun(clinic, study.id));
    platform.wake?.('studies', request.context.clinicId);
    return reply.redirect(studyPath(study.id, queued ? 'progress' : undefined), 303);
  });
}

function progressRoutes(app: FastifyInstance, platform: Platform): void {
  const staff = { preHandler: requireStaff('clinician', 'owner') };

  app.get(`${GAIT_LAB}/:id/progress`, staff, async (request, reply) => {
    const study = await findStudy(request);
    if (study.status !== 'processing') return reply.redirect(studyPath(study.id), 303);
    const page = <ProgressPage study={study} />;
    const title = { title: 'Being processed', current: 'gait' } as const;
    return sendPage(reply.header('refresh', REFRESH_S), await deskPage(platform, request, title, page));
  });

  app.get(`${GAIT_LAB}/:id/state`, staff, async (request, reply) => {
    const study = await findStudy(request);
    return reply
      .header('cache-control', 'no-store')
      .send({ status: study.status, words: progressWords(study) });
  });
}

function beginningOf(body: unknown): Beginning | null {
  const { appointmentId, entitlementId, patientId } = formValues(body);
  const fields = { appointmentId, entitlementId, patientId };
  // An id that is none is no reason to begin with something else.
  if (Object.values(fields).some((id) => id !== undefined && !isUuid(id))) return null;
  const person = patientId === undefined ? {} : { patientId };
  if (appointmentId !== undefined) return { appointmentId, ...person };
  if (entitlementId !== undefined) return { entitlementId, ...person };
  return patientId === undefined ? null : { patientId };
}

function hasResult(study: Study): study is Study & { readonly resultId: string } {
  return study.resultId !== null && (study.status === 'ready' || study.status === 'signed');
}

async function findStudy(request: FastifyRequest): Promise<Study> {
  const study = await inClinic(request.context, (clinic) => readStudy(clinic, idOf(request)));
  if (!study) throw notFound('session');
  return study;
}

async function sendSession(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  study: Study,
  typed: FormErrors | null,
): Promise<FastifyReply> {
  const { last, radius, otherNorms, visitFell } = await inClinic(request.context, async (clinic) => ({
    last: await lastMeasured(clinic, study),
    radius: await usualMarkerRadius(clinic),
    otherNorms: hasResult(study) ? await judgedByOthers(clinic, platform.config, study.resultId) : null,
    visitFell: await visitFellThrough(clinic, study),
  }));
  const page = (
    <SessionPage
      clinic={request.clinic}
      study={study}
      form={typed ?? { values: sessionValues(study, last, radius), errors: {} }}
      {...{ otherNorms, visitFell }}
      sent={sentWords(request.query as Readonly<Record<string, unknown>>, WALKS)}
    />
  );
  const name = `${study.patient.givenName} ${study.patient.familyName}`;
  const title = { title: `Gait session: ${name}`, current: 'gait', islands: [UPLOADS] } as const;
  return sendPage(reply, await deskPage(platform, request, title, page), { status: reply.statusCode });
}
