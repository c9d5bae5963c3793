import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DoorError } from '../door-error.ts';
import type { Place } from '../paths.ts';
import { type Instance, readInstances } from './instances.ts';
import { isKept } from './kept.ts';
import { multipartAnswer, streamOf } from './multipart-answer.ts';
import { type Retrieval, wishesOf } from './retrieval.ts';
import { filesWanted } from './wanted.ts';

/** The files of a study, a series or an instance, as they were sent to us, straight from the disk. */
export async function sendFiles(
  by: Retrieval,
  request: FastifyRequest<{ Params: Place }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const instances = await readInstances(request.context, request.params);
  const given = filesWanted(
    wishesOf(request),
    instances.map(({ transferSyntax }) => transferSyntax),
  );
  if (!given)
    throw new DoorError(
      406,
      'Files are given as application/dicom in the transfer syntax in which they were stored.',
    );
  await by.note(request.context, 'files', instances);
  const [first] = instances;
  const hashes = instances.map(({ sha256 }) => sha256);
  if (isKept(request, reply, 'files', String(given.isMultipart), ...hashes)) return reply.code(304).send();
  if (!given.isMultipart && first) return sendOne(by, first, request, reply);
  const boundary = createHash('sha256').update(hashes.join()).digest('hex').slice(0, 40);
  const parts = instances.map(({ transferSyntax, size }) => ({
    headers: { 'Content-Type': `application/dicom; transfer-syntax=${transferSyntax}` },
    length: size,
  }));
  const answer = multipartAnswer('application/dicom', boundary, parts);
  const { clinicId } = request.context;
  return reply
    .type(answer.contentType)
    .header('content-length', answer.length)
    .send(streamOf(answer, (part) => by.files.stream({ clinicId, sha256: hashes[part] ?? '' })));
}

function sendOne(
  { files }: Retrieval,
  { sha256, size, transferSyntax }: Instance,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const name = { clinicId: request.context.clinicId, sha256 };
  const range = rangeOf(request.headers.range, size);
  reply.type(`application/dicom; transfer-syntax=${transferSyntax}`).header('accept-ranges', 'bytes');
  if (range === 'none')
    throw new DoorError(416, `The file has ${size} bytes.`, { 'content-range': `bytes */${size}` });
  if (!range) return reply.header('content-length', size).send(files.stream(name));
  return reply
    .code(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${size}`)
    .header('content-length', range.end - range.start + 1)
    .send(files.stream(name, range));
}

/** One range of bytes; several are answered with everything. Source: RFC 9110 section 14. */
function rangeOf(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | 'none' | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(size - 1, Number(to));
  return start > end ? 'none' : { start, end };
}
