import { betterAuth } from 'better-auth';
import { magicLink, twoFactor } from 'better-auth/plugins';
import { Kysely } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import type { Sql } from '../../platform/database/pool.ts';
import { secondFactorAfterLink } from './second-factor-after-link.ts';

/** A working day: who was away overnight signs in again. */
const SESSION_S = 12 * 60 * 60;
export const LINK_MINUTES = 15;
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 128;

export interface IdentityOptions {
  /** A pool of the role rectus_auth, whose search path is the schema `auth`. */
  readonly authSql: Sql;
  readonly secret: string;
  readonly publicUrl: string;
  /** Hands over the secret of a sign-in link; `metadata` is what the request passed on. */
  sendLink(email: string, token: string, metadata: Readonly<Record<string, unknown>>): Promise<void>;
}

export type Identity = ReturnType<typeof createIdentity>;

/**
 * Who somebody is, whichever clinic they work in: passwords, sign-in links, second factors and sessions, kept by
 * better-auth in a schema of its own. It never answers a request itself; our own form handlers call it.
 * Nobody can sign up: an account begins with an owner's invitation.
 */
export function createIdentity({ authSql, secret, publicUrl, sendLink }: IdentityOptions) {
  return betterAuth({
    appName: 'Rectus',
    baseURL: publicUrl,
    secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    // The program limits attempts itself, by page and by account.
    rateLimit: { enabled: false },
    database: {
      db: new Kysely<Record<string, never>>({ dialect: new PostgresJSDialect({ postgres: authSql }) }),
      type: 'postgres',
      transaction: true,
    },
    session: { expiresIn: SESSION_S, disableSessionRefresh: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    advanced: {
      cookiePrefix: 'rectus',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    plugins: [
      magicLink({
        disableSignUp: true,
        expiresIn: LINK_MINUTES * 60,
        storeToken: 'hashed',
        sendMagicLink: ({ email, token, metadata }) => sendLink(email, token, metadata ?? {}),
      }),
      twoFactor({ issuer: 'Rectus' }),
      secondFactorAfterLink(),
    ],
  });
}
