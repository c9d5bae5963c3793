import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UserError } from '../../../platform/web/user-error.ts';
import { isNavigation } from '../require-staff.ts';
import { signInForMy } from './my-path.ts';
import type { PatientKit } from './patient-kit.ts';
import type { PortalVisitor } from './patient-sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The patient or payer who is signed in at this clinic's portal. Never says anything about the desk. */
    portal: PortalVisitor | null;
  }
}

/** Finds the patient's session of every request that brings one. */
export function addPatientHooks(app: FastifyInstance, kit: PatientKit): void {
  app.decorateRequest('portal', null);
  app.addHook('onRequest', async (request) => {
    // Files of the build have no clinic and no reader.
    if (!request.context) return;
    request.portal = await kit.sessions.find(request.clinic, request.cookies[kit.cookie]);
  });
}

/**
 * A pre-handler that lets only signed-in patients and payers pass. It says who they are, not what is theirs: every
 * query behind it must ask for the address in `request.portal`.
 */
export function requirePatient() {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (request.portal) return undefined;
    if (isNavigation(request)) return reply.redirect(signInForMy(request.url), 303);
    throw new UserError(
      401,
      'Please sign in again',
      'You are signed out, so nothing was changed. Sign in, then send it again.',
      { href: '/my/sign-in', label: 'Sign in' },
    );
  };
}

/** Who passed {@link requirePatient}. */
export function portalOf(request: FastifyRequest): PortalVisitor {
  if (!request.portal) throw new Error('This route must stand behind requirePatient');
  return request.portal;
}
