import type { FastifyInstance } from 'fastify';
import { filesOf } from '../../../platform/files/index.ts';
import type { Platform } from '../../../platform/web/server.ts';
import type { Access } from '../access.ts';
import type { Place } from '../paths.ts';
import { sendBulk } from './bulk.ts';
import { sendFiles } from './files.ts';
import { sendFrames } from './frames.ts';
import { createFindInstance, nothing } from './instances.ts';
import { sendMetadata } from './metadata.ts';
import { createOpenClips } from './open-clips.ts';
import { createNoteRetrieval } from './remember-retrieval.ts';
import { sendRendered } from './rendered.ts';
import type { Retrieval } from './retrieval.ts';

const STUDY = '/studies/:study';
const SERIES = `${STUDY}/series/:series`;
const INSTANCE = `${SERIES}/instances/:instance`;

/** WADO-RS: files, metadata, frames and pictures of what is stored. */
export async function retrieveRoutes(
  scope: FastifyInstance,
  platform: Platform,
  access: Access,
): Promise<void> {
  const files = filesOf(platform.config);
  const by: Retrieval = {
    files,
    find: createFindInstance(),
    note: createNoteRetrieval(),
    openClip: createOpenClips(files),
  };
  // Pixels are compressed as they are, or not at all.
  const asIs = { onRequest: access, compress: false } as const;
  for (const path of [STUDY, SERIES, INSTANCE]) {
    scope.get<{ Params: Place }>(path, asIs, (request, reply) => sendFiles(by, request, reply));
    scope.get<{ Params: Place }>(`${path}/metadata`, { onRequest: access }, (request, reply) =>
      sendMetadata(by, request, reply),
    );
  }
  // A list of frames is longer than what a router takes as a parameter.
  scope.get<{ Params: Place & { '*': string } }>(`${INSTANCE}/frames/*`, asIs, (request, reply) => {
    const [list = '', below, ...more] = request.params['*'].split('/');
    if (below === undefined) return sendFrames(by, request, reply, list);
    if (below !== 'rendered' || more.length > 0) throw nothing();
    return sendRendered(by, request, reply, list);
  });
  scope.get<{ Params: Place }>(`${INSTANCE}/rendered`, asIs, (request, reply) =>
    sendRendered(by, request, reply, '1'),
  );
  scope.get<{ Params: Place & { '*': string } }>(`${INSTANCE}/bulkdata/*`, asIs, (request, reply) =>
    sendBulk(by, request, reply),
  );
}
