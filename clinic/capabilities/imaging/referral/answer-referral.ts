import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

export interface AnswerToReferral {
  readonly examId: string;
  readonly referralId: string;
  /** What the surgeon or the emergency department said. */
  readonly words: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly by: string;
}

/**
 * Writes the answer to a referral and closes its task, both or neither. False where there is no such referral, or somebody
 * has answered it already.
 */
export async function answerReferral(clinic: ClinicTransaction, answer: AnswerToReferral): Promise<boolean> {
  const { tx, clinicId } = clinic;
  const at = new Date(answer.now);
  const answered = await tx
    .updateTable('imaging_referral')
    .set({ answer: answer.words, answered_at: at, answered_by: answer.by })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', answer.referralId)
    .where('study_id', '=', answer.examId)
    .where('answered_at', 'is', null)
    .returning('task_id')
    .executeTakeFirst();
  if (!answered) return false;
  await tx
    .updateTable('task')
    .set({ done_at: at, done_by: answer.by, outcome: 'Answered' })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', answered.task_id)
    .where('done_at', 'is', null)
    .execute();
  await record(clinic, {
    action: 'referral.answered',
    subject: { kind: 'study', id: answer.examId },
    detail: { referral: answer.referralId, task: answered.task_id },
  });
  return true;
}
