import { isAPIError } from 'better-auth/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../platform/audit/record.ts';
import { inClinic } from '../../platform/database/in-clinic.ts';
import type { AccountsKit } from './accounts-kit.ts';
import { asMember, forwardCookies, memberByEmail } from './identities.ts';
import type { StaffMember } from './staff-member.ts';

/** An address that nobody can have: checking a password against it costs what any other costs. */
const NOBODY = 'nobody@rectus.invalid';

export type SignInResult =
  | { readonly kind: 'signed_in' }
  | { readonly kind: 'second_factor' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'wait'; readonly seconds: number };

/** Signs in by password and sets the cookies. Says nothing about whether anybody has the address. */
export async function signInByPassword(
  kit: AccountsKit,
  request: FastifyRequest,
  reply: FastifyReply,
  email: string,
  password: string,
): Promise<SignInResult> {
  const seconds = await kit.attempts.waitFor(email);
  if (seconds > 0) return { kind: 'wait', seconds };
  const member = await memberByEmail(kit, request.context, email);
  const answer = await tryPassword(kit, member ? email : NOBODY, password);
  if (!answer || !member) {
    await kit.attempts.failed(email);
    if (member) await note(request, member, 'session.refused');
    return { kind: 'refused' };
  }
  await kit.attempts.cleared(email);
  await leaveEarlierSession(kit, request);
  forwardCookies(reply, answer.headers);
  if ('twoFactorRedirect' in answer.response) return { kind: 'second_factor' };
  await note(request, member, 'session.signed_in', 'password');
  return { kind: 'signed_in' };
}

async function tryPassword(kit: AccountsKit, email: string, password: string) {
  try {
    return await kit.identity.api.signInEmail({
      body: { email, password },
      headers: new Headers(),
      returnHeaders: true,
    });
  } catch (error) {
    if (isAPIError(error)) return null;
    throw error;
  }
}

/** Whoever sat at this browser before is signed out by the next person's signing in. */
export async function leaveEarlierSession(kit: AccountsKit, request: FastifyRequest): Promise<void> {
  if (request.deskSession) await kit.sessions.end(request.deskSession);
}

/** Writes what happened at the door to the audit log, in the name of the member. */
export async function note(
  request: FastifyRequest,
  member: StaffMember,
  action: `${string}.${string}`,
  how?: string,
): Promise<void> {
  await inClinic(asMember(request.context, member), (clinic) =>
    record(clinic, {
      action,
      subject: { kind: 'user', id: member.userId },
      ...(how ? { detail: { how } } : {}),
    }),
  );
}

/** A wait in words. */
export function waitInWords(seconds: number): string {
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
