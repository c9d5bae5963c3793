import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../platform/audit/record.ts';
import { inClinic } from '../../platform/database/in-clinic.ts';
import type { Platform } from '../../platform/web/server.ts';
import { notFound } from '../../platform/web/user-error.ts';
import { portalOf, requirePatient } from '../accounts/index.ts';
import { sendPdf, statementPdf, statementTitle } from '../payments/index.ts';
import { readYearStatement } from './read-statements.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface YearOfPatient {
  readonly Params: { readonly patientId: string; readonly year: string };
}

/** What a payer was charged and paid in a year, for their insurer or the tax office. */
export async function statementRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const limits = { config: { rateLimit: { max: 30, timeWindow: 60_000 } } };
  app.get<YearOfPatient>(
    '/my/statements/:patientId/:year.pdf',
    { preHandler: requirePatient(), ...limits },
    (request, reply) => sendYear(platform, request, reply, request.params),
  );
}

async function sendYear(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  { patientId, year }: YearOfPatient['Params'],
): Promise<FastifyReply> {
  if (!UUID.test(patientId) || !/^20\d\d$/.test(year)) throw notFound('statement');
  const { email, userId } = portalOf(request);
  const wish = { patientId, year: Number(year) };
  const statement = await inClinic(request.context, async (clinic) => {
    const found = await readYearStatement(clinic, request.clinic, email, wish, platform.clock.now());
    const subject = { kind: 'patient', id: patientId };
    if (found) await record(clinic, { action: 'statement.viewed', subject, detail: { year, user: userId } });
    return found;
  });
  if (!statement) throw notFound('statement');
  return sendPdf(reply, statementTitle(statement), await statementPdf(statement));
}
