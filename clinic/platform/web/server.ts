import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import serveStatic from '@fastify/static';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { ClinicContext } from '../database/in-clinic.ts';
import { type Clinic, clinicDirectory } from './clinics.ts';
import { errorResponse } from './errors.tsx';
import { FAVICON_SVG } from './layout/index.ts';
import type { Platform } from './platform.ts';
import { refuseOtherSites } from './same-site.ts';
import { notFound } from './user-error.ts';

export type { Platform } from './platform.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The clinic that answers under this host. */
    clinic: Clinic;
    /** This clinic seen by whoever asks: the public, until the accounts capability finds a session. */
    context: ClinicContext;
  }
  interface FastifyContextConfig {
    /** False for what machines send, which never queues mail: after every other post waiting mail is sent on. */
    mayQueueMail?: boolean;
  }
}

/** Forms are small; uploads, when they come, have doors of their own. */
const BODY_LIMIT = 64 * 1024;

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), interest-cohort=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** The worker that decodes clips runs WebAssembly; a worker has the policy that its own file came with. */
const DECODER = /^\/assets\/clip-decoder[^/]*\.js$/;
const DECODER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** The web server without any page: host to clinic, headers, limits, errors. Capabilities add their routes. */
export async function createWebServer(platform: Platform): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: platform.config.trustProxy,
    logger:
      platform.config.logLevel === 'silent'
        ? false
        : { level: platform.config.logLevel, redact: ['req.url', 'req.headers'] },
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
  });
  // Forms only: a body of any other kind is refused before a handler sees it.
  app.removeAllContentTypeParsers();
  await app.register(formbody, { bodyLimit: BODY_LIMIT });
  await app.register(cookie);
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip', 'identity'],
    // Pages are smaller than 128 kB: a larger window would only be memory to clear for each of them.
    brotliOptions: {
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 17 },
    },
  });
  await app.register(rateLimit, {
    global: false,
    max: 60,
    timeWindow: 60_000,
    errorResponseBuilder: tooMany,
  });
  if (platform.assets.folder) await serveAssets(app, platform.assets.folder);
  app.get('/favicon.svg', (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(FAVICON_SVG),
  );
  app.get('/robots.txt', (_request, reply) =>
    reply
      .type('text/plain')
      .send('User-agent: *\nDisallow: /desk\nDisallow: /manage\nDisallow: /orders\nDisallow: /my\n'),
  );

  const clinicOf = clinicDirectory(platform.db);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    if (DECODER.test(request.url)) reply.header('content-security-policy', DECODER_POLICY);
    if (request.url.startsWith('/assets/')) return;
    const clinic = await clinicOf(request.hostname.toLowerCase());
    if (!clinic) throw notFound('clinic');
    request.clinic = clinic;
    request.context = { db: platform.db, clinicId: clinic.id, actor: { kind: 'public', id: null } };
    refuseOtherSites(request);
  });
  // Whatever a form set in motion may have queued mail: let it leave now.
  app.addHook('onResponse', async (request, reply) => {
    if (request.method !== 'POST' || reply.statusCode >= 400) return;
    const { mayQueueMail = true } = request.routeOptions.config;
    if (mayQueueMail) platform.wake?.('mail', request.context.clinicId);
  });
  app.setErrorHandler((error, request, reply) => errorResponse(platform, error, request, reply));
  app.setNotFoundHandler((request, reply) => errorResponse(platform, notFound(), request, reply));
  return app;
}

/** Sends a rendered page. Pages with a person's data are never stored by caches on the way. */
export function sendPage(
  reply: FastifyReply,
  markup: string,
  options: { status?: number } = {},
): FastifyReply {
  return reply
    .status(options.status ?? 200)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(markup);
}

async function serveAssets(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(serveStatic, {
    root: `${folder}/assets`,
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
    decorateReply: false,
  });
}

function tooMany(_request: FastifyRequest, context: { statusCode: number; after: string }): Error {
  return Object.assign(new Error(`Please wait ${context.after} and try again.`), {
    statusCode: context.statusCode,
  });
}
