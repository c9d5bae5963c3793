import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Seals } from '../../../platform/web/sealed.ts';
import type { NewPasskey, Passkey } from './passkeys.ts';

/** How long a page may lie open before its passkey button has to be asked anew. */
const CHALLENGE_MS = 15 * 60_000;
/** EdDSA, ES256 and RS256, in this order: what devices have. COSE algorithm numbers, IANA. */
const ALGORITHMS = [-8, -7, -257];
/** A challenge that is younger is given to a second page too, so that two open pages both work. */
const SHARED_MS = 5 * 60_000;

/** Where a passkey is made and used: the host name that it belongs to, and the addresses of its pages. */
export interface Place {
  readonly rpId: string;
  readonly origins: readonly string[];
}

/**
 * The place of this request, or null where passkeys cannot work: under a bare IP address, or a host name that is
 * neither the clinic's own nor the public address.
 */
export function placeOf(request: FastifyRequest, publicUrl: string): Place | null {
  const rpId = request.hostname.toLowerCase();
  if (isIP(rpId) || rpId.startsWith('[')) return null;
  const known = request.clinic.hosts.includes(rpId) || new URL(publicUrl).hostname === rpId;
  if (!known) return null;
  // Behind a proxy that ends TLS the request may look like plain HTTP: the public address knows the scheme.
  const outside = new URL(publicUrl);
  outside.hostname = rpId;
  return { rpId, origins: [`${request.protocol}://${request.host.toLowerCase()}`, outside.origin] };
}

export interface Challenges {
  /** The challenge for a page, kept sealed in a cookie. `subject` is who may answer it. */
  give(request: FastifyRequest, reply: FastifyReply, subject: string): string;
  /** The challenge that this browser was given, and takes it away; null when there is none or it is too old. */
  take(request: FastifyRequest, reply: FastifyReply, subject: string): string | null;
}

/** Challenges that need no table: sealed, bound to their purpose, short-lived, and gone once answered. */
export function createChallenges(
  seals: Seals,
  now: () => number,
  cookie: string,
  secure: boolean,
): Challenges {
  const attributes = { path: '/my', httpOnly: true, sameSite: 'strict', secure } as const;
  const read = (request: FastifyRequest, subject: string, ageMs: number): string | null => {
    const kept = seals.open(request.cookies[cookie] ?? '') as Partial<Kept> | null;
    if (!kept || kept.subject !== subject || typeof kept.challenge !== 'string') return null;
    return typeof kept.at === 'number' && now() - kept.at < ageMs ? kept.challenge : null;
  };
  return {
    give(request, reply, subject) {
      const known = read(request, subject, SHARED_MS);
      if (known) return known;
      const challenge = randomBytes(32).toString('base64url');
      const kept: Kept = { subject, challenge, at: now() };
      reply.setCookie(cookie, seals.seal(kept), { ...attributes, maxAge: CHALLENGE_MS / 1000 });
      return challenge;
    },
    take(request, reply, subject) {
      const challenge = read(request, subject, CHALLENGE_MS);
      reply.clearCookie(cookie, attributes);
      return challenge;
    },
  };
}

interface Kept {
  readonly subject: string;
  readonly challenge: string;
  readonly at: number;
}

/** What a browser needs to use any passkey that it has for this place, as JSON. */
export async function signInOptions(place: Place, challenge: string): Promise<string> {
  return JSON.stringify(
    await generateAuthenticationOptions({
      rpID: place.rpId,
      challenge: Buffer.from(challenge, 'base64url'),
      userVerification: 'preferred',
    }),
  );
}

/** What a browser needs to make a passkey that can be found without an address, as JSON. */
export async function addOptions(
  place: Place,
  challenge: string,
  who: {
    readonly userId: string;
    readonly email: string;
    readonly clinicName: string;
    readonly known: readonly Passkey[];
  },
): Promise<string> {
  return JSON.stringify(
    await generateRegistrationOptions({
      rpName: who.clinicName,
      rpID: place.rpId,
      userID: new Uint8Array(Buffer.from(who.userId)),
      userName: who.email,
      userDisplayName: who.email,
      challenge: Buffer.from(challenge, 'base64url'),
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: who.known.map(({ id, transports }) => ({
        id,
        transports: [...transports] as AuthenticatorTransport[],
      })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
    }),
  );
}

/** The new passkey that `text` describes, or null when anything about it is wrong. */
export async function newPasskey(
  place: Place,
  challenge: string,
  text: string,
  owner: { readonly userId: string; readonly name: string },
): Promise<NewPasskey | null> {
  const response = credentialIn(text) as RegistrationResponseJSON | null;
  if (!response) return null;
  const answer = await orNull(
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...place.origins],
      expectedRPID: place.rpId,
      supportedAlgorithmIDs: ALGORITHMS,
      requireUserVerification: false,
    }),
  );
  if (!answer?.verified) return null;
  const { credential, credentialBackedUp } = answer.registrationInfo;
  return {
    ...owner,
    id: credential.id,
    rpId: place.rpId,
    publicKey: new Uint8Array(credential.publicKey),
    counter: credential.counter,
    transports: (credential.transports ?? []).map(String).slice(0, 8),
    backedUp: credentialBackedUp,
  };
}

/** The id of the passkey with which `text` claims to be signed; null when it is no credential at all. */
export function claimedPasskey(text: string): string | null {
  return credentialIn(text)?.id ?? null;
}

/** Whether `text` is an answer to the challenge by this very passkey: its new counter, or null. */
export async function answered(
  place: Place,
  challenge: string,
  text: string,
  passkey: Passkey,
): Promise<{ readonly counter: number; readonly backedUp: boolean } | null> {
  const response = credentialIn(text) as AuthenticationResponseJSON | null;
  if (!response) return null;
  const { userHandle } = response.response;
  if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== passkey.userId) return null;
  const { id, publicKey, counter } = passkey;
  const answer = await orNull(
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...place.origins],
      expectedRPID: place.rpId,
      credential: { id, publicKey, counter },
      requireUserVerification: false,
    }),
  );
  if (!answer?.verified) return null;
  const { newCounter, credentialBackedUp } = answer.authenticationInfo;
  return { counter: newCounter, backedUp: credentialBackedUp };
}

/** A credential as a browser writes it down. Its contents are checked by the verification itself. */
function credentialIn(
  text: string,
): { readonly id: string; readonly response: { userHandle?: string } } | null {
  try {
    const value = JSON.parse(text) as { id?: unknown; response?: unknown } | null;
    const whole =
      typeof value?.id === 'string' && typeof value.response === 'object' && value.response !== null;
    return whole ? (value as { id: string; response: object }) : null;
  } catch {
    return null;
  }
}

/** The library throws for whatever does not verify: to the person at the screen it is all the same. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch {
    return null;
  }
}
