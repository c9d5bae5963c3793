import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { publicPage } from '../../../platform/web/public-page.tsx';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { portalOf, requirePatient } from '../../accounts/index.ts';
import { orderPath, sendPdf } from '../../payments/index.ts';
import { openShareLink } from '../core/share-links.ts';
import { patientPdf } from '../papers/patient-pdf.ts';
import { studyIdOf } from '../report/show-report.tsx';
import { WALK_VIEWER } from '../viewer/walk-viewer.tsx';
import { type NextStep, PatientPage } from './patient-page.tsx';
import { mayRead, type PatientReport, readPatientReport, readVisitLeft } from './read-patient-report.ts';
import { readSharedStudy } from './shared-study.ts';

interface ById {
  readonly Params: { readonly id: string };
}
interface BySecret {
  readonly Params: { readonly secret: string };
}

const LIMIT = { config: { rateLimit: { max: 60, timeWindow: 60_000 } } };

/** A patient's report: behind their own door, and by a link that ends. */
export async function patientReportRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const patient = { preHandler: requirePatient(), ...LIMIT };
  app.get<ById>('/my/reports/:id', patient, async (request, reply) => {
    const report = await readOwn(request, 'viewed');
    const path = `/my/reports/${report.study.id}`;
    const next = await nextStep(platform, request, report);
    return sendPatientPage(platform, request, reply, { ...report, path, next, sharedUntil: null });
  });
  app.get<ById>('/my/reports/:id/motion.json', patient, async (request, reply) =>
    sendMotion(reply, await readOwn(request, 'motion')),
  );
  app.get<ById>('/my/reports/:id.pdf', patient, async (request, reply) =>
    sendPatientPdf(request, reply, await readOwn(request, 'paper')),
  );
  app.get<BySecret>('/shared/:secret', LIMIT, async (request, reply) => {
    const { secret } = request.params;
    const shared = await readShared(platform, request, true);
    const until = shortMoment(shared.expiresAt, request.clinic.timeZone, request.clinic.locale);
    const path = `/shared/${secret}`;
    return sendPatientPage(platform, request, reply, {
      ...shared.report,
      path,
      next: null,
      sharedUntil: until,
    });
  });
  app.get<BySecret>('/shared/:secret/motion.json', LIMIT, async (request, reply) =>
    sendMotion(reply, (await readShared(platform, request, false)).report),
  );
  app.get<BySecret>('/shared/:secret.pdf', LIMIT, async (request, reply) =>
    sendPatientPdf(request, reply, (await readShared(platform, request, false)).report),
  );
}

/** The visitor's own report. Somebody else's, and one that nobody signed, look alike. */
async function readOwn(
  request: FastifyRequest<ById>,
  what: 'viewed' | 'motion' | 'paper',
): Promise<PatientReport> {
  const { email, userId } = portalOf(request);
  const id = studyIdOf(request);
  const report = await inClinic(request.context, async (clinic) => {
    const found = (await mayRead(clinic, id, email))
      ? await readPatientReport(clinic, request.clinic, id)
      : null;
    if (found && what !== 'motion')
      await record(clinic, {
        action: `study.patient_${what}`,
        subject: { kind: 'study', id },
        detail: { version: found.signed.version, user: userId },
      });
    return found;
  });
  if (!report) throw notFound('report');
  return report;
}

interface Shared {
  readonly report: PatientReport;
  readonly expiresAt: number;
}

/** What a link opens now; opening the page is counted, its parts are not. */
async function readShared(
  platform: Platform,
  request: FastifyRequest<BySecret>,
  counted: boolean,
): Promise<Shared> {
  const { secret } = request.params;
  const now = platform.clock.now();
  const shared = await inClinic(
    request.context,
    async (clinic: ClinicTransaction): Promise<Shared | null> => {
      const found = await readSharedStudy(clinic, secret, now);
      const report = found && (await readPatientReport(clinic, request.clinic, found.studyId));
      if (!report) return null;
      if (counted) await openShareLink(clinic, secret, now);
      return { report, expiresAt: found.expiresAt };
    },
  );
  if (!shared) throw notFound('report');
  return shared;
}

/** A visit that is paid for comes before any other. */
async function nextStep(
  platform: Platform,
  request: FastifyRequest,
  { study }: PatientReport,
): Promise<NextStep> {
  const now = platform.clock.now();
  const left = await inClinic(request.context, (clinic) => readVisitLeft(clinic, study, now));
  return left
    ? { path: orderPath(platform, left.orderId), paidFor: left.description }
    : { path: '/book', paidFor: null };
}

function sendPatientPage(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: PatientReport & {
    readonly path: string;
    readonly next: NextStep | null;
    readonly sharedUntil: string | null;
  },
): FastifyReply {
  const page = publicPage(
    platform.assets,
    request,
    {
      title: shown.sharedUntil === null ? 'Your walk' : 'A walk',
      noIndex: true,
      dock: false,
      islands: shown.motion ? [WALK_VIEWER] : [],
    },
    <PatientPage {...shown} givenName={shown.study.patient.givenName} clinicName={request.clinic.name} />,
  );
  // A shared address is a key: no page that it links to may learn it.
  return sendPage(reply.header('referrer-policy', 'no-referrer'), page);
}

function sendMotion(reply: FastifyReply, { motion }: PatientReport): FastifyReply {
  if (!motion) throw notFound('motion');
  return reply.header('cache-control', 'no-store').send(motion);
}

async function sendPatientPdf(
  request: FastifyRequest,
  reply: FastifyReply,
  report: PatientReport,
): Promise<FastifyReply> {
  return sendPdf(reply, `Your walk ${report.day}`, await patientPdf(request.clinic, report));
}
