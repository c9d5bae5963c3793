import { createHash } from 'node:crypto';

/** A short text that changes when the thing does: a form carries it, so that nobody overwrites what they never saw. */
export function fingerprint(thing: unknown): string {
  return createHash('sha256').update(JSON.stringify(thing)).digest('base64url').slice(0, 16);
}
