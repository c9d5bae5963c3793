import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../../../platform/web/server.ts';
import type { Received } from '../core/notices.ts';
import { paymentsOf } from '../payments-of.ts';
import { ForgedNotice, ProviderUnavailable } from '../providers/provider.ts';
import { receiveProviderNotice } from './receive.ts';

const BODY_LIMIT = 256 * 1024;
/** A provider catches up after an outage in one go. */
const LIMIT = { rateLimit: { max: 6_000, timeWindow: 60_000 } };

const SAID: Readonly<Record<Received, string>> = {
  applied: 'Applied.',
  repeated: 'Known already.',
  unknown: 'Kept for somebody to look at.',
  waiting: 'Kept until what it is about is known.',
};

/**
 * The doors for what payment providers tell. They take any kind of body as bytes, because the proof is of bytes;
 * everywhere else the server takes forms alone. They answer in plain text: nobody sees it in a browser.
 */
export async function inboxRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  await app.register(async (door) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    door.setErrorHandler((error, _request, reply) => {
      const status = (error as { statusCode?: number }).statusCode ?? 500;
      if (status < 500) return say(reply, status, (error as Error).message);
      // Nothing was kept, so the provider has to send it again.
      door.log.error(error);
      return say(reply, 500, 'The notice could not be applied. Please send it again.');
    });
    const options = { bodyLimit: BODY_LIMIT, config: LIMIT };
    for (const method of ['stripe', 'practice'] as const) {
      door.post(`/webhooks/${method}`, options, (request, reply) =>
        receive(platform, method, request, reply),
      );
    }
  });
}

async function receive(
  platform: Platform,
  method: 'stripe' | 'practice',
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const signature = request.headers[`${method}-signature`];
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  try {
    const payments = await paymentsOf(platform, request);
    if (payments.provider?.method !== method)
      return say(reply, 404, 'This clinic has no such payment provider.');
    const received = await receiveProviderNotice(
      payments,
      body,
      typeof signature === 'string' ? signature : undefined,
      platform.clock.now(),
    );
    return say(reply, 200, SAID[received]);
  } catch (error) {
    if (error instanceof ForgedNotice) return say(reply, 400, `${error.message}.`);
    if (error instanceof ProviderUnavailable) return say(reply, 503, error.message);
    throw error;
  }
}

function say(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply
    .status(status)
    .type('text/plain; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(`${text}\n`);
}
