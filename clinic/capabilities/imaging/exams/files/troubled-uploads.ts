import type { ClinicTransaction } from '../../../../platform/database/in-clinic.ts';

/** A file that a person tried to put onto an examination, and what became of it. */
export interface TroubledUpload {
  readonly fileId: string;
  readonly name: string;
  readonly reason: string;
  /** Where it can be saved from, in the list of what was refused. */
  readonly refusalId: string | null;
}

/** The refused uploads of an examination that nobody has seen to, and those that broke off; of each file the last try. */
export async function readTroubledUploads(
  { tx, clinicId }: ClinicTransaction,
  examId: string,
): Promise<readonly TroubledUpload[]> {
  const rows = await tx
    .selectFrom('study_file as sf')
    .innerJoin('stored_file as f', (join) =>
      join.onRef('f.clinic_id', '=', 'sf.clinic_id').onRef('f.id', '=', 'sf.file_id'),
    )
    .leftJoin('imaging_refusal as r', (join) =>
      join.onRef('r.clinic_id', '=', 'f.clinic_id').onRef('r.file_id', '=', 'f.id'),
    )
    .select(['f.id', 'f.name', 'f.size', 'f.sha256', 'f.received', 'f.status', 'f.refused_reason'])
    .select('r.id as refusal')
    .where('sf.clinic_id', '=', clinicId)
    .where('sf.study_id', '=', examId)
    .where('f.status', 'in', ['uploading', 'refused', 'ready'])
    .where('r.seen_at', 'is', null)
    .orderBy('f.created_at')
    .execute();
  const last = new Map(rows.map((row) => [row.sha256 ?? row.id, row]));
  return [...last.values()]
    .filter(({ status }) => status !== 'ready')
    .map((row) => ({
      fileId: row.id,
      name: row.name,
      reason:
        row.status === 'refused'
          ? (row.refused_reason ?? 'It cannot be used.')
          : `${Math.floor((100 * Number(row.received)) / Number(row.size))} % of it are here. Pick the same file again, and it goes on.`,
      refusalId: row.refusal,
    }));
}
