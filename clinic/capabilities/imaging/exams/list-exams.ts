import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { StudyStatus } from '../../../platform/database/schema-of-studies.ts';
import { accessionOf, type BodySide } from '../core/exam.ts';

/** An examination as a line of a list. */
export interface ExamLine {
  readonly id: string;
  readonly accession: string;
  readonly patientId: string;
  readonly patientName: string;
  /** YYYY-MM-DD. */
  readonly birthDate: string | null;
  readonly anatomy: string;
  readonly side: BodySide | null;
  readonly status: StudyStatus;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  readonly clips: number;
}

export interface ExamsWanted {
  readonly patientId?: string;
  /** Those that are not signed, and those taken since then, in epoch milliseconds. */
  readonly openOrSince?: number;
  readonly signedBefore?: number;
  readonly limit?: number;
}

/** Examinations of the clinic, the newest first. */
export async function listExams(
  { tx, clinicId }: ClinicTransaction,
  { patientId, openOrSince, signedBefore, limit = 50 }: ExamsWanted,
): Promise<readonly ExamLine[]> {
  let query = selectExamLines({ tx, clinicId });
  if (patientId) query = query.where('s.patient_id', '=', patientId);
  if (openOrSince !== undefined)
    query = query.where((eb) =>
      eb.or([eb('s.status', '<>', 'signed'), eb('s.taken_at', '>=', new Date(openOrSince))]),
    );
  if (signedBefore !== undefined)
    query = query.where('s.status', '=', 'signed').where('s.taken_at', '<', new Date(signedBefore));
  const rows = await query.orderBy('s.taken_at', 'desc').orderBy('s.id').limit(limit).execute();
  return rows.map(lineOf);
}

/** The columns of a line, for whoever adds conditions of their own on `e`, `s` and `p`. */
export function selectExamLines({ tx, clinicId }: Pick<ClinicTransaction, 'tx' | 'clinicId'>) {
  return tx
    .selectFrom('imaging_exam as e')
    .innerJoin('study as s', (join) =>
      join.onRef('s.clinic_id', '=', 'e.clinic_id').onRef('s.id', '=', 'e.study_id'),
    )
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .select(['s.id', 's.taken_at', 's.status', 's.patient_id', 'e.number', 'e.anatomy', 'e.side'])
    .select(['p.given_name', 'p.family_name', 'p.birth_date'])
    .select(
      sql<number>`(
        select count(*)::int from imaging_instance i
        where i.clinic_id = e.clinic_id and i.study_id = e.study_id and i.set_aside_at is null)`.as('clips'),
    )
    .where('e.clinic_id', '=', clinicId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectExamLines>['execute']>>[number];

export function lineOf(row: Row): ExamLine {
  return {
    id: row.id,
    accession: accessionOf(row.number),
    patientId: row.patient_id,
    patientName: `${row.given_name} ${row.family_name}`,
    birthDate: row.birth_date,
    anatomy: row.anatomy,
    side: row.side,
    status: row.status,
    takenAt: row.taken_at.getTime(),
    clips: row.clips,
  };
}
