import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../../platform/web/server.ts';
import type { AccountsKit } from './accounts-kit.ts';
import { lockedFormPage } from './locked-page.tsx';
import { deskPath } from './next-path.ts';
import { isNavigation } from './require-staff.ts';
import type { DeskSession } from './sessions.ts';
import type { StaffMember } from './staff-member.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in and works in this clinic; null for everybody else, and while the desk is locked. */
    staff: StaffMember | null;
    /** The session behind `staff`, present while it is locked too. */
    deskSession: DeskSession | null;
  }
}

/** What a locked desk still answers: the lock itself. */
const OPEN_WHILE_LOCKED = new Set(['/desk/lock', '/desk/locked', '/desk/unlock']);

/** Finds the session of every request, and keeps a locked desk shut, whatever capability the page belongs to. */
export function addStaffHooks(app: FastifyInstance, kit: AccountsKit): void {
  app.decorateRequest('staff', null);
  app.decorateRequest('deskSession', null);
  app.addHook('onRequest', (request) => recognise(kit, request));
  app.addHook('preHandler', (request, reply) => holdWhileLocked(kit, request, reply));
}

async function recognise(kit: AccountsKit, request: FastifyRequest): Promise<void> {
  // Files of the build have no clinic and no reader.
  if (!request.context) return;
  const session = await kit.sessions.find(request.context, request.cookies[kit.cookies.session]);
  if (!session) return;
  const idleMs = kit.platform.clock.now() - session.seenAt;
  const tooLong = idleMs >= request.clinic.idleLockMin * 60_000;
  if (tooLong && !session.locked) await kit.lock(request, session, 'idle', returnPath(request));
  request.deskSession = { ...session, locked: session.locked || tooLong };
  if (request.deskSession.locked) return;
  request.staff = session.member;
  if (isActivity(request)) await kit.sessions.touch(session);
}

async function holdWhileLocked(
  kit: AccountsKit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const session = request.deskSession;
  const path = pathOf(request);
  if (!session?.locked || !isDesk(path) || OPEN_WHILE_LOCKED.has(path)) return undefined;
  if (isNavigation(request)) {
    const returnTo = returnPath(request);
    if (returnTo && returnTo !== session.returnTo) await kit.sessions.lock(session, returnTo);
    return reply.redirect('/desk/locked', 303);
  }
  if (isLive(path) || request.method === 'GET') {
    return reply.status(423).type('text/plain').header('cache-control', 'no-store').send('locked');
  }
  return sendPage(reply, lockedFormPage(kit, request, session), { status: 423 });
}

/** Pages that keep themselves up to date say nothing about whether anybody sits before them. */
function isActivity(request: FastifyRequest): boolean {
  return !isLive(pathOf(request)) && !request.headers['sec-purpose'];
}

function returnPath(request: FastifyRequest): string | null {
  return isNavigation(request) ? deskPath(request.url) : null;
}

function isDesk(path: string): boolean {
  return path === '/desk' || path.startsWith('/desk/');
}

function isLive(path: string): boolean {
  return path === '/desk/live' || path.startsWith('/desk/live/');
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}
