import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { attachment } from '../../../platform/web/attachment.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { requireStaff } from '../../accounts/index.ts';
import { sendPdf } from '../../payments/index.ts';
import { isUuid } from '../../settings/index.ts';
import { examPath } from '../core/paths.ts';
import { readSignedContent, readVersions } from '../report/read-signed.ts';
import { FINDING_WORDS, type SignedContent } from '../report/signed-content.ts';
import { illustrate, readStoredReport, type StoredReport } from './read-report-facts.ts';
import { referralLetter } from './referral-letter.ts';
import { reportPdf } from './report-pdf.ts';
import { structuredReport } from './structured-report.ts';

interface ById {
  readonly Params: { readonly id: string };
}

interface ByFile {
  readonly Params: { readonly id: string; readonly file: string };
}

/** Making a paper costs more than a page does. */
const PAPER_LIMIT = { rateLimit: { max: 30, timeWindow: 60_000 } };
const VERSION_FILE = /^([1-9]\d{0,3})\.(pdf|dcm)$/;

/** A signed version as PDF and as DICOM structured report, and the letter of an urgent referral. */
export async function paperRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const paper = { preHandler: requireStaff('clinician', 'owner'), config: PAPER_LIMIT };
  app.get<ByFile>('/desk/imaging/:id/report/:file', paper, (request, reply) =>
    sendReport(platform, request, reply),
  );
  app.get<ById>('/desk/imaging/:id/referral.pdf', paper, (request, reply) =>
    sendLetter(platform, request, reply),
  );
}

async function sendReport(
  platform: Platform,
  request: FastifyRequest<ByFile>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const examId = examIdOf(request);
  const [, number, form] = VERSION_FILE.exec(request.params.file) ?? [];
  if (!number) throw notFound('report');
  const version = Number(number);
  const report = await inClinic(request.context, async (clinic) => {
    const found = await readStoredReport(clinic, request.clinic, examId, version);
    if (found)
      await record(clinic, {
        action: 'study.report_downloaded',
        subject: { kind: 'study', id: examId },
        detail: { version, form: form ?? '' },
      });
    return found;
  });
  if (!report)
    throw new UserError(404, 'There is no such version', 'The report was not signed in this version.', {
      href: examPath(examId, 'report'),
      label: 'Go to the report',
    });
  const name = `Ultrasound report ${report.content.exam.accession} version ${version}`;
  if (form === 'dcm')
    return attachment(reply, `${name}.dcm`, 'application/dicom').send(Buffer.from(structuredReport(report)));
  return sendPdf(reply, name, await reportPdf(await withPictures(platform, request, report)));
}

/** The letter as it goes with the version in which the patient was referred. */
async function sendLetter(
  platform: Platform,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const examId = examIdOf(request);
  const letter = await inClinic(request.context, async (clinic) => {
    const versions = await readVersions(clinic, examId);
    const [last] = versions;
    for (const { version } of versions) {
      const report = await readStoredReport(clinic, request.clinic, examId, version);
      if (!report?.content.referral) continue;
      const newest =
        last && last.version > version ? await readSignedContent(clinic, examId, last.version) : null;
      await record(clinic, {
        action: 'study.referral_letter_downloaded',
        subject: { kind: 'study', id: examId },
        detail: { version },
      });
      const facts = {
        corrected: newest && correctionWords(newest),
        patientPhone: await phoneNow(clinic, examId),
      };
      return { report, referral: report.content.referral, facts };
    }
    return null;
  });
  if (!letter)
    throw new UserError(404, 'There is no letter', 'No signed version of this report refers the patient.', {
      href: examPath(examId, 'report'),
      label: 'Go to the report',
    });
  const { report, referral, facts } = letter;
  const pdf = await referralLetter(await withPictures(platform, request, report), referral, facts);
  return sendPdf(reply, `Urgent referral ${report.content.exam.accession}`, pdf);
}

/** Whoever is to be called tonight may have another number than when the report was signed. */
async function phoneNow({ tx, clinicId }: ClinicTransaction, examId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('study as s')
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .select('p.phone')
    .where('s.clinic_id', '=', clinicId)
    .where('s.id', '=', examId)
    .executeTakeFirst();
  return row?.phone ?? null;
}

function withPictures(platform: Platform, request: FastifyRequest, report: StoredReport) {
  return illustrate(filesOf(platform.config), request.clinic.id, report);
}

function correctionWords({ version, finding, correction }: SignedContent): string {
  const why = correction?.reason ? ` ${correction.reason}` : '';
  return `The report was corrected since: version ${version} says ${FINDING_WORDS[finding].toLowerCase()}.${why}`;
}

function examIdOf({ params }: { readonly params: { readonly id: string } }): string {
  if (!isUuid(params.id)) throw notFound('report');
  return params.id;
}
