import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { formValues } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { requireStaff } from '../../accounts/index.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { examPath } from '../core/paths.ts';
import { discardDraft, saveDraft } from './report-draft.ts';
import { reportInputOf, reportValues, tooLong } from './report-input.ts';
import { type ById, examIdOf, maySign, sendReport, type TypedReport } from './show-report.tsx';
import { SigningRefused, signExam } from './sign-exam.ts';

/** The ultrasound report at the desk: read, written, signed, and corrected by a next version. */
export async function reportRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff('clinician', 'owner') };
  const path = '/desk/imaging/:id/report';
  app.get<ById>(path, staff, (request, reply) => sendReport(platform, request, reply));
  app.post<ById>(path, staff, (request, reply) => writeReport(platform, request, reply));
}

/** Keeps the draft, throws it away, or signs it. Whatever stands in the way, the page comes back with all that was typed. */
async function writeReport(
  platform: Platform,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const examId = examIdOf(request);
  const posted = formValues(request.body);
  // A page that keeps what is typed by itself asks for no page.
  const byItself = request.headers.accept === 'application/json';
  const values = reportValues(posted);
  const opened = { base: countOf(posted.base), revision: countOf(posted.revision), seen: posted.seen ?? '' };
  const back = (wrong: Partial<TypedReport>) =>
    sendReport(platform, request, reply, { values, errors: {}, revision: opened.revision, ...wrong });
  const errors = tooLong(values);
  if (Object.keys(errors).length > 0) return byItself ? reply.code(422).send({ errors }) : back({ errors });
  const { staff } = request;
  const writer = { id: staff?.userId ?? '', name: staff?.name ?? '' };
  const now = platform.clock.now();
  const wish = byItself ? 'draft' : posted.do;
  try {
    if (wish === 'discard') {
      const isGone = await inClinic(request.context, (clinic) => discardDraft(clinic, { ...opened, examId }));
      if (!isGone)
        return back({
          refusal: 'Somebody kept or signed this report since you opened it. Nothing was discarded.',
        });
      return reply.redirect(examPath(examId, 'report'), 303);
    }
    if (wish !== 'sign') {
      const draft = { ...opened, examId, values, writer, now, byItself };
      const saved = await inClinic(request.context, (clinic) => saveDraft(clinic, draft));
      if (byItself)
        return saved.ok ? reply.send({ revision: saved.revision, at: now }) : reply.code(409).send({});
      if (!saved.ok)
        return back({
          refusal: 'Somebody kept or signed this report since you opened it. Your draft is not kept yet.',
        });
      return reply.redirect(`${examPath(examId, 'report')}#report`, 303);
    }
    if (!staff || !maySign(staff))
      return back({ refusal: 'A clinician signs the report. Your draft can be kept, and signed by one.' });
    const report = reportInputOf(values, request.clinic.timeZone);
    const toSign = { examId, report, signer: writer, now, opened };
    await inClinic(request.context, (clinic) => signExam(clinic, toSign));
    return reply.redirect(examPath(examId, 'report'), 303);
  } catch (error) {
    if (error instanceof SigningRefused) return back(refusalOf(error));
    if (error instanceof ImagingError) return back({ refusal: error.message });
    throw error;
  }
}

/** Each missing thing at its field, in the order in which the rule names them. */
function refusalOf({ message, missing }: SigningRefused): Partial<TypedReport> {
  if (missing.length === 0) return { refusal: message };
  return { errors: Object.fromEntries(missing.map((one) => [one.field, one.message])) };
}

/** A count that the form carries; a form that carries none is behind everything. */
function countOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : -1;
}
