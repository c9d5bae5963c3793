import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../../platform/web/server.ts';
import { UserError } from '../../platform/web/user-error.ts';
import { createAccess } from './access.ts';
import { DoorError } from './door-error.ts';
import { DICOMWEB } from './paths.ts';
import { retrieveRoutes } from './retrieve/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { storeRoutes } from './store/routes.ts';

/** DICOMweb for machines and programs: storing (STOW-RS), searching (QIDO-RS), fetching (WADO-RS). See the README. */
export async function dicomwebRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  await app.register(
    async (scope) => {
      scope.decorateRequest('imagingMachine', null);
      scope.setErrorHandler(answerError);
      const access = createAccess();
      await storeRoutes(scope, platform, access.store);
      await searchRoutes(scope, access.read);
      await retrieveRoutes(scope, platform, access.read);
    },
    { prefix: DICOMWEB },
  );
}

const WORDS: Readonly<Record<number, string>> = {
  413: 'That is more than this address takes.',
  415: 'Send multipart/related; type="application/dicom".',
};

/** Programs read logs, not pages: one line says what was wrong. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isOurs = error instanceof DoorError || error instanceof UserError;
  const status = isOurs ? error.status : (error.statusCode ?? 500);
  if (status >= 500) request.log.error({ err: error, id: request.id }, 'request failed');
  const words = isOurs
    ? error.message
    : (WORDS[status] ?? (status < 500 ? 'That cannot be read.' : 'Something went wrong here.'));
  if (error instanceof DoorError) reply.headers(error.headers);
  return reply
    .status(status)
    .type('text/plain; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(`${words}\n`);
}
