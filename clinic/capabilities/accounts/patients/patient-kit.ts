import type { Sql } from '../../../platform/database/pool.ts';
import { createSeals } from '../../../platform/web/sealed.ts';
import type { Platform } from '../../../platform/web/server.ts';
import type { Identity } from '../identity.ts';
import type { RefusedAttempts } from '../refused-attempts.ts';
import { type Challenges, createChallenges } from './passkey-ceremonies.ts';
import { createPasskeys, type Passkeys } from './passkeys.ts';
import { createPatientLinks, type PatientLinks } from './patient-links.ts';
import { createPatientSessions, type PatientSessions } from './patient-sessions.ts';

/** What the patients' door and their account page share. Nothing in it opens the desk. */
export interface PatientKit {
  readonly platform: Platform;
  readonly identity: Identity;
  readonly attempts: RefusedAttempts;
  readonly sessions: PatientSessions;
  readonly links: PatientLinks;
  readonly passkeys: Passkeys;
  /** For signing in, and for adding a passkey: a page of each may be open at once. */
  readonly challenges: { readonly signIn: Challenges; readonly add: Challenges };
  /** The patients' cookie; the staff have another, and neither is ever read for the other. */
  readonly cookie: string;
  readonly secure: boolean;
}

export function createPatientKit(options: {
  readonly platform: Platform;
  readonly authSql: Sql;
  readonly secret: string;
  readonly identity: Identity;
  readonly attempts: RefusedAttempts;
}): PatientKit {
  const { platform, authSql, secret, identity, attempts } = options;
  const secure = platform.config.publicUrl.startsWith('https:');
  const prefix = secure ? '__Secure-rectus' : 'rectus';
  const seals = createSeals(secret, 'patient passkey challenge');
  const challenges = (name: string) =>
    createChallenges(seals, () => platform.clock.now(), `${prefix}.passkey_${name}`, secure);
  return {
    platform,
    identity,
    attempts,
    sessions: createPatientSessions(authSql, platform.clock),
    links: createPatientLinks(authSql),
    passkeys: createPasskeys(authSql),
    challenges: { signIn: challenges('sign_in'), add: challenges('add') },
    cookie: `${prefix}.patient_token`,
    secure,
  };
}
