import type { FastifyReply, FastifyRequest } from 'fastify';
import { FileError, type FileStore } from '../../../platform/files/index.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import type { CaseClip } from './case-records.ts';

/**
 * Sends one picture of a clip, or all of them one after the other. Nobody but the reader's own browser may keep it, and
 * it asks each time whether it may still show it: what is withdrawn must not come out of a cache.
 * @throws UserError 404 where the pixels are gone or there are not so many pictures
 */
export async function sendPicture(
  files: FileStore,
  clinicId: string,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  clip: CaseClip | undefined,
  which: string,
): Promise<FastifyReply> {
  if (!clip?.sha256) throw notFound('picture');
  const picture = which === 'all' ? null : clip.pictures[Number(/^(\d{1,3})\.jpg$/.exec(which)?.[1] ?? -1)];
  if (picture === undefined) throw notFound('picture');
  const tag = `"${clip.sha256.slice(0, 24)}-${which}"`;
  reply.header('cache-control', 'private, no-cache').header('etag', tag);
  if (request.headers['if-none-match'] === tag) return reply.status(304).send();
  const bytes = await files.read({ clinicId, sha256: clip.sha256 }).catch((error: unknown) => {
    if (error instanceof FileError && error.problem === 'missing') throw notFound('picture');
    throw error;
  });
  return picture === null
    ? reply.type('application/octet-stream').send(bytes)
    : reply.type('image/jpeg').send(bytes.subarray(picture.offset, picture.offset + picture.length));
}
