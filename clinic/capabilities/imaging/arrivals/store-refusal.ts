import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { ImagingError } from '../core/imaging-error.ts';
import type { Arrival } from './arrival.ts';
import type { ReadRefused } from './read-arrival.ts';
import { type OnDisk, storeFile } from './store-file.ts';

/**
 * Keeps what was not taken, with the reason. A machine sends the same file again and again: while nobody has seen the
 * first refusal, it only gets newer.
 */
export async function storeRefusal(
  clinic: ClinicTransaction,
  arrival: Arrival,
  refused: ReadRefused & { readonly stored: OnDisk | null },
): Promise<void> {
  const { tx, clinicId } = clinic;
  const { code, reason, stored } = refused;
  if (arrival.source === 'simulator') throw new ImagingError(`A simulated clip was refused: ${reason}`);
  if (stored && !arrival.fileId && (await isKnown(clinic, code, stored))) return;
  const fileId = stored ? await storeFile(clinic, arrival, stored, reason) : null;
  const { id } = await tx
    .insertInto('imaging_refusal')
    .values({
      clinic_id: clinicId,
      code,
      reason: reason.slice(0, 500),
      source: arrival.source,
      machine_id: arrival.machineId,
      file_id: fileId,
      sop_uid: refused.sopUid,
      dicom_study_uid: refused.studyUid,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(clinic, {
    action: 'clip.refused',
    subject: { kind: 'refusal', id },
    detail: { code, source: arrival.source, machine: arrival.machineId },
  });
}

async function isKnown({ tx, clinicId }: ClinicTransaction, code: string, { sha256 }: OnDisk) {
  const known = await tx
    .updateTable('imaging_refusal')
    .set({ at: sql<Date>`clock_timestamp()` } as never)
    .where('clinic_id', '=', clinicId)
    .where('code', '=', code)
    .where('seen_at', 'is', null)
    .where('file_id', 'in', (from) =>
      from
        .selectFrom('stored_file')
        .select('id')
        .where('clinic_id', '=', clinicId)
        .where('sha256', '=', sha256)
        .where('status', '=', 'refused'),
    )
    .returning('id')
    .execute();
  return known.length > 0;
}
