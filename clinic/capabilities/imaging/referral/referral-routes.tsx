import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type FormErrors, formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { isUuid } from '../../settings/index.ts';
import { readExam } from '../core/exam.ts';
import { examPath } from '../core/paths.ts';
import { answerReferral } from './answer-referral.ts';
import { readReferrals } from './read-referrals.ts';
import { readAnswer } from './referral-form.ts';
import { ReferralPage } from './referral-page.tsx';

interface ById {
  readonly Params: { readonly id: string };
}

/** The urgent referral of an examination: read, and answered once. */
export async function referralRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff('clinician', 'owner') };
  const path = '/desk/imaging/:id/referral';
  app.get<ById>(path, staff, (request, reply) => send(platform, request, reply, null));
  app.post<ById>(path, staff, (request, reply) => answer(platform, request, reply));
}

async function answer(
  platform: Platform,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const examId = examIdOf(request);
  const referralId = formValues(request.body).referral ?? '';
  const exam = await inClinic(request.context, (clinic) => readExam(clinic, examId));
  if (!exam || !isUuid(referralId)) throw notFound('referral');
  const { timeZone: zone, locale } = request.clinic;
  const now = platform.clock.now();
  const form = readAnswer(request.body, { now, takenAt: exam.takenAt, zone, locale });
  if (!form.ok) return send(platform, request, reply, { ...form, referralId });
  const words = { examId, referralId, words: form.value, now, by: request.staff?.userId ?? '' };
  if (!(await inClinic(request.context, (clinic) => answerReferral(clinic, words))))
    throw new UserError(
      409,
      'Somebody was faster',
      'This referral has been answered already. What you typed was not kept.',
      { href: examPath(examId, 'referral'), label: 'Read the answer' },
    );
  return reply.redirect(`${examPath(examId, 'referral')}?said=answered`, 303);
}

async function send(
  platform: Platform,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
  typed: (FormErrors & { readonly referralId: string }) | null,
): Promise<FastifyReply> {
  const examId = examIdOf(request);
  const referrals = await inClinic(request.context, async (clinic) => {
    const found = await readReferrals(clinic, examId);
    if (found.length > 0)
      await record(clinic, { action: 'referral.viewed', subject: { kind: 'study', id: examId } });
    return found;
  });
  if (referrals.length === 0) throw notFound('referral');
  const isAnswered = formValues(request.query).said === 'answered';
  const page = (
    <ReferralPage
      clinic={request.clinic}
      {...{ examId, referrals, typed }}
      now={platform.clock.now()}
      said={isAnswered ? 'The answer is kept, and the task is closed.' : null}
    />
  );
  const head = { title: `Urgent referral: ${referrals[0]?.patient.name ?? ''}`, current: 'imaging' } as const;
  return sendPage(reply, await deskPage(platform, request, head, page), { status: typed ? 422 : 200 });
}

function examIdOf({ params }: { readonly params: { readonly id: string } }): string {
  if (!isUuid(params.id)) throw notFound('referral');
  return params.id;
}
