import type { FastifyRequest } from 'fastify';
import { DoorError } from './door-error.ts';
import { acceptedTypes, covers } from './media-types.ts';

/** Refuses whoever wants metadata in another form than JSON. */
export function jsonOnly(request: FastifyRequest): void {
  const { accept } = request.query as { readonly accept?: string };
  const types = acceptedTypes(accept ?? request.headers.accept);
  const fits = types.some(
    ({ type }) => covers(type, 'application/dicom+json') || covers(type, 'application/json'),
  );
  if (!fits) throw new DoorError(406, 'Results are given as application/dicom+json.');
}
