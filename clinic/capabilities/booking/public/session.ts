import { isTimeZone } from '@rectus/schedule';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../../../platform/web/server.ts';
import { openSignedId, signId } from '../../../platform/web/signed-id.ts';
import { type Hold, readHold } from '../core/hold.ts';

/** `hold` belongs to a booking, `move` to an appointment that gets a new time. */
type HoldCookie = 'hold' | 'move';

const HOLD_COOKIE_S = 30 * 60;
const BOUGHT_COOKIE_S = 2 * 3600;
const ZONE_COOKIE_S = 365 * 86_400;
const FOUND_BY_BROWSER = 'auto:';

/** The id of the hold that this browser was given, whether it lives or not. */
export function holdIdOf(
  platform: Platform,
  request: FastifyRequest,
  name: HoldCookie = 'hold',
): string | null {
  const signed = request.cookies[name];
  return signed ? openSignedId(secretOf(platform), 'hold', signed) : null;
}

/** The hold of this browser while it lives. */
export async function holdOf(
  platform: Platform,
  request: FastifyRequest,
  name: HoldCookie = 'hold',
): Promise<Hold | null> {
  const id = holdIdOf(platform, request, name);
  return id ? readHold(request.context, id, request.clinic) : null;
}

/** Gives the hold to this browser. Its id is sealed, so nobody can reach another's draft. */
export function rememberHold(
  platform: Platform,
  reply: FastifyReply,
  id: string,
  name: HoldCookie = 'hold',
): void {
  reply.setCookie(name, signId(secretOf(platform), 'hold', id), {
    ...cookieOptions(platform),
    httpOnly: true,
    maxAge: HOLD_COOKIE_S,
  });
}

export function forgetHold(platform: Platform, reply: FastifyReply, name: HoldCookie = 'hold'): void {
  reply.clearCookie(name, { ...cookieOptions(platform), httpOnly: true });
}

/** What this browser came to book, which is paid already: the id of an entitlement, or null. */
export function boughtOf(platform: Platform, request: FastifyRequest): string | null {
  const signed = request.cookies.bought;
  return signed ? openSignedId(secretOf(platform), 'entitlement', signed) : null;
}

/** Remembers that this browser is about to book what was bought. */
export function rememberBought(platform: Platform, reply: FastifyReply, entitlementId: string): void {
  reply.setCookie('bought', signId(secretOf(platform), 'entitlement', entitlementId), {
    ...cookieOptions(platform),
    httpOnly: true,
    maxAge: BOUGHT_COOKIE_S,
  });
}

export function forgetBought(platform: Platform, reply: FastifyReply): void {
  reply.clearCookie('bought', { ...cookieOptions(platform), httpOnly: true });
}

/** The zone by whose clock the viewer reads times: chosen, or told by the browser. Null while nobody has said. */
export function viewerZoneOf(request: FastifyRequest): string | null {
  const zone = (request.cookies.tz ?? '').replace(FOUND_BY_BROWSER, '');
  return zone !== '' && isTimeZone(zone) ? zone : null;
}

export function rememberZone(platform: Platform, reply: FastifyReply, zone: string): void {
  reply.setCookie('tz', zone, { ...cookieOptions(platform), maxAge: ZONE_COOKIE_S });
}

function cookieOptions(platform: Platform) {
  return { path: '/', sameSite: 'lax', secure: platform.config.publicUrl.startsWith('https:') } as const;
}

/** The secret that seals ids; it is always set while the clinic runs. */
export function secretOf(platform: Platform): string {
  const { secret } = platform.config;
  if (!secret) throw new Error('The clinic runs without a secret');
  return secret;
}
