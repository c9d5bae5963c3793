import type { FastifyRequest } from 'fastify';
import { record } from '../../platform/audit/record.ts';
import { inClinic } from '../../platform/database/in-clinic.ts';
import type { Sql } from '../../platform/database/pool.ts';
import { createSeals, type Seals } from '../../platform/web/sealed.ts';
import type { Platform } from '../../platform/web/server.ts';
import { createIdentity, type Identity } from './identity.ts';
import { queueSignInLink } from './mails.ts';
import { createPatientKit, type PatientKit } from './patients/patient-kit.ts';
import { createRefusedAttempts, type RefusedAttempts } from './refused-attempts.ts';
import { createSessions, type DeskSession, type Sessions } from './sessions.ts';

export interface AccountsOptions {
  readonly platform: Platform;
  /** A pool of the role rectus_auth. */
  readonly authSql: Sql;
  readonly secret: string;
}

/** What the pages of this capability share. */
export interface AccountsKit {
  readonly platform: Platform;
  readonly identity: Identity;
  readonly sessions: Sessions;
  readonly attempts: RefusedAttempts;
  /** Seals a form that was sent while the desk was locked. */
  readonly keptForms: Seals;
  /** Seals the second factor that is being set up. */
  readonly setups: Seals;
  /** The patients' own door, which never opens the desk. */
  readonly patients: PatientKit;
  /** The names of the cookies, which depend on whether the clinic is reached over TLS. */
  readonly cookies: { readonly session: string; readonly challenge: string };
  lock(
    request: FastifyRequest,
    session: DeskSession,
    why: 'idle' | 'asked',
    returnTo: string | null,
  ): Promise<void>;
}

export function createAccountsKit({ platform, authSql, secret }: AccountsOptions): AccountsKit {
  const { publicUrl } = platform.config;
  const sessions = createSessions(authSql, platform.clock, secret);
  const prefix = publicUrl.startsWith('https:') ? '__Secure-rectus' : 'rectus';
  const identity = createIdentity({
    authSql,
    secret,
    publicUrl,
    sendLink: (_email, token, metadata) => queueSignInLink(platform, token, metadata),
  });
  const attempts = createRefusedAttempts(authSql, platform.clock, secret);
  return {
    platform,
    identity,
    sessions,
    attempts,
    patients: createPatientKit({ platform, authSql, secret, identity, attempts }),
    keptForms: createSeals(secret, 'accounts kept form'),
    setups: createSeals(secret, 'accounts second factor set-up'),
    cookies: { session: `${prefix}.session_token`, challenge: `${prefix}.two_factor` },
    async lock(request, session, why, returnTo) {
      await sessions.lock(session, returnTo);
      const { userId, role } = session.member;
      const context = { ...request.context, actor: { kind: 'staff', id: userId, role } } as const;
      await inClinic(context, (clinic) => record(clinic, { action: 'session.locked', detail: { why } }));
    },
  };
}
