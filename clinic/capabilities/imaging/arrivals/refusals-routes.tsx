import type { FastifyInstance } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { idOf } from '../../settings/index.ts';
import { REFUSALS } from '../core/paths.ts';
import { sendOriginal } from '../exams/clip-routes.ts';
import { markSeen, readRefusal, readRefusals } from './refusals.ts';
import { RefusalsPage } from './refusals-page.tsx';

/** What came and was not taken, for whoever puts it right. */
export async function refusalsRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff('clinician', 'owner') };

  app.get(REFUSALS, staff, async (request, reply) => {
    const refusals = await inClinic(request.context, async (clinic) => {
      await record(clinic, { action: 'refusals.viewed' });
      return readRefusals(clinic);
    });
    const page = <RefusalsPage clinic={request.clinic} refusals={refusals} />;
    return sendPage(
      reply,
      await deskPage(platform, request, { title: 'Refused files', current: 'imaging' }, page),
    );
  });

  app.post(`${REFUSALS}/:id`, staff, async (request, reply) => {
    const id = idOf(request);
    await inClinic(request.context, (clinic) => markSeen(clinic, id));
    return reply.redirect(REFUSALS, 303);
  });

  app.get(`${REFUSALS}/:id/file`, staff, async (request, reply) => {
    const id = idOf(request);
    const refusal = await inClinic(request.context, (clinic) => readRefusal(clinic, id));
    if (!refusal?.file) throw notFound('file');
    return sendOriginal(platform, request, reply, { ...refusal.file, fileId: refusal.file.id });
  });
}
