import { createHash } from 'node:crypto';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/** The session that a link's secret opens now, without counting; null where it opens nothing. */
export async function readSharedStudy(
  { tx, clinicId }: ClinicTransaction,
  secret: string,
  now: number,
): Promise<{ readonly studyId: string; readonly expiresAt: number } | null> {
  const row = await tx
    .selectFrom('share_link')
    .select(['study_id', 'expires_at'])
    .where('clinic_id', '=', clinicId)
    .where('token_hash', '=', createHash('sha256').update(secret).digest())
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', new Date(now))
    .executeTakeFirst();
  return row ? { studyId: row.study_id, expiresAt: row.expires_at.getTime() } : null;
}
