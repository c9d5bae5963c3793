import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { ImagingSource } from '../../../platform/database/schema-of-imaging.ts';

/** Something that came and was not taken. */
export interface RefusalLine {
  readonly id: string;
  readonly code: string;
  readonly reason: string;
  readonly source: ImagingSource;
  readonly machine: string | null;
  /** Null where nothing of it could be kept. */
  readonly file: {
    readonly id: string;
    readonly name: string;
    readonly sha256: string;
    readonly sizeBytes: number;
  } | null;
  readonly sopUid: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly seenAt: number | null;
}

const MOST = 100;

/** What nobody has seen yet, and the last of what was seen. */
export async function readRefusals(clinic: ClinicTransaction): Promise<readonly RefusalLine[]> {
  const rows = await select(clinic)
    .orderBy(sql`r.seen_at is not null`)
    .orderBy('r.at', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(refusalOf);
}

export async function readRefusal(clinic: ClinicTransaction, id: string): Promise<RefusalLine | null> {
  const row = await select(clinic).where('r.id', '=', id).executeTakeFirst();
  return row ? refusalOf(row) : null;
}

/** Somebody has seen to a refusal; the file stays. */
export async function markSeen(clinic: ClinicTransaction, id: string): Promise<void> {
  await clinic.tx
    .updateTable('imaging_refusal')
    .set({ seen_at: sql<Date>`clock_timestamp()`, seen_by: clinic.actor.id })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', id)
    .where('seen_at', 'is', null)
    .execute();
  await record(clinic, { action: 'refusal.seen', subject: { kind: 'refusal', id } });
}

function select({ tx, clinicId }: ClinicTransaction) {
  return tx
    .selectFrom('imaging_refusal as r')
    .leftJoin('imaging_machine as m', (join) =>
      join.onRef('m.clinic_id', '=', 'r.clinic_id').onRef('m.id', '=', 'r.machine_id'),
    )
    .leftJoin('stored_file as f', (join) =>
      join.onRef('f.clinic_id', '=', 'r.clinic_id').onRef('f.id', '=', 'r.file_id'),
    )
    .select(['r.id', 'r.code', 'r.reason', 'r.source', 'r.sop_uid', 'r.at', 'r.seen_at', 'm.name as machine'])
    .select(['f.id as file_id', 'f.name as file_name', 'f.sha256', 'f.size'])
    .where('r.clinic_id', '=', clinicId);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function refusalOf(row: Row): RefusalLine {
  const { id, code, reason, source, machine, sop_uid: sopUid } = row;
  return {
    ...{ id, code, reason, source, machine, sopUid },
    file:
      row.file_id && row.file_name && row.sha256
        ? { id: row.file_id, name: row.file_name, sha256: row.sha256, sizeBytes: Number(row.size) }
        : null,
    at: row.at.getTime(),
    seenAt: row.seen_at?.getTime() ?? null,
  };
}
