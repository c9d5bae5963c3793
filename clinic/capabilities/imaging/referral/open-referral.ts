import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Exam } from '../core/exam.ts';
import type { SafetyAnswers } from '../report/safety-rule.ts';
import { REFERRAL_URGENCIES, type SignedReferral, TOLD_HOW } from '../report/signed-content.ts';

const HOUR_MS = 3_600_000;

/** How long an answer may take before the task is overdue. Needs sign-off by your clinician. */
export const ANSWER_WITHIN_MS: Readonly<Record<SignedReferral['urgency'], number>> = {
  emergency: HOUR_MS,
  same_day: 4 * HOUR_MS,
};

/**
 * The referral of a complete tear as it was answered to the safety rule, which has found nothing missing in it.
 *
 * @throws Error where the rule was not asked first
 */
export function referralOf(answers: SafetyAnswers, now: number): SignedReferral {
  const urgency = REFERRAL_URGENCIES.find((one) => one === answers.urgency);
  const toldHow = TOLD_HOW.find((one) => one === answers.toldHow);
  if (!urgency || !toldHow || answers.toldAt === null)
    throw new Error('A referral is made of answers that the safety rule has accepted');
  return {
    ...{ toldName: answers.toldName, toldHow, toldAt: answers.toldAt, urgency },
    ...{ referredTo: answers.referredTo, reason: answers.referralReason },
    dueAt: now + ANSWER_WITHIN_MS[urgency],
  };
}

export interface ReferralToOpen {
  readonly exam: Exam;
  readonly reportId: string;
  readonly referral: SignedReferral;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Opens an urgent referral with the task that stays open until somebody answers it. Returns the task's id. */
export async function openReferral(
  { tx, clinicId }: ClinicTransaction,
  { exam, reportId, referral, by, now }: ReferralToOpen,
): Promise<string> {
  const { id: taskId } = await tx
    .insertInto('task')
    .values({
      clinic_id: clinicId,
      kind: 'urgent_referral',
      urgency: referral.urgency,
      detail: { report: reportId },
      patient_id: exam.patient.id,
      study_id: exam.id,
      due_at: new Date(referral.dueAt),
      created_at: new Date(now),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('imaging_referral')
    .values({
      clinic_id: clinicId,
      ...{ study_id: exam.id, report_id: reportId, task_id: taskId },
      told_name: referral.toldName,
      told_how: referral.toldHow,
      told_at: new Date(referral.toldAt),
      told_by: by,
      referred_to: referral.referredTo,
      reason: referral.reason,
      created_at: new Date(now),
    })
    .execute();
  return taskId;
}
