import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Database } from '../../../platform/database/pool.ts';

/**
 * Whether a text can be an AE title: 1 to 16 plain letters, digits and signs, no space within, no backslash.
 * Source: DICOM PS3.5 section 6.2, value representation AE.
 */
export function isAeTitle(text: string): boolean {
  return /^[!-[\]-~]{1,16}$/.test(text);
}

/** The clinic that is called by this title on the DICOM network, or null. */
export async function clinicOfAeTitle(db: Database, aeTitle: string): Promise<string | null> {
  const row = await db
    .selectFrom('clinic_ae_title')
    .select('clinic_id')
    .where('ae_title', '=', aeTitle)
    .executeTakeFirst();
  return row?.clinic_id ?? null;
}

/** By which title this clinic is called, or null before its owner has chosen one. */
export async function readAeTitle({ tx, clinicId }: ClinicTransaction): Promise<string | null> {
  const row = await tx
    .selectFrom('clinic_ae_title')
    .select('ae_title')
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst();
  return row?.ae_title ?? null;
}
