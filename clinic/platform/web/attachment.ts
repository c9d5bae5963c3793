import type { FastifyReply } from 'fastify';

/** What a header's plain file name may hold; everything else stands in its second, encoded form (RFC 6266). */
const UNPLAIN = /[^ \w.()+-]/g;

/** Answers with a file to be saved under `name`, whatever letters that has. Caches on the way keep nothing. */
export function attachment(reply: FastifyReply, name: string, mediaType: string): FastifyReply {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(UNPLAIN, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return reply
    .type(mediaType)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
}
