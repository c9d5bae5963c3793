import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffRole } from '../../platform/database/schema.ts';
import { UserError } from '../../platform/web/user-error.ts';
import { signInFor } from './next-path.ts';
import { ROLE_NAMES } from './staff-member.ts';

/**
 * A pre-handler that lets only the clinic's staff pass, or only some roles of it, and signs their queries with
 * their name. Whoever follows a link without being signed in is led to the sign-in page and back.
 */
export function requireStaff(...roles: readonly StaffRole[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { staff } = request;
    if (!staff) {
      if (isNavigation(request)) return reply.redirect(signInFor(request.url), 303);
      throw new UserError(
        401,
        'Please sign in again',
        'You are signed out, so nothing was changed. Sign in, then go back to what you typed and send it again.',
        { href: '/sign-in', label: 'Sign in' },
      );
    }
    if (roles.length > 0 && !roles.includes(staff.role)) throw notForThisRole(roles);
    request.context = {
      ...request.context,
      actor: { kind: 'staff', id: staff.userId, role: staff.role },
    };
    return undefined;
  };
}

/** Whether a page was asked for, rather than a form sent or something fetched by a script. */
export function isNavigation(request: FastifyRequest): boolean {
  const mode = request.headers['sec-fetch-mode'];
  return (request.method === 'GET' || request.method === 'HEAD') && (!mode || mode === 'navigate');
}

function notForThisRole(roles: readonly StaffRole[]): UserError {
  const names = roles.map((role) => ROLE_NAMES[role].toLowerCase()).join(' or ');
  return new UserError(
    403,
    'This page is not open to your role',
    `It is for the ${names}. An owner of the clinic can change your role.`,
    { href: '/desk', label: 'Go to the day' },
  );
}
