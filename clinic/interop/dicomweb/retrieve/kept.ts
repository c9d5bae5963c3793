import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Marks an answer that never changes: a browser or program may keep it and ask each time whether it still may show it.
 * True where it has it already and was told so.
 */
export function isKept(request: FastifyRequest, reply: FastifyReply, ...of: readonly string[]): boolean {
  const tag = `"${createHash('sha256').update(of.join('\n')).digest('hex').slice(0, 32)}"`;
  reply
    .header('etag', tag)
    .header('cache-control', 'private, no-cache')
    .header('vary', 'accept, authorization, cookie');
  const known = request.headers['if-none-match'];
  return known?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag) ?? false;
}
