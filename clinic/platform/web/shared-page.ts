import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A page that is the same for everybody, compressed once for all who come while it is fresh. */
export interface SharedPage {
  send(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
}

const encoders = {
  br: (text: string) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (text: string) => promisify(gzip)(text),
} as const;
type Encoding = keyof typeof encoders;

/** Browsers, and caches between, may show a shared page for this long, in seconds. */
const SHARED_FOR_S = 30;

export function sharedPage(markup: string): SharedPage {
  const encoded = new Map<Encoding, Promise<Buffer>>();
  return {
    async send(request, reply) {
      reply
        .type('text/html; charset=utf-8')
        .header('cache-control', `public, max-age=${SHARED_FOR_S}`)
        .header('vary', 'accept-encoding');
      const encoding = acceptedBy(request);
      if (!encoding) return reply.send(markup);
      const known = encoded.get(encoding) ?? encoders[encoding](markup);
      encoded.set(encoding, known);
      return reply.header('content-encoding', encoding).send(await known);
    },
  };
}

function acceptedBy(request: FastifyRequest): Encoding | null {
  const accepted = String(request.headers['accept-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => !/;\s*q=0(\.0*)?$/.test(one))
    .map((one) => one.split(';', 1)[0]);
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding)) ?? null;
}
