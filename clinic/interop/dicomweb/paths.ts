import type { FastifyRequest } from 'fastify';

/** Where the door stands on the clinic's host. */
export const DICOMWEB = '/dicomweb';

/** What an address names: a study, one of its series, one of its instances. */
export interface Place {
  readonly study: string;
  readonly series?: string;
  readonly instance?: string;
}

/** The address of a study, a series or an instance, as whoever asks can reach it. */
export function urlOf(request: FastifyRequest, { study, series, instance }: Place): string {
  const below = (name: string, uid: string | undefined) => (uid === undefined ? '' : `/${name}/${uid}`);
  const origin = `${request.protocol}://${request.host}`;
  return `${origin}${DICOMWEB}/studies/${study}${below('series', series)}${below('instances', instance)}`;
}
