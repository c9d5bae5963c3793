import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { accessionOf } from '../core/exam.ts';
import type { ReadFile } from './read-arrival.ts';
import type { Refused } from './refusal.ts';
import { areDifferent, type Person, personOf } from './same-person.ts';

/** Whose an arrived clip is, why that has to be said by a person, or why it must not be taken. */
export type Match =
  | { readonly kind: 'matched'; readonly examId: string }
  | { readonly kind: 'waiting'; readonly reason: string }
  | { readonly kind: 'refused'; readonly refused: Refused };

type Arrived = Pick<ReadFile, 'dicomStudyUid' | 'says'>;

const ACCESSION = /^US(\d{4,15})$/;

/**
 * Finds the examination of a clip: only where the clip carries the Study UID that our worklist hands out, or its number
 * together with the patient's id. Nothing is ever guessed by a name; a name can only contradict.
 */
export async function matchArrival(clinic: ClinicTransaction, clip: Arrived): Promise<Match> {
  const exams = await candidates(clinic, clip);
  const ordered = exams.find(({ studyUid }) => studyUid === clip.dicomStudyUid);
  if (ordered)
    return areDifferent(await asKnown(clinic, clip.says), ordered.person)
      ? refused(`Its Study UID is of the examination ${ordered.accession}, which is of another person.`)
      : { kind: 'matched', examId: ordered.id };
  if (await contradictsItsStudy(clinic, clip))
    return refused('Clips of another person are here already under the same Study UID.');
  const [numbered] = exams;
  if (!numbered) return { kind: 'waiting', reason: whyUnknown(clip.says.accession) };
  const { patientId } = await asKnown(clinic, clip.says);
  if (patientId && patientId === numbered.person.patientId) return { kind: 'matched', examId: numbered.id };
  return {
    kind: 'waiting',
    reason: `It carries the number ${numbered.accession}, but not the patient id of that examination.`,
  };
}

function refused(reason: string): Match {
  return {
    kind: 'refused',
    refused: { code: 'other-patient', reason: `${reason} Nothing of it was filed.` },
  };
}

function whyUnknown(accession: string | null): string {
  return accession
    ? `It carries the number ${accession.slice(0, 64)}, which is not one of our examinations.`
    : 'It came without the number of an examination: it was not made from our worklist.';
}

async function candidates({ tx, clinicId }: ClinicTransaction, { dicomStudyUid, says }: Arrived) {
  const number = ACCESSION.exec(says.accession?.trim() ?? '')?.[1] ?? null;
  const rows = await tx
    .selectFrom('imaging_exam as e')
    .innerJoin('study as s', (join) =>
      join.onRef('s.clinic_id', '=', 'e.clinic_id').onRef('s.id', '=', 'e.study_id'),
    )
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .select([
      'e.study_id',
      'e.study_uid',
      'e.number',
      'p.id',
      'p.given_name',
      'p.family_name',
      'p.birth_date',
    ])
    .where('e.clinic_id', '=', clinicId)
    .where((eb) =>
      eb.or([
        eb('e.study_uid', '=', dicomStudyUid),
        ...(number === null ? [] : [eb('e.number', '=', number as never)]),
      ]),
    )
    .execute();
  return rows.map((row) => ({
    id: row.study_id,
    studyUid: row.study_uid,
    accession: accessionOf(row.number),
    person: personOf({
      id: row.id,
      givenName: row.given_name,
      familyName: row.family_name,
      birthDate: row.birth_date,
    }),
  }));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The person that a file names, by their record as it is after any merge: the worklist may have been older than that. */
async function asKnown({ tx, clinicId }: ClinicTransaction, says: Person): Promise<Person> {
  const patientId = says.patientId?.trim().toLowerCase();
  if (!patientId || !UUID.test(patientId)) return says;
  const row = await tx
    .selectFrom('patient')
    .select(['id', 'merged_into'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', patientId)
    .executeTakeFirst();
  return { ...says, patientId: row ? (row.merged_into ?? row.id) : patientId };
}

/** Clips of one study agree with each other, since none that does not is taken: a few of them speak for all. */
const ENOUGH = 20;

async function contradictsItsStudy(clinic: ClinicTransaction, { dicomStudyUid, says }: Arrived) {
  const rows = await clinic.tx
    .selectFrom('imaging_instance')
    .select('says')
    .where('clinic_id', '=', clinic.clinicId)
    .where('dicom_study_uid', '=', dicomStudyUid)
    .limit(ENOUGH)
    .execute();
  return rows.some((row) => areDifferent(says, row.says as Person));
}
