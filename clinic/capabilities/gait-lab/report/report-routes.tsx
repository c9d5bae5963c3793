import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { clinicOrigin } from '../../../platform/web/clinic-origin.ts';
import { formValues } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { requireStaff } from '../../accounts/index.ts';
import { sendPdf } from '../../payments/index.ts';
import { createShareLink, LONGEST_SHARE_DAYS, revokeShareLink } from '../core/share-links.ts';
import { signReport } from '../core/sign-report.ts';
import { readSignedReports } from '../core/study.ts';
import { StudyError } from '../core/study-error.ts';
import { patientPdf } from '../papers/patient-pdf.ts';
import { reportPdf } from '../papers/report-pdf.ts';
import { studyPath } from '../sessions/paths.ts';
import { sendMotion } from './motion-route.ts';
import { readReportForm } from './report-form.ts';
import { saveDraft } from './save-draft.ts';
import { type ById, maySign, openReport, sendReport, studyIdOf } from './show-report.tsx';

interface ByLink {
  readonly Params: { readonly id: string; readonly linkId: string };
}

/** Making a paper costs more than a page does. */
const PAPER_LIMIT = { rateLimit: { max: 30, timeWindow: 60_000 } };

/** Another trial than the best is worked out anew each time. */
const MOTION_LIMIT = { rateLimit: { max: 60, timeWindow: 60_000 } };

/** The gait report at the desk: read, written, signed, corrected by a next version, shared and put on paper. */
export async function reportRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff('clinician', 'owner') };
  const paper = { ...staff, config: PAPER_LIMIT };
  app.get<ById>('/desk/gait/:id/report', staff, (request, reply) => sendReport(platform, request, reply));
  app.post<ById>('/desk/gait/:id/report', staff, (request, reply) => writeReport(platform, request, reply));
  app.get<ById>('/desk/gait/:id/motion.json', { ...staff, config: MOTION_LIMIT }, (request, reply) =>
    sendMotion(platform, request, reply),
  );
  app.post<ById>('/desk/gait/:id/share', staff, (request, reply) => share(platform, request, reply));
  app.post<ByLink>('/desk/gait/:id/share/:linkId/revoke', staff, async (request, reply) => {
    const id = studyIdOf(request);
    const linkId = studyIdOf({ params: { id: request.params.linkId } });
    await inClinic(request.context, (clinic) => revokeShareLink(clinic, id, linkId, platform.clock.now()));
    return reply.redirect(`${studyPath(id, 'report')}#share`, 303);
  });
  app.get<ById>('/desk/gait/:id/report.pdf', paper, async (request, reply) => {
    const shown = await openReport(request);
    return sendPdf(reply, `Gait report ${shown.day}`, await reportPdf(request.clinic, shown));
  });
  app.get<ById>('/desk/gait/:id/report/patient.pdf', paper, async (request, reply) => {
    const shown = await openReport(request);
    if (!shown.signed) throw notFound('signed report');
    const { signed } = shown;
    return sendPdf(
      reply,
      `Your walk ${shown.day}`,
      await patientPdf(request.clinic, { ...shown, signed, report: shown.result.report }),
    );
  });
}

/** Keeps the draft, or signs it. What was typed is shown again where it can not be signed. */
async function writeReport(
  platform: Platform,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const studyId = studyIdOf(request);
  const { do: act, result: resultId = '' } = formValues(request.body);
  const isSigned = act === 'sign';
  const form = readReportForm(request.body, isSigned);
  if (!form.ok) return sendReport(platform, request, reply, { typed: form });
  const path = studyPath(studyId, 'report');
  try {
    if (!isSigned) {
      await inClinic(request.context, (clinic) => saveDraft(clinic, studyId, form.value));
      return reply.redirect(`${path}?kept#sign`, 303);
    }
    const { staff } = request;
    if (!staff || !maySign(staff))
      throw new UserError(403, 'A clinician signs the report', 'Your draft can be kept, and signed by one.');
    const signer = { id: staff.userId, name: staff.name };
    const of = { platform, clinic: request.clinic };
    await inClinic(request.context, (clinic) =>
      signReport(clinic, of, { studyId, resultId, text: form.value, signer }),
    );
    return reply.redirect(path, 303);
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    const typed = { values: form.values, errors: { findings: error.message } };
    return sendReport(platform, request, reply, { typed });
  }
}

async function share(
  platform: Platform,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const studyId = studyIdOf(request);
  const days = Number(formValues(request.body).days);
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_SHARE_DAYS)
    throw new UserError(422, 'Choose for how long', `A link opens for 1 to ${LONGEST_SHARE_DAYS} days.`);
  const secret = await inClinic(request.context, async (clinic) => {
    const [signed] = await readSignedReports(clinic, studyId);
    if (!signed) throw notFound('signed report');
    const by = request.staff?.userId ?? '';
    return createShareLink(clinic, studyId, { days, now: platform.clock.now(), by });
  });
  const origin = clinicOrigin(platform.config.publicUrl, request.clinic.hosts);
  return sendReport(platform, request, reply, { link: `${origin}/shared/${secret}` });
}
