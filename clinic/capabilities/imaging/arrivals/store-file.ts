import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { newId } from '../../../platform/database/new-id.ts';
import type { Arrival } from './arrival.ts';

/** A file that lies under its final name. */
export interface OnDisk {
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

/** The file of a clip. */
export interface ClipOnDisk extends OnDisk {
  /** The hash of its data set, without the head of the file. */
  readonly dataSha256: string;
}

/** The row of a file that is on the disk: made, or the announced one finished. Returns its id, which may be sent ahead. */
export async function storeFile(
  { tx, clinicId, actor }: ClinicTransaction,
  arrival: Pick<Arrival, 'name' | 'fileId'>,
  { sha256, size, mediaType }: OnDisk,
  refusedReason: string | null,
): Promise<string> {
  const state = {
    status: refusedReason === null ? ('ready' as const) : ('refused' as const),
    ...{
      sha256,
      received: size,
      media_type: mediaType,
      refused_reason: refusedReason?.slice(0, 500) ?? null,
    },
  };
  if (arrival.fileId) {
    await tx
      .updateTable('stored_file')
      .set({ ...state, changed_at: sql<Date>`clock_timestamp()` })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', arrival.fileId)
      .execute();
    return arrival.fileId;
  }
  const id = newId();
  await tx
    .insertInto('stored_file')
    .values({
      clinic_id: clinicId,
      id,
      name: arrival.name.trim().slice(0, 200) || 'clip.dcm',
      size,
      created_by: actor.id,
      ...state,
    })
    .execute();
  return id;
}
