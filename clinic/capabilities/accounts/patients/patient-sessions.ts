import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { Sql } from '../../../platform/database/pool.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { patientAddress } from './patient-address.ts';

export const PATIENT_SESSION_DAYS = 30;

/** A patient who is signed in at one clinic, by one browser. */
export interface PortalVisitor {
  readonly userId: string;
  /** The address that was proven, in lower case: what the clinic knows under it is theirs to see. */
  readonly email: string;
}

export interface PatientSessions {
  /** Opens a session in this clinic and returns the secret for the cookie, which is stored nowhere. */
  open(clinic: Clinic, userId: string, userAgent: string | undefined): Promise<string>;
  find(clinic: Clinic, cookie: string | undefined): Promise<PortalVisitor | null>;
  end(clinic: Clinic, cookie: string): Promise<void>;
  /** Signs this person out of this clinic's pages in every browser. */
  endAll(clinic: Clinic, userId: string): Promise<void>;
}

/**
 * Sessions of patients. They stand in better-auth's table, but under a name that begins with "patient", belongs to
 * one clinic and holds only a hash, so that the desk cannot be opened with one, and no other clinic either.
 */
export function createPatientSessions(authSql: Sql, clock: Clock): PatientSessions {
  return {
    async open(clinic, userId, userAgent) {
      const secret = randomBytes(32).toString('base64url');
      const now = new Date(clock.now());
      const days = `${PATIENT_SESSION_DAYS} days`;
      await authSql`
        insert into session (id, token, "userId", "expiresAt", "createdAt", "updatedAt", "userAgent")
        values (${randomBytes(24).toString('base64url')}, ${rowName(clinic.id, secret)}, ${userId},
          now() + ${days}::interval, ${now}, ${now}, ${userAgent?.slice(0, 300) ?? null})`;
      await authSql`delete from session where token like 'patient %' and "expiresAt" < now()`;
      return secret;
    },
    async find(clinic, cookie) {
      if (!cookie || !/^[\w-]{43}$/.test(cookie)) return null;
      const [row] = await authSql<{ user_id: string; email: string }[]>`
        select session."userId" as user_id, "user".email
        from session join "user" on "user".id = session."userId"
        where token = ${rowName(clinic.id, cookie)} and "expiresAt" > now() and "user"."emailVerified"`;
      const email = row ? patientAddress(clinic, row.email) : null;
      return row && email ? { userId: row.user_id, email } : null;
    },
    async end(clinic, cookie) {
      await authSql`delete from session where token = ${rowName(clinic.id, cookie)}`;
    },
    async endAll(clinic, userId) {
      await authSql`
        delete from session where "userId" = ${userId} and starts_with(token, ${`patient ${clinic.id} `})`;
    },
  };
}

function rowName(clinicId: string, secret: string): string {
  return `patient ${clinicId} ${createHash('sha256').update(secret).digest('base64url')}`;
}
