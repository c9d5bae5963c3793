import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { BodySide, Suspicion } from '../../../platform/database/schema-of-imaging.ts';
import type { StudyStatus } from '../../../platform/database/schema-of-studies.ts';
import { type Probe, probeOf } from './probe.ts';

export type { BodySide, Suspicion };

/** One ultrasound examination of one person. */
export interface Exam {
  /** The study's id. */
  readonly id: string;
  /** On the worklist and in files, such as US1001. */
  readonly accession: string;
  /** The DICOM Study Instance UID that the worklist hands out. */
  readonly studyUid: string;
  readonly patient: {
    readonly id: string;
    readonly givenName: string;
    readonly familyName: string;
    /** YYYY-MM-DD. */
    readonly birthDate: string | null;
  };
  readonly appointmentId: string | null;
  readonly status: StudyStatus;
  readonly suspicion: Suspicion;
  /** The structure, such as "Rectus femoris"; empty where nobody said. */
  readonly anatomy: string;
  readonly side: BodySide | null;
  readonly question: string;
  readonly manoeuvre: string;
  readonly position: string;
  readonly probe: Probe | null;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  /** What was written for the report and not signed yet. */
  readonly draft: unknown;
  /** The result that the last signed version stands on; null before the first. */
  readonly resultId: string | null;
}

/** How an examination's number is written. */
export function accessionOf(number: string): string {
  return `US${number}`;
}

/** The examination, or null where the clinic has none of this id. */
export async function readExam({ tx, clinicId }: ClinicTransaction, studyId: string): Promise<Exam | null> {
  const row = await tx
    .selectFrom('imaging_exam as e')
    .innerJoin('study as s', (join) =>
      join.onRef('s.clinic_id', '=', 'e.clinic_id').onRef('s.id', '=', 'e.study_id'),
    )
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .selectAll('e')
    .select(['s.id', 's.patient_id', 's.appointment_id', 's.status', 's.taken_at', 's.draft', 's.result_id'])
    .select(['p.given_name', 'p.family_name', 'p.birth_date'])
    .where('e.clinic_id', '=', clinicId)
    .where('e.study_id', '=', studyId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    accession: accessionOf(row.number),
    studyUid: row.study_uid,
    patient: {
      id: row.patient_id,
      givenName: row.given_name,
      familyName: row.family_name,
      birthDate: row.birth_date,
    },
    appointmentId: row.appointment_id,
    status: row.status,
    suspicion: row.suspicion,
    anatomy: row.anatomy,
    side: row.side,
    question: row.question,
    manoeuvre: row.manoeuvre,
    position: row.position,
    probe: probeOf(row.probe),
    takenAt: row.taken_at.getTime(),
    draft: row.draft,
    resultId: row.result_id,
  };
}
