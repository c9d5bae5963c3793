import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { accessionOf } from '../../imaging/index.ts';
import { type CaseRow, caseOf, readVersions, type Stage, selectCases, stageOf } from './case-records.ts';
import { type Consent, consentOfExam } from './consents.ts';

/** A case as the desk lists it. */
export interface ListedCase {
  readonly row: CaseRow;
  readonly title: string;
  readonly version: number;
  readonly stage: Stage;
}

/** A signed examination that a case could be made of. */
export interface SignedExam {
  readonly id: string;
  readonly accession: string;
  readonly person: string;
  readonly anatomy: string;
  readonly side: string | null;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  readonly consent: Consent | null;
}

/** Signed examinations that are looked through for a case. */
const LATEST_EXAMS = 20;

/** Every case of the clinic, the newest first. */
export async function listCases(clinic: ClinicTransaction): Promise<readonly ListedCase[]> {
  const rows = await selectCases(clinic).orderBy('made_at', 'desc').execute();
  const cases: ListedCase[] = [];
  for (const row of rows) {
    const [last] = await readVersions(clinic, row.id);
    if (last)
      cases.push({
        row: caseOf(row),
        title: last.content.title || 'Without a title yet',
        version: last.version,
        stage: stageOf(last),
      });
  }
  return cases;
}

/** The latest signed ultrasound examinations that have no case, with what their people said. */
export async function examsWithoutCase(clinic: ClinicTransaction): Promise<readonly SignedExam[]> {
  const { tx, clinicId } = clinic;
  const rows = await tx
    .selectFrom('study as s')
    .innerJoin('imaging_exam as e', (join) =>
      join.onRef('e.clinic_id', '=', 's.clinic_id').onRef('e.study_id', '=', 's.id'),
    )
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .select(['s.id', 's.taken_at', 'e.number', 'e.anatomy', 'e.side', 'p.given_name', 'p.family_name'])
    .where('s.clinic_id', '=', clinicId)
    .where('s.kind', '=', 'ultrasound')
    .where('s.status', '=', 'signed')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('case_study as c')
            .select('c.id')
            .whereRef('c.clinic_id', '=', 's.clinic_id')
            .whereRef('c.study_id', '=', 's.id')
            .where('c.status', '<>', 'withdrawn'),
        ),
      ),
    )
    .orderBy('s.taken_at', 'desc')
    .limit(LATEST_EXAMS)
    .execute();
  const exams: SignedExam[] = [];
  for (const row of rows)
    exams.push({
      id: row.id,
      accession: accessionOf(row.number),
      person: `${row.given_name} ${row.family_name}`,
      anatomy: row.anatomy,
      side: row.side,
      takenAt: row.taken_at.getTime(),
      consent: await consentOfExam(clinic, row.id),
    });
  return exams;
}
