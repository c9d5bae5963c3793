import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signed id opens; an id signed for one purpose opens nothing else. */
export type SignedFor = 'hold' | 'manage' | 'order' | 'entitlement' | 'practice';

/** `<id>.<seal>`: an id that nobody can guess or forge, and that always comes out the same for the same id. */
export function signId(secret: string, purpose: SignedFor, id: string): string {
  return `${id}.${seal(secret, purpose, id).toString('base64url')}`;
}

/** The id within a signed id, or null when the seal is missing, wrong or for another purpose. */
export function openSignedId(secret: string, purpose: SignedFor, signed: string): string | null {
  const dot = signed.indexOf('.');
  const id = signed.slice(0, dot);
  if (dot < 0 || !/^[0-9a-f-]{36}$/.test(id)) return null;
  const given = Buffer.from(signed.slice(dot + 1), 'base64url');
  const expected = seal(secret, purpose, id);
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : null;
}

function seal(secret: string, purpose: SignedFor, id: string): Buffer {
  return createHmac('sha256', secret).update(`${purpose} ${id}`).digest().subarray(0, 18);
}
