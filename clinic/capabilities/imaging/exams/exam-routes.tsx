import { dateAt } from '@rectus/schedule';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { sentWords } from '../../../platform/uploads/index.ts';
import { type FormErrors, formValues, readForm } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { daySpan } from '../../../platform/web/wall-clock.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { findPeople } from '../../records/index.ts';
import { idOf, isUuid } from '../../settings/index.ts';
import { countWaiting } from '../arrivals/waiting-clips.ts';
import { readClips } from '../core/clip-facts.ts';
import { type Exam, readExam } from '../core/exam.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { type ExamBeginning, openExam } from '../core/new-exam.ts';
import { examPath, IMAGING } from '../core/paths.ts';
import { listOpenReferrals } from '../referral/read-referrals.ts';
import { changeExam, examForm } from './change-exam.ts';
import { ExamPage } from './exam-page.tsx';
import { factsOf } from './facts-form.tsx';
import { CLIPS } from './files/clips-kind.ts';
import { readTroubledUploads } from './files/troubled-uploads.ts';
import { listExams } from './list-exams.ts';
import { ListPage } from './list-page.tsx';
import { ultrasoundVisits } from './us-visits.ts';

const DAY_MS = 86_400_000;
const SIGNED_SHOWN = 20;
const UPLOADS = 'capabilities/imaging/islands/uploads';

/** The list of examinations, how one begins, and the page of one. */
export async function examRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff('clinician', 'owner') };

  app.get<{ Querystring: { q?: unknown } }>(IMAGING, staff, async (request, reply) => {
    const { clinic, context } = request;
    const query = typeof request.query.q === 'string' ? request.query.q.trim().slice(0, 200) : '';
    const now = platform.clock.now();
    const today = daySpan(dateAt(now, clinic.timeZone), clinic.timeZone);
    const shown = await inClinic(context, async (tx) => ({
      open: await listExams(tx, { openOrSince: today.start, limit: 100 }),
      signed: await listExams(tx, { signedBefore: today.start, limit: SIGNED_SHOWN }),
      visits: await ultrasoundVisits(tx, { start: today.start - DAY_MS, end: today.end }),
      referrals: await listOpenReferrals(tx),
      ...(await countWaiting(tx)),
    }));
    const found = await findPeople(context, clinic, query, now, 8);
    const isOwner = request.staff?.role === 'owner';
    const page = <ListPage {...{ clinic, now, isOwner, query, found }} {...shown} />;
    return sendPage(
      reply,
      await deskPage(platform, request, { title: 'Ultrasound', current: 'imaging' }, page),
    );
  });

  app.post(IMAGING, staff, async (request, reply) => {
    const from = beginningOf(request.body);
    if (!from) throw notFound('visit or person');
    const id = await inClinic(request.context, (clinic) =>
      openExam(clinic, from, platform.clock.now()),
    ).catch((error: unknown) => {
      if (!(error instanceof ImagingError)) throw error;
      const back = { href: IMAGING, label: 'Ultrasound' };
      throw new UserError(409, 'This examination cannot begin', error.message, back);
    });
    return reply.redirect(examPath(id), 303);
  });

  app.get(`${IMAGING}/:id`, staff, async (request, reply) => {
    const exam = await findExam(request);
    await inClinic(request.context, (clinic) =>
      record(clinic, { action: 'study.viewed', subject: { kind: 'study', id: exam.id } }),
    );
    return sendExam(platform, request, reply, exam, null);
  });

  app.post(`${IMAGING}/:id`, staff, async (request, reply) => {
    const exam = await findExam(request);
    const form = readForm(examForm, request.body);
    if (!form.ok) return sendExam(platform, request, reply, exam, form);
    await inClinic(request.context, (clinic) => changeExam(clinic, exam, form.value));
    return reply.redirect(examPath(exam.id), 303);
  });
}

/** The examination that an address names. @throws UserError 404 */
export async function findExam(request: FastifyRequest): Promise<Exam> {
  const id = idOf(request);
  const exam = await inClinic(request.context, (clinic) => readExam(clinic, id));
  if (!exam) throw notFound('examination');
  return exam;
}

async function sendExam(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  exam: Exam,
  form: FormErrors | null,
): Promise<FastifyReply> {
  const shown = await inClinic(request.context, async (clinic) => ({
    clips: await readClips(clinic, exam.id),
    troubled: await readTroubledUploads(clinic, exam.id),
    waiting: (await countWaiting(clinic)).waiting,
  }));
  const page = (
    <ExamPage
      clinic={request.clinic}
      exam={exam}
      {...shown}
      form={form ?? { values: factsOf(exam), errors: {} }}
      sent={sentWords(request.query as Readonly<Record<string, unknown>>, CLIPS)}
    />
  );
  const title = `Ultrasound of ${exam.patient.givenName} ${exam.patient.familyName}`;
  return sendPage(
    reply,
    await deskPage(platform, request, { title, current: 'imaging', islands: [UPLOADS] }, page),
    { status: form ? 422 : 200 },
  );
}

function beginningOf(body: unknown): ExamBeginning | null {
  const { appointmentId = '', patientId = '' } = formValues(body);
  const person = isUuid(patientId) ? { patientId } : {};
  if (isUuid(appointmentId)) return { appointmentId, ...person };
  return isUuid(patientId) ? { patientId } : null;
}
