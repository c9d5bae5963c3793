import { SonographyError } from '@rectus/sonography';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { FileError, filesOf } from '../../../platform/files/index.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { requireStaff } from '../../accounts/index.ts';
import { isUuid } from '../../settings/index.ts';
import { readClip } from '../core/clip-facts.ts';
import { framePicture, pictureWidth } from './frame-picture.ts';

interface ByFrame {
  readonly Params: { readonly instance: string; readonly frame: string };
  readonly Querystring: { readonly w?: string };
}

/** A viewer without scripts for decoding asks frame by frame. */
const PICTURE_LIMIT = { rateLimit: { max: 1200, timeWindow: 60_000 } };
/** A stored frame never changes, but who may see it does. */
const KEPT_FOR_S = 600;

/** Where a frame of a clip is shown as a JPEG picture, `width` pixels wide at most. */
export function framePicturePath(instanceId: string, frame: number, width?: number): string {
  return `/desk/imaging/clips/${instanceId}/frames/${frame}.jpg${width === undefined ? '' : `?w=${width}`}`;
}

/** Single frames as pictures, for pages that show one and for browsers that cannot decode the file themselves. */
export async function frameRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  app.get<ByFrame>(
    '/desk/imaging/clips/:instance/frames/:frame(^\\d{1,6}).jpg',
    { preHandler: requireStaff('clinician', 'owner'), config: PICTURE_LIMIT },
    (request, reply) => sendPicture(platform, request, reply),
  );
}

async function sendPicture(
  platform: Platform,
  request: FastifyRequest<ByFrame>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { instance } = request.params;
  const frame = Number(request.params.frame);
  if (!isUuid(instance)) throw notFound('picture');
  const clip = await inClinic(request.context, (clinic) => readClip(clinic, instance));
  if (!clip || frame >= clip.frames) throw notFound('picture');
  const width = pictureWidth(askedWidth(request.query.w));
  const tag = `"${clip.sha256.slice(0, 32)}-${frame}-${width ?? 'full'}"`;
  const kept = () => reply.header('cache-control', `private, max-age=${KEPT_FOR_S}`).header('etag', tag);
  if (request.headers['if-none-match'] === tag) return kept().code(304).send();
  try {
    const picture = await framePicture(filesOf(platform.config), request.clinic.id, clip, frame, width);
    return kept().type('image/jpeg').send(picture);
  } catch (error) {
    if (!(error instanceof SonographyError) && !(error instanceof FileError)) throw error;
    throw new UserError(422, 'This picture cannot be shown', error.message);
  }
}

function askedWidth(asked: string | undefined): number | null {
  const width = Number(asked);
  return asked !== undefined && width >= 1 && Number.isFinite(width) ? width : null;
}
