import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { z } from 'zod';
import { inClinic } from '../database/in-clinic.ts';
import { filesOf } from '../files/index.ts';
import { readForm } from '../web/form.ts';
import type { Platform } from '../web/server.ts';
import { notFound, UserError } from '../web/user-error.ts';
import { acceptForms } from './accept-forms.ts';
import { LARGEST_PIECE, LARGEST_TOGETHER } from './limits.ts';
import { receiveForm } from './receive-form.ts';
import { sentQuery } from './sent-words.ts';
import { announceFile, readUpload, takePiece, type Upload } from './upload.ts';
import { UploadError, type UploadProblem } from './upload-error.ts';
import type { UploadKind } from './upload-kind.ts';

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

/** Where files of one kind come in. */
export interface UploadDoor {
  readonly kind: UploadKind;
  /** The address of a study is this, a slash and its id. */
  readonly base: string;
  /** Which studies have files of this kind. */
  readonly study: 'gait' | 'ultrasound';
  /** Whoever may not upload is refused before the bytes are read. */
  readonly guard: onRequestHookHandler;
  /** What is said where somebody sends something else than a form with files. */
  readonly wanted: string;
  /** After a file was settled. */
  readonly after?: (request: FastifyRequest) => void;
}

/**
 * How files come to a study. A script announces each file with its name, size and SHA-256 (POST …/uploads), is told
 * which byte comes next, and sends pieces from there on (PATCH …/uploads/<id>, octets, `upload-offset`); after a break
 * it asks again (GET) or announces the same file once more. Answers are JSON: { id, status, received, reason }, or
 * { error, received }. Without a script one multipart form brings several files.
 */
export async function uploadRoutes(
  app: FastifyInstance,
  platform: Platform,
  { kind, base, study, guard, wanted, after }: UploadDoor,
): Promise<void> {
  const files = filesOf(platform.config);
  await app.register(async (scope) => {
    const guarded = { onRequest: guard };
    acceptBytes(scope);

    scope.post(`${base}/:id/uploads`, guarded, async (request, reply) => {
      const studyId = await studyOf(request, study);
      const form = readForm(announcement, request.body);
      if (!form.ok)
        return reply.status(422).send({ error: 'The file was not announced rightly.', received: 0 });
      const { name, size, sha256 } = form.value;
      return answer(reply, () =>
        inClinic(request.context, (clinic) =>
          announceFile(clinic, kind, studyId, { name, sizeBytes: size, sha256 }),
        ),
      );
    });

    scope.get(`${base}/:id/uploads/:file`, guarded, async (request, reply) =>
      answer(reply, async () => {
        const upload = await inClinic(request.context, (clinic) =>
          readUpload(clinic, uuidIn(request, 'id'), uuidIn(request, 'file')),
        );
        if (!upload) throw new UploadError('gone', 'This upload is not known any more.');
        return upload;
      }),
    );

    scope.patch(
      `${base}/:id/uploads/:file`,
      { ...guarded, bodyLimit: LARGEST_PIECE },
      async (request, reply) => {
        const offset = Number(request.headers['upload-offset']);
        if (!Number.isSafeInteger(offset) || offset < 0)
          return reply
            .status(400)
            .send({ error: 'Say in upload-offset from which byte on this is.', received: 0 });
        return answer(reply, async () => {
          const upload = await takePiece(request.context, files, kind, {
            studyId: uuidIn(request, 'id'),
            fileId: uuidIn(request, 'file'),
            offset,
            body: request.body instanceof Readable ? request.body : Readable.from([]),
          });
          if (upload.status !== 'uploading') after?.(request);
          return upload;
        });
      },
    );

    scope.post(`${base}/:id/files`, guarded, async (request, reply) => {
      const studyId = await studyOf(request, study);
      if (!Buffer.isBuffer(request.body)) throw new UserError(415, 'Files only', wanted);
      const received = await receiveForm(request.context, files, kind, {
        studyId,
        contentType: request.headers['content-type'] ?? '',
        body: request.body,
      });
      after?.(request);
      return reply.redirect(`${base}/${studyId}?${sentQuery(received)}`, 303);
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

async function studyOf(request: FastifyRequest, kind: UploadDoor['study']): Promise<string> {
  const id = uuidIn(request, 'id');
  const known = await inClinic(request.context, ({ tx }) =>
    tx.selectFrom('study').select('id').where('id', '=', id).where('kind', '=', kind).executeTakeFirst(),
  );
  if (!known) throw notFound('study');
  return id;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function uuidIn(request: FastifyRequest, name: 'id' | 'file'): string {
  const value = (request.params as Readonly<Record<string, string | undefined>>)[name];
  if (!value || !UUID.test(value)) throw notFound(name === 'id' ? 'study' : 'file');
  return value;
}
