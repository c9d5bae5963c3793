import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { accessionOf } from '../core/exam.ts';
import type { ReadFile } from './read-arrival.ts';
import { type Person, personOf } from './same-person.ts';

/** What the clinic knows already of a clip that arrived. */
export interface Known {
  /** The clip of this SOP Instance UID. */
  readonly clip: KnownClip | null;
  /** The examinations whose Study UID or number it carries. */
  readonly exams: readonly KnownExam[];
  /** Whom other clips of its study say that they show. */
  readonly others: readonly Person[];
  /** The record whose id it carries, as it is after any merge; null where it carries none of ours. */
  readonly patientId: string | null;
}

export interface KnownClip {
  readonly id: string;
  readonly examId: string | null;
  readonly transferSyntax: string;
  readonly dataSha256: string;
}

export interface KnownExam {
  readonly id: string;
  readonly studyUid: string;
  readonly accession: string;
  readonly person: Person;
}

export type Arrived = Pick<ReadFile, 'sopUid' | 'dicomStudyUid' | 'says'>;

const ACCESSION = /^US(\d{4,15})$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Clips of one study agree with each other, since none that does not is taken: a few of them speak for all. */
const ENOUGH = 20;

interface ExamRow {
  readonly id: string;
  readonly studyUid: string;
  readonly number: string;
  readonly patient: Parameters<typeof personOf>[0];
}

/** All of it by one statement: the study's lock is held, and others of its clips wait behind it. */
export async function whatIsKnown({ tx, clinicId }: ClinicTransaction, clip: Arrived): Promise<Known> {
  const number = ACCESSION.exec(clip.says.accession?.trim() ?? '')?.[1] ?? null;
  const says = clip.says.patientId?.trim().toLowerCase() ?? '';
  const patientId = UUID.test(says) ? says : null;
  const { rows } = await sql<{
    readonly clip: KnownClip | null;
    readonly exams: readonly ExamRow[] | null;
    readonly others: readonly Person[] | null;
    readonly patient: string | null;
  }>`
    select
      (select jsonb_build_object('id', i.id, 'examId', i.study_id, 'transferSyntax', i.transfer_syntax,
          'dataSha256', i.data_sha256)
        from imaging_instance i where i.clinic_id = ${clinicId} and i.sop_uid = ${clip.sopUid}) as clip,
      (select jsonb_agg(jsonb_build_object('id', e.study_id, 'studyUid', e.study_uid, 'number', e.number::text,
          'patient', jsonb_build_object('id', p.id, 'givenName', p.given_name, 'familyName', p.family_name,
            'birthDate', p.birth_date)))
        from imaging_exam e
        join study s on s.clinic_id = e.clinic_id and s.id = e.study_id
        join patient p on p.clinic_id = s.clinic_id and p.id = s.patient_id
        where e.clinic_id = ${clinicId} and (e.study_uid = ${clip.dicomStudyUid} or e.number = ${number}::bigint)) as exams,
      (select jsonb_agg(distinct o.says) from (
        select i.says from imaging_instance i
        where i.clinic_id = ${clinicId} and i.dicom_study_uid = ${clip.dicomStudyUid} limit ${ENOUGH}::int) o) as others,
      (select coalesce(p.merged_into, p.id) from patient p
        where p.clinic_id = ${clinicId} and p.id = ${patientId}::uuid) as patient
  `.execute(tx);
  const [row] = rows;
  return {
    clip: row?.clip ?? null,
    exams: (row?.exams ?? []).map((exam) => ({
      id: exam.id,
      studyUid: exam.studyUid,
      accession: accessionOf(exam.number),
      person: personOf(exam.patient),
    })),
    others: row?.others ?? [],
    patientId: row?.patient ?? null,
  };
}
