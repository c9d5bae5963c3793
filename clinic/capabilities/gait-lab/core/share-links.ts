import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

const HOUR_MS = 3_600_000;
/** Nobody needs a link for longer; it can be made anew. */
export const LONGEST_SHARE_DAYS = 90;

/** A link that still opens, or did. Its secret is shown once and then known only as a hash. */
export interface ShareLink {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly revoked: boolean;
  readonly opened: number;
}

/**
 * Makes a link to a session's signed report that lasts `days`. Returns its secret, for `/shared/<secret>`.
 *
 * @throws RangeError when the days are not a whole number from 1 to {@link LONGEST_SHARE_DAYS}
 */
export async function createShareLink(
  clinic: ClinicTransaction,
  studyId: string,
  { days, now, by }: { readonly days: number; readonly now: number; readonly by: string },
): Promise<string> {
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_SHARE_DAYS)
    throw new RangeError(`A link lasts from 1 to ${LONGEST_SHARE_DAYS} days, not ${days}.`);
  const secret = randomBytes(24).toString('base64url');
  const { id } = await clinic.tx
    .insertInto('share_link')
    .values({
      clinic_id: clinic.clinicId,
      study_id: studyId,
      token_hash: hashOf(secret),
      expires_at: new Date(now + days * 24 * HOUR_MS),
      revoked_at: null,
      created_by: by,
      created_at: new Date(now),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(clinic, {
    action: 'study.shared',
    subject: { kind: 'study', id: studyId },
    detail: { link: id, days },
  });
  return secret;
}

/** The session that a link's secret opens now, or null: unknown, too old and taken back look alike. */
export async function openShareLink(
  clinic: ClinicTransaction,
  secret: string,
  now: number,
): Promise<string | null> {
  const row = await clinic.tx
    .updateTable('share_link')
    .set({ opened: sql`opened + 1` })
    .where('clinic_id', '=', clinic.clinicId)
    .where('token_hash', '=', hashOf(secret))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', new Date(now))
    .returning(['id', 'study_id'])
    .executeTakeFirst();
  if (!row) return null;
  await record(clinic, {
    action: 'study.share_opened',
    subject: { kind: 'study', id: row.study_id },
    detail: { link: row.id },
  });
  return row.study_id;
}

/** The links of a session, the newest first. */
export async function readShareLinks(
  { tx, clinicId }: ClinicTransaction,
  studyId: string,
): Promise<readonly ShareLink[]> {
  const rows = await tx
    .selectFrom('share_link')
    .select(['id', 'expires_at', 'revoked_at', 'opened'])
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', studyId)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    expiresAt: row.expires_at.getTime(),
    revoked: row.revoked_at !== null,
    opened: row.opened,
  }));
}

/** Takes a link back at once. */
export async function revokeShareLink(
  clinic: ClinicTransaction,
  studyId: string,
  linkId: string,
  now: number,
): Promise<void> {
  const changed = await clinic.tx
    .updateTable('share_link')
    .set({ revoked_at: new Date(now) })
    .where('clinic_id', '=', clinic.clinicId)
    .where('study_id', '=', studyId)
    .where('id', '=', linkId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (Number(changed.numUpdatedRows) === 0) return;
  await record(clinic, {
    action: 'study.share_revoked',
    subject: { kind: 'study', id: studyId },
    detail: { link: linkId },
  });
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
