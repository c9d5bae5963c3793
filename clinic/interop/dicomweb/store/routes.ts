import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { filesOf } from '../../../platform/files/index.ts';
import type { Platform } from '../../../platform/web/server.ts';
import type { Access } from '../access.ts';
import { sendDicomJson } from '../dicom-json-answer.ts';
import { DoorError } from '../door-error.ts';
import { mediaTypeOf } from '../media-types.ts';
import { receiveClips } from './receive-clips.ts';
import { reportOf } from './report.ts';
import { answerWhileItComes } from './unread-body.ts';

interface ToStudy {
  readonly Params: { readonly study?: string };
}

/** STOW-RS: clips come in as multipart/related, part by part to the disk. */
export async function storeRoutes(scope: FastifyInstance, platform: Platform, access: Access): Promise<void> {
  scope.addContentTypeParser(/^multipart\/related/i, (_request, payload, done) => done(null, payload));
  const store = (request: FastifyRequest<ToStudy>, reply: FastifyReply) => take(platform, request, reply);
  for (const path of ['/studies', '/studies/:study'])
    scope.post<ToStudy>(path, { onRequest: access, compress: false, config: { mayQueueMail: false } }, store);
}

async function take(
  platform: Platform,
  request: FastifyRequest<ToStudy>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const boundary = boundaryOf(request.headers['content-type'] ?? '');
  const received = await receiveClips(request.context, filesOf(platform.config), {
    body: request.raw,
    boundary,
    machineId: request.imagingMachine?.id ?? null,
    studyUid: request.params.study ?? null,
  });
  if (received.stopped) answerWhileItComes(request, reply);
  const { status, body, warnings } = reportOf(request, received);
  if (warnings) reply.header('warning', warnings);
  return sendDicomJson(reply.status(status).header('cache-control', 'no-store'), JSON.stringify(body));
}

function boundaryOf(contentType: string): string {
  const { parameters } = mediaTypeOf(contentType);
  const boundary = parameters.get('boundary');
  const type = parameters.get('type') ?? 'application/dicom';
  if (mediaTypeOf(type).type !== 'application/dicom')
    throw new DoorError(
      415,
      `Send whole files, type="application/dicom": metadata apart from pixels (${type}) is not taken.`,
    );
  if (!boundary || boundary.length > 70)
    throw new DoorError(400, 'Content-Type names no boundary between the parts.');
  return boundary;
}
