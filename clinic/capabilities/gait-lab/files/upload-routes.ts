import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { readForm } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { requireStaff } from '../../accounts/index.ts';
import { idOf, isUuid } from '../../settings/index.ts';
import { studyPath } from '../sessions/paths.ts';
import { sentQuery } from '../sessions/sent-words.ts';
import { acceptForms } from './accept-forms.ts';
import { downloadRoutes } from './download-routes.ts';
import { LARGEST_PIECE, LARGEST_TOGETHER } from './limits.ts';
import { receiveForm } from './receive-form.ts';
import { announceFile, readUpload, takePiece, type Upload } from './upload.ts';
import { UploadError, type UploadProblem } from './upload-error.ts';

const STATUS: Readonly<Record<UploadProblem, number>> = {
  offset: 409,
  checksum: 422,
  gone: 404,
  name: 422,
  size: 422,
  'too-many': 422,
  'too-large': 413,
};

const announcement = z.object({
  name: z.string().default(''),
  size: z.coerce.number().int().nonnegative().catch(0),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .or(z.literal('').transform(() => null))
    .default(null as unknown as string),
});

/**
 * How files come to a session. A script announces each file with its name, size and SHA-256 (POST …/uploads), is told
 * which byte comes next, and sends pieces from there on (PATCH …/uploads/<id>, octets, `upload-offset`); after a break
 * it asks again (GET) or announces the same file once more. Answers are JSON: { id, status, received, reason }, or
 * { error, received }. Without a script one multipart form brings several files.
 */
export async function uploadRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  downloadRoutes(app, platform);
  await app.register(async (scope) => {
    const staff = requireStaff('clinician', 'owner');
    // Whoever may not upload is refused before the bytes are read.
    const guarded = { onRequest: staff };
    acceptBytes(scope);

    scope.post('/desk/gait/:id/uploads', guarded, async (request, reply) => {
      const studyId = await studyOf(request);
      const form = readForm(announcement, request.body);
      if (!form.ok)
        return reply.status(422).send({ error: 'The file was not announced rightly.', received: 0 });
      const { name, size, sha256 } = form.value;
      return answer(reply, () =>
        inClinic(request.context, (clinic) =>
          announceFile(clinic, studyId, { name, sizeBytes: size, sha256 }),
        ),
      );
    });

    scope.get('/desk/gait/:id/uploads/:file', guarded, async (request, reply) =>
      answer(reply, async () => {
        const upload = await inClinic(request.context, (clinic) =>
          readUpload(clinic, idOf(request), fileOf(request)),
        );
        if (!upload) throw new UploadError('gone', 'This upload is not known any more.');
        return upload;
      }),
    );

    scope.patch(
      '/desk/gait/:id/uploads/:file',
      { ...guarded, bodyLimit: LARGEST_PIECE },
      async (request, reply) => {
        const offset = Number(request.headers['upload-offset']);
        if (!Number.isSafeInteger(offset) || offset < 0)
          return reply
            .status(400)
            .send({ error: 'Say in upload-offset from which byte on this is.', received: 0 });
        return answer(reply, async () => {
          const upload = await takePiece(request.context, filesOf(platform.config), {
            studyId: idOf(request),
            fileId: fileOf(request),
            offset,
            body: request.body instanceof Readable ? request.body : Readable.from([]),
          });
          if (upload.status !== 'uploading') platform.wake?.('studies', request.context.clinicId);
          return upload;
        });
      },
    );

    scope.post('/desk/gait/:id/files', guarded, async (request, reply) => {
      const studyId = await studyOf(request);
      if (!Buffer.isBuffer(request.body))
        throw new UserError(415, 'Files only', 'Please send C3D files from the form on our page.');
      const received = await receiveForm(request.context, filesOf(platform.config), {
        studyId,
        contentType: request.headers['content-type'] ?? '',
        body: request.body,
      });
      platform.wake?.('studies', request.context.clinicId);
      return reply.redirect(`${studyPath(studyId)}?${sentQuery(received)}`, 303);
    });
  });
}

/** Bodies beside plain forms: octets as they come, and forms with files. */
function acceptBytes(scope: FastifyInstance): void {
  scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
  const hint = `Send at most ${LARGEST_TOGETHER / 1024 / 1024} MB at a time, and the rest afterwards.`;
  acceptForms(scope, { limit: LARGEST_TOGETHER, hint, back: null });
}

async function answer(reply: FastifyReply, work: () => Promise<Upload>): Promise<FastifyReply> {
  try {
    const { fileId, status, received, refusedReason } = await work();
    return reply.send({ id: fileId, status, received, reason: refusedReason });
  } catch (error) {
    if (!(error instanceof UploadError)) throw error;
    return reply.status(STATUS[error.problem]).send({ error: error.message, received: error.received });
  }
}

async function studyOf(request: FastifyRequest): Promise<string> {
  const id = idOf(request);
  const known = await inClinic(request.context, ({ tx }) =>
    tx.selectFrom('study').select('id').where('id', '=', id).where('kind', '=', 'gait').executeTakeFirst(),
  );
  if (!known) throw notFound('session');
  return id;
}

function fileOf(request: FastifyRequest): string {
  const { file } = request.params as { readonly file?: string };
  if (!file || !isUuid(file)) throw notFound('file');
  return file;
}
