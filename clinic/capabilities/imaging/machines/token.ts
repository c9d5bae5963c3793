import { createHash, randomBytes } from 'node:crypto';

/** Begins every token, so that one that lies where it should not is known for what it is. */
const BEGINNING = 'rectus_';
const SECRET_BYTES = 32;
/** So much of a token is kept in the clear to know it again by; the rest cannot be guessed from it. */
const PREFIX_LENGTH = BEGINNING.length + 5;
const WELL_FORMED = /^rectus_[\w-]{43}$/;

/** A token as its maker sees it once, and what is kept of it. */
export interface NewToken {
  readonly token: string;
  readonly hash: Uint8Array;
  readonly prefix: string;
}

/** Makes a token that nobody can guess. */
export function newToken(): NewToken {
  const token = `${BEGINNING}${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { token, hash: hashOfToken(token), prefix: token.slice(0, PREFIX_LENGTH) };
}

/** What is kept of a token. It needs no salt and no slow hash: 256 random bits are behind it. */
export function hashOfToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

/** Whether a text looks as ours do: anything else need not be looked for. */
export function isToken(text: string): boolean {
  return WELL_FORMED.test(text);
}
