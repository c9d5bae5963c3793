import { addDays, type PlainDate, startOfDay } from '@rectus/schedule';
import { sql } from 'kysely';
import { accessionOf } from '../../capabilities/imaging/index.ts';
import { record } from '../../platform/audit/record.ts';
import { type ClinicTransaction, inClinic } from '../../platform/database/in-clinic.ts';
import { readClinicById } from '../../platform/web/clinics.ts';
import type { Caller } from './admit.ts';
import { nameMatcher } from './name-match.ts';
import type { WorklistQuestion } from './worklist-question.ts';

/** So many examinations are listed; a machine's screen shows fewer. */
export const MOST_LISTED = 500;
/** So many are looked at for a name: more are not open at once. */
const MOST_LOOKED_AT = 5_000;

/** An examination that waits for its pictures. */
export interface ScheduledExam {
  readonly accession: string;
  readonly studyUid: string;
  readonly patientId: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: PlainDate | null;
  readonly anatomy: string;
  readonly side: 'left' | 'right' | null;
  readonly question: string;
  /** Epoch milliseconds. */
  readonly takenAt: number;
}

export interface Worklist {
  readonly exams: readonly ScheduledExam[];
  /** Whether more fit than are listed. */
  readonly more: boolean;
  /** In which the clinic's days and hours are told. */
  readonly timeZone: string;
}

/**
 * The examinations that are not signed yet and fit a machine's question, the nearest to `now` first where there are
 * too many, else in the order of their times. Days are those of the clinic.
 */
export async function readWorklist(
  { context, machine }: Caller,
  question: WorklistQuestion,
  now: number,
): Promise<Worklist> {
  const clinic = await readClinicById(context.db, context.clinicId);
  const timeZone = clinic?.timeZone ?? 'UTC';
  if (!question.ultrasound) return { exams: [], more: false, timeZone };
  const found = await inClinic(context, async (transaction) => {
    const exams = await openExams(transaction, question, { timeZone, now });
    await record(transaction, {
      action: 'worklist.asked',
      subject: { kind: 'machine', id: machine.id },
      detail: { exams: Math.min(exams.length, MOST_LISTED) },
    });
    return exams;
  });
  const exams = found.slice(0, MOST_LISTED).sort((a, b) => a.takenAt - b.takenAt);
  return { exams, more: found.length > MOST_LISTED, timeZone };
}

async function openExams(
  { tx, clinicId }: ClinicTransaction,
  question: WorklistQuestion,
  { timeZone, now }: { readonly timeZone: string; readonly now: number },
): Promise<ScheduledExam[]> {
  let query = tx
    .selectFrom('imaging_exam as e')
    .innerJoin('study as s', (join) =>
      join.onRef('s.clinic_id', '=', 'e.clinic_id').onRef('s.id', '=', 'e.study_id'),
    )
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .select(['e.number', 'e.study_uid', 'e.anatomy', 'e.side', 'e.question', 's.taken_at', 's.patient_id'])
    .select(['p.family_name', 'p.given_name', 'p.birth_date'])
    .where('e.clinic_id', '=', clinicId)
    .where('s.kind', '=', 'ultrasound')
    .where('s.status', '<>', 'signed');
  if (question.from) query = query.where('s.taken_at', '>=', dayStart(question.from, timeZone));
  if (question.to) query = query.where('s.taken_at', '<', dayStart(addDays(question.to, 1), timeZone));
  if (question.patientId) query = query.where(sql`s.patient_id::text`, '=', question.patientId.toLowerCase());
  if (question.accession) query = query.where(sql`'US' || e.number`, '=', question.accession.toUpperCase());
  const rows = await query
    .orderBy(sql`abs(extract(epoch from s.taken_at - ${new Date(now)}::timestamptz))`)
    .limit(MOST_LOOKED_AT)
    .execute();
  const nameFits = question.patientName ? nameMatcher(question.patientName) : () => true;
  return rows
    .filter((row) => nameFits({ family: row.family_name, given: row.given_name }))
    .map((row) => ({
      accession: accessionOf(row.number),
      studyUid: row.study_uid,
      patientId: row.patient_id,
      familyName: row.family_name,
      givenName: row.given_name,
      birthDate: row.birth_date,
      anatomy: row.anatomy,
      side: row.side,
      question: row.question,
      takenAt: row.taken_at.getTime(),
    }));
}

function dayStart(day: PlainDate, timeZone: string): Date {
  return new Date(startOfDay(day, timeZone));
}
