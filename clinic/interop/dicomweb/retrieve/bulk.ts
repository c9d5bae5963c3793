import { bulkOf } from '@rectus/sonography';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { vrOf } from '../../../capabilities/imaging/index.ts';
import { DoorError } from '../door-error.ts';
import { covers, mediaTypeOf } from '../media-types.ts';
import type { Place } from '../paths.ts';
import { nothing } from './instances.ts';
import { isKept } from './kept.ts';
import { multipartAnswer } from './multipart-answer.ts';
import { type Retrieval, wishesOf } from './retrieval.ts';

const OCTETS = 'application/octet-stream';

/** The bytes of an element that were too many to stand in the metadata. */
export async function sendBulk(
  by: Retrieval,
  request: FastifyRequest<{ Params: Place & { '*': string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const wish = wishesOf(request).find(
    ({ type, parameters }) =>
      covers(type, OCTETS) ||
      (covers(type, 'multipart/related') &&
        covers(mediaTypeOf(parameters.get('type') ?? '*/*').type, OCTETS)),
  );
  if (!wish) throw new DoorError(406, 'Bulk data is given as application/octet-stream.');
  const instance = await by.find(request.context, request.params);
  const path = request.params['*'];
  const file = await by.files.read({ clinicId: request.context.clinicId, sha256: instance.sha256 });
  const bytes = await bulkOf(file, path, vrOf);
  if (!bytes) throw nothing();
  await by.note(request.context, 'bulkdata', [instance]);
  const isPlain = wish.type === OCTETS;
  if (isKept(request, reply, instance.sha256, path, String(isPlain))) return reply.code(304).send();
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isPlain) return reply.type(OCTETS).send(body);
  const answer = multipartAnswer(OCTETS, instance.sha256.slice(0, 40), [
    { headers: { 'Content-Type': OCTETS }, length: body.length },
  ]);
  return reply.type(answer.contentType).send(Buffer.concat([...answer.heads, body, answer.tail]));
}
