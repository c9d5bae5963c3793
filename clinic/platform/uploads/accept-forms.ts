import type { FastifyInstance } from 'fastify';
import { UserError } from '../web/user-error.ts';

/** Forms with files, up to so many bytes together; what is larger is refused in words, and nothing of it is kept. */
export function acceptForms(
  scope: FastifyInstance,
  { limit, hint, back }: { readonly limit: number; readonly hint: string; readonly back: UserError['next'] },
): void {
  scope.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: limit },
    (_request, body, done) => done(null, body),
  );
  scope.setErrorHandler((error: { readonly statusCode?: number }) => {
    if (error.statusCode !== 413) throw error;
    throw new UserError(413, 'These files are too large together', `${hint} Nothing of this was kept.`, back);
  });
}
