import type { FastifyReply, FastifyRequest } from 'fastify';
import { DoorError } from './door-error.ts';
import { acceptedTypes, covers } from './media-types.ts';

const DICOM_JSON = 'application/dicom+json';

/** Refuses whoever wants metadata in another form than JSON. */
export function jsonOnly(request: FastifyRequest): void {
  const { accept } = request.query as { readonly accept?: string };
  const types = acceptedTypes(accept ?? request.headers.accept);
  const fits = types.some(({ type }) => covers(type, DICOM_JSON) || covers(type, 'application/json'));
  if (!fits) throw new DoorError(406, `Results are given as ${DICOM_JSON}.`);
}

/** Sends JSON of the DICOM model: as bytes, since this type has no parameter for their character set. */
export function sendDicomJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.header('content-type', DICOM_JSON).send(Buffer.from(json));
}
