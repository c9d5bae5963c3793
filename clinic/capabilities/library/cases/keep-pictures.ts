import { randomUUID } from 'node:crypto';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { FileStore } from '../../../platform/files/index.ts';

/** Pictures that lie on the disk and have no row yet. Should none follow, the sweep finds them. */
export interface KeptPictures {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Writes the pictures of a clip to the disk. */
export async function keepPictures(files: FileStore, clinicId: string, bytes: Buffer): Promise<KeptPictures> {
  const draft = randomUUID();
  await files.append(draft, 0, once(bytes), bytes.length);
  const sha256 = await files.hashOf(draft);
  await files.keep(draft, { clinicId, sha256 });
  return { sha256, sizeBytes: bytes.length };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The row of kept pictures. Returns its id. */
export async function insertPictures(
  { tx, clinicId, actor }: ClinicTransaction,
  { sha256, sizeBytes }: KeptPictures,
  now: number,
): Promise<string> {
  const at = new Date(now);
  const { id } = await tx
    .insertInto('stored_file')
    .values({
      clinic_id: clinicId,
      name: 'pictures of a case',
      media_type: 'application/octet-stream',
      size: sizeBytes,
      received: sizeBytes,
      sha256,
      status: 'ready',
      refused_reason: null,
      created_by: actor.id,
      created_at: at,
      changed_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Gives up stored pictures that no clip of any case shows any more. Returns the names of those that may now be removed
 * from the disk, once this transaction is done; if that fails, the sweep removes them within hours.
 */
export async function forgetPictures(
  { tx, clinicId }: ClinicTransaction,
  fileIds: readonly string[],
  now: number,
): Promise<readonly string[]> {
  if (fileIds.length === 0) return [];
  const gone = await tx
    .updateTable('stored_file as f')
    .set({ status: 'deleted', changed_at: new Date(now) })
    .where('f.clinic_id', '=', clinicId)
    .where('f.id', 'in', fileIds)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('case_clip as c')
            .select('c.id')
            .whereRef('c.clinic_id', '=', 'f.clinic_id')
            .whereRef('c.file_id', '=', 'f.id'),
        ),
      ),
    )
    .returning('f.sha256')
    .execute();
  const names = gone.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256]));
  if (names.length === 0) return [];
  // Files with the same bytes are one on the disk.
  const shared = await tx
    .selectFrom('stored_file')
    .select('sha256')
    .where('clinic_id', '=', clinicId)
    .where('sha256', 'in', names)
    .where('status', 'in', ['ready', 'refused'])
    .execute();
  return names.filter((name) => !shared.some(({ sha256 }) => sha256 === name));
}

export async function removePictures(
  files: FileStore,
  clinicId: string,
  names: readonly string[],
): Promise<void> {
  for (const sha256 of names) await files.remove({ clinicId, sha256 });
}
