import { createHash, randomBytes } from 'node:crypto';
import type { Sql } from '../../../platform/database/pool.ts';
import { LINK_MINUTES } from '../identity.ts';

/** Links that sign a patient in, once each. Only their hashes are stored. */
export interface PatientLinks {
  /** The secret of a new link for this person at this clinic. */
  make(clinicId: string, userId: string): Promise<string>;
  /** Uses the link up. The id of its person, or null when it is unknown, used, too old or another clinic's. */
  use(clinicId: string, secret: string): Promise<string | null>;
}

export function createPatientLinks(authSql: Sql): PatientLinks {
  return {
    async make(clinicId, userId) {
      const secret = randomBytes(32).toString('base64url');
      await authSql`delete from verification where identifier like 'patient-link %' and "expiresAt" < now()`;
      await authSql`
        insert into verification (id, identifier, value, "expiresAt")
        values (${randomBytes(24).toString('base64url')}, ${rowName(clinicId, secret)}, ${userId},
          now() + ${`${LINK_MINUTES} minutes`}::interval)`;
      return secret;
    },
    async use(clinicId, secret) {
      const [row] = await authSql<{ value: string }[]>`
        delete from verification where identifier = ${rowName(clinicId, secret)} and "expiresAt" > now()
        returning value`;
      return row?.value ?? null;
    },
  };
}

function rowName(clinicId: string, secret: string): string {
  return `patient-link ${clinicId} ${createHash('sha256').update(secret).digest('base64url')}`;
}
