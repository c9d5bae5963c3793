import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { ToldHow } from '../../../platform/database/schema-of-imaging.ts';
import { accessionOf } from '../core/exam.ts';

/** An urgent referral. Instants in epoch milliseconds. */
export interface Referral {
  readonly id: string;
  readonly taskId: string;
  readonly examId: string;
  readonly accession: string;
  readonly patient: {
    readonly id: string;
    readonly name: string;
    readonly phone: string | null;
  };
  readonly urgency: 'emergency' | 'same_day' | 'routine';
  readonly toldName: string;
  readonly toldHow: ToldHow;
  readonly toldAt: number;
  readonly referredTo: string;
  readonly reason: string;
  readonly since: number;
  readonly dueAt: number;
  /** Null while nobody has answered. */
  readonly answer: { readonly words: string; readonly at: number; readonly by: string } | null;
}

/** The referrals that nobody has answered yet, the one that is due first at the top. */
export async function listOpenReferrals(clinic: ClinicTransaction): Promise<readonly Referral[]> {
  const rows = await select(clinic)
    .where('r.answered_at', 'is', null)
    .orderBy('t.due_at')
    .limit(100)
    .execute();
  return rows.map(referralOf);
}

/** Every referral of an examination, the last first. */
export async function readReferrals(clinic: ClinicTransaction, examId: string): Promise<readonly Referral[]> {
  const rows = await select(clinic)
    .where('r.study_id', '=', examId)
    .orderBy('r.created_at', 'desc')
    .orderBy('r.id', 'desc')
    .execute();
  return rows.map(referralOf);
}

function select({ tx, clinicId }: ClinicTransaction) {
  return tx
    .selectFrom('imaging_referral as r')
    .innerJoin('task as t', (join) =>
      join.onRef('t.clinic_id', '=', 'r.clinic_id').onRef('t.id', '=', 'r.task_id'),
    )
    .innerJoin('imaging_exam as e', (join) =>
      join.onRef('e.clinic_id', '=', 'r.clinic_id').onRef('e.study_id', '=', 'r.study_id'),
    )
    .innerJoin('study as s', (join) =>
      join.onRef('s.clinic_id', '=', 'r.clinic_id').onRef('s.id', '=', 'r.study_id'),
    )
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .leftJoin('membership as m', (join) =>
      join.onRef('m.clinic_id', '=', 'r.clinic_id').onRef('m.user_id', '=', 'r.answered_by'),
    )
    .select(['r.id', 'r.task_id', 'r.study_id', 'e.number', 't.urgency', 't.due_at', 'r.created_at'])
    .select(['r.told_name', 'r.told_how', 'r.told_at', 'r.referred_to', 'r.reason'])
    .select(['r.answer', 'r.answered_at', 'm.name as answered_name'])
    .select(['p.id as patient_id', 'p.given_name', 'p.family_name', 'p.phone'])
    .where('r.clinic_id', '=', clinicId);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function referralOf(row: Row): Referral {
  return {
    id: row.id,
    taskId: row.task_id,
    examId: row.study_id,
    accession: accessionOf(row.number),
    patient: { id: row.patient_id, name: `${row.given_name} ${row.family_name}`, phone: row.phone },
    urgency: row.urgency,
    toldName: row.told_name,
    toldHow: row.told_how,
    toldAt: row.told_at.getTime(),
    referredTo: row.referred_to,
    reason: row.reason,
    since: row.created_at.getTime(),
    dueAt: row.due_at.getTime(),
    answer:
      row.answer !== null && row.answered_at !== null
        ? { words: row.answer, at: row.answered_at.getTime(), by: row.answered_name ?? 'Somebody' }
        : null,
  };
}
