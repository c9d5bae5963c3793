import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readForm } from '../../platform/web/form.ts';
import { sendPage } from '../../platform/web/server.ts';
import type { AccountsKit } from './accounts-kit.ts';
import { passwordIsRight } from './identities.ts';
import { type KeptForm, keptFormPage, lockedPage, MOST_KEPT } from './locked-page.tsx';
import { deskPath, safeNext } from './next-path.ts';
import { requireStaff } from './require-staff.ts';
import { note, waitInWords } from './sign-in.ts';

const unlockForm = z.object({
  password: z.string().min(1, 'Enter your password').max(1000),
  kept: z.string().max(MOST_KEPT).optional(),
});
/** A form that waited longer is not sent any more: the day has moved on. */
const KEPT_FOR_MS = 30 * 60_000;

/** The lock of a shared desk: by hand, after idle time, and open again by password. */
export function lockRoutes(app: FastifyInstance, kit: AccountsKit): void {
  app.post('/desk/lock', async (request, reply) => {
    const session = request.deskSession;
    if (!session) return reply.redirect('/sign-in', 303);
    const from = (request.body as { from?: unknown } | null)?.from;
    const returnTo = deskPath(typeof from === 'string' ? from : refererPath(request));
    if (session.locked) await kit.sessions.lock(session, returnTo);
    else await kit.lock(request, session, 'asked', returnTo);
    return reply.redirect('/desk/locked', 303);
  });
  app.get('/desk/locked', async (request, reply) => {
    const session = request.deskSession;
    if (!session) return reply.redirect('/sign-in', 303);
    if (!session.locked) return reply.redirect('/desk', 303);
    return sendPage(reply, lockedPage(kit, request, { name: session.member.name }));
  });
  app.post('/desk/unlock', { config: { rateLimit: { max: 30, timeWindow: 60_000 } } }, (request, reply) =>
    postUnlock(kit, request, reply),
  );
  // Somebody is typing in a page that asks the server for nothing: the page says so.
  app.post('/desk/stay', { preHandler: requireStaff() }, (_request, reply) => reply.status(204).send());
}

async function postUnlock(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const session = request.deskSession;
  if (!session) return reply.redirect('/sign-in', 303);
  if (!session.locked) return reply.redirect('/desk', 303);
  const form = readForm(unlockForm, request.body);
  const { member } = session;
  const refuse = (status: number, error: string | undefined) =>
    sendPage(
      reply,
      lockedPage(kit, request, { name: member.name, error, kept: form.values.kept || undefined }),
      {
        status,
      },
    );
  if (!form.ok) return refuse(422, form.errors.password);
  const subject = `session ${session.id}`;
  const wait = await kit.attempts.waitFor(subject);
  if (wait > 0)
    return refuse(429, `Too many wrong passwords. Try again in ${waitInWords(wait)}, or sign out`);
  if (!(await passwordIsRight(kit.identity, member.userId, form.value.password))) {
    await kit.attempts.failed(subject);
    await note(request, member, 'session.unlock_refused');
    return refuse(422, `This is not the password of ${member.name}`);
  }
  await kit.attempts.cleared(subject);
  await kit.sessions.unlock(session);
  await note(request, member, 'session.unlocked');
  const kept = form.value.kept ? openKept(kit, form.value.kept, session.id) : null;
  if (kept) return sendPage(reply, keptFormPage(kit, request, kept));
  return reply.redirect(safeNext(session.returnTo), 303);
}

function openKept(kit: AccountsKit, sealed: string, sessionId: string): KeptForm | null {
  const form = kit.keptForms.open(sealed) as KeptForm | null;
  if (!form || form.sessionId !== sessionId) return null;
  return kit.platform.clock.now() - form.at < KEPT_FOR_MS ? form : null;
}

function refererPath(request: FastifyRequest): string | null {
  const { referer } = request.headers;
  if (!referer || !URL.canParse(referer)) return null;
  const url = new URL(referer);
  return url.host === request.host ? url.pathname + url.search : null;
}
