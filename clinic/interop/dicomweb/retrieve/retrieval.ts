import type { FastifyRequest } from 'fastify';
import type { FileStore } from '../../../platform/files/index.ts';
import { acceptedTypes, type MediaType } from '../media-types.ts';
import type { FindInstance } from './instances.ts';
import type { OpenClips } from './open-clips.ts';
import type { NoteRetrieval } from './remember-retrieval.ts';

/** What everything that is fetched is fetched with. */
export interface Retrieval {
  readonly files: FileStore;
  readonly find: FindInstance;
  readonly note: NoteRetrieval;
  readonly openClip: OpenClips;
}

/** What the answer may be: the parameter `accept` stands for the header where a program cannot set it. */
export function wishesOf(request: FastifyRequest): readonly MediaType[] {
  const { accept } = request.query as { readonly accept?: string };
  return acceptedTypes(accept ?? request.headers.accept);
}
