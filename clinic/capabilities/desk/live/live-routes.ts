import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../../../platform/web/server.ts';
import { requireStaff } from '../../accounts/index.ts';
import { createClinicWatch } from './clinic-watch.ts';

/** Proxies cut a silent connection after a minute or so. */
const HEARTBEAT_MS = 20_000;
/** An open page must not outlive its session: it has to ask again, and is asked who it is. */
const LONGEST_MS = 10 * 60_000;
const MOST_WATCHERS = 2_000;

/** `GET /desk/live`: an event stream that says "something changed"; what changed, the page asks for itself. */
export function liveRoutes(app: FastifyInstance, _platform: Platform): void {
  const watch = createClinicWatch();
  const open = new Set<FastifyReply>();
  app.addHook('preClose', async () => {
    for (const reply of open) reply.raw.end();
    watch.close();
  });

  app.get('/desk/live', { preHandler: requireStaff() }, (request: FastifyRequest, reply: FastifyReply) => {
    if (open.size >= MOST_WATCHERS) return reply.status(503).header('retry-after', '30').send();
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...reply.getHeaders(),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    } as Record<string, string>);
    raw.write('retry: 3000\n\nevent: ready\ndata: \n\n');
    open.add(reply);
    const stop = watch.watch(request.context, () => raw.write('event: changed\ndata: \n\n'));
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS).unref();
    const limit = setTimeout(() => raw.end(), LONGEST_MS).unref();
    raw.on('close', () => {
      open.delete(reply);
      clearInterval(heartbeat);
      clearTimeout(limit);
      stop();
    });
    return undefined;
  });
}
