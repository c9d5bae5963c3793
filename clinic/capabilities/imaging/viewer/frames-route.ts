import type { FastifyReply, FastifyRequest } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { FileError, type FileStore } from '../../../platform/files/index.ts';
import { formValues } from '../../../platform/web/form.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { isUuid } from '../../settings/index.ts';
import { type ClipFacts, readClip } from '../core/clip-facts.ts';
import { readStoredFrames } from '../core/stored-clip.ts';
import { packFrames } from './frame-pack.ts';

/** A route about one stored clip. */
export interface ByInstance {
  readonly Params: { readonly instance: string };
}

/** A run of frames ends early where it would grow beyond this; whoever asked goes on from there. */
const MOST_BYTES = 24 * 1024 * 1024;
/** What stands before the pictures of a file: elements and palettes. */
const MOST_HEAD_BYTES = 8 * 1024 * 1024;

/** Frames `from` to `to` as they are stored, packed one after the other; see `frame-pack.ts`. */
export async function sendFrames(
  files: FileStore,
  request: FastifyRequest<ByInstance>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const clip = await clipOfRequest(request);
  const { from = '0', to = from } = formValues(request.query);
  if (!/^\d{1,6}$/.test(from) || !/^\d{1,6}$/.test(to) || Number(from) > Number(to))
    throw new UserError(422, 'Which frames?', 'A run of frames is asked for with from and to.');
  if (Number(from) >= clip.frames) throw notFound('frame');
  const wanted = runOf(clip, Number(from), Number(to));
  if (!isNews(request, reply, `${clip.sha256.slice(0, 32)}-${from}-${to}`)) return reply.code(304).send();
  const frames = await orGone(readStoredFrames(files, request.context.clinicId, clip, wanted));
  return reply.type('application/octet-stream').send(packFrames(frames));
}

/** The bytes of a file before its first frame: what a decoder must know, without a picture. */
export async function sendHead(
  files: FileStore,
  request: FastifyRequest<ByInstance>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const clip = await clipOfRequest(request);
  const end = clip.frameIndex[0]?.[0] ?? 0;
  if (end === 0 || end > MOST_HEAD_BYTES) throw notFound('head of this file');
  if (!isNews(request, reply, `${clip.sha256.slice(0, 32)}-head`)) return reply.code(304).send();
  const asFrame = { sha256: clip.sha256, frames: 1, frameIndex: [[0, end]] };
  const [head = Buffer.alloc(0)] = await orGone(
    readStoredFrames(files, request.context.clinicId, asFrame, [0]),
  );
  return reply.type('application/octet-stream').send(head);
}

async function clipOfRequest({ params, context }: FastifyRequest<ByInstance>): Promise<ClipFacts> {
  if (!isUuid(params.instance)) throw notFound('clip');
  const clip = await inClinic(context, (clinic) => readClip(clinic, params.instance));
  if (!clip) throw notFound('clip');
  return clip;
}

/** As many frames as fit, and one at least. */
function runOf(clip: ClipFacts, from: number, to: number): readonly number[] {
  const frames: number[] = [];
  let bytes = 0;
  for (let frame = from; frame <= Math.min(to, clip.frames - 1); frame++) {
    bytes += (clip.frameIndex[frame] ?? []).reduce((sum, one, at) => sum + (at % 2 === 1 ? one : 0), 0);
    if (bytes > MOST_BYTES && frames.length > 0) break;
    frames.push(frame);
  }
  return frames;
}

/** What is stored under a hash never changes: it is kept by the browser that asked, and by nobody on the way. */
function isNews(request: FastifyRequest, reply: FastifyReply, name: string): boolean {
  const tag = `"${name}"`;
  reply.header('cache-control', 'private, max-age=31536000, immutable').header('etag', tag);
  return request.headers['if-none-match'] !== tag;
}

async function orGone<Read>(reading: Promise<Read>): Promise<Read> {
  try {
    return await reading;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!(error instanceof FileError) && code !== 'ENOENT') throw error;
    throw new UserError(
      410,
      'This clip is not on the disk any more',
      'Please tell whoever looks after this machine: a back-up may hold it.',
    );
  }
}
