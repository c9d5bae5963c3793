import { writeNormPackage } from '@rectus/gait';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { acceptForms } from '../../../platform/uploads/index.ts';
import { attachment } from '../../../platform/web/attachment.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { idOf } from '../../settings/index.ts';
import { LARGEST_NORMS } from '../files/limits.ts';
import { NORMS } from '../sessions/paths.ts';
import { readFolderNorms } from './folder-norms.ts';
import { listNorms, readNorms, useNorms } from './norm-store.ts';
import { NormsPage, type NormsPageProps } from './norms-page.tsx';
import { ownNormsRoutes } from './own-norms-routes.tsx';
import { receiveNorms } from './receive-norms.ts';

const MB = 1024 * 1024;

/** The clinic's norms: see, install, set aside, use again, save as a file. */
export async function normsRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff('clinician', 'owner') };
  const owner = { preHandler: requireStaff('owner') };

  app.get(NORMS, staff, async (request, reply) => sendNorms(platform, request, reply, {}));

  app.get(`${NORMS}/:id/file`, staff, async (request, reply) => {
    const id = idOf(request);
    const norms = await inClinic(request.context, async (clinic) => {
      const found = await readNorms(clinic, id);
      if (found) await record(clinic, { action: 'norms.saved', subject: { kind: 'norms', id } });
      return found;
    });
    if (!norms) throw notFound('set of norms');
    return attachment(reply, `${norms.id}.json`, 'application/json').send(writeNormPackage(norms));
  });

  for (const [path, use] of [
    ['use', true],
    ['set-aside', false],
  ] as const)
    app.post(`${NORMS}/:id/${path}`, owner, async (request, reply) => {
      const done = await inClinic(request.context, (clinic) => useNorms(clinic, idOf(request), use));
      if (!done) throw notFound('set of norms');
      return reply.redirect(NORMS, 303);
    });

  await app.register(async (scope) => uploadOfNorms(scope, platform));
  ownNormsRoutes(app, platform);
}

/** Norms come as a form with files, which nothing else of the gait lab's pages for norms takes. */
function uploadOfNorms(scope: FastifyInstance, platform: Platform): void {
  const hint = `Norms are small: at most ${LARGEST_NORMS / MB} MB at a time.`;
  acceptForms(scope, { limit: LARGEST_NORMS, hint, back: { href: NORMS, label: 'Back to the norms' } });
  // Whoever may not install is refused before the bytes are read.
  scope.post(NORMS, { onRequest: requireStaff('owner') }, async (request, reply) => {
    const received = Buffer.isBuffer(request.body)
      ? await receiveNorms(request.context, {
          contentType: request.headers['content-type'] ?? '',
          body: request.body,
        })
      : 'none';
    if (received === 'none')
      return sendNorms(platform, request, reply.status(422), { problem: 'No file was picked.' });
    if (received === 'damaged') {
      const problem = 'The form arrived damaged, and nothing of it was kept. Please send it again.';
      return sendNorms(platform, request, reply.status(422), { problem });
    }
    const failed = received.faults.length > 0 || received.installed.length === 0;
    return sendNorms(platform, request, reply.status(failed ? 422 : 200), { received });
  });
}

async function sendNorms(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  { received = null, problem = null }: Partial<Pick<NormsPageProps, 'received' | 'problem'>>,
): Promise<FastifyReply> {
  const installed = await inClinic(request.context, listNorms);
  const page = (
    <NormsPage
      clinic={request.clinic}
      installed={installed}
      folder={readFolderNorms(platform.config)}
      mayChange={request.staff?.role === 'owner'}
      received={received}
      problem={problem}
    />
  );
  return sendPage(reply, await deskPage(platform, request, { title: 'Norms', current: 'gait' }, page), {
    status: reply.statusCode,
  });
}
