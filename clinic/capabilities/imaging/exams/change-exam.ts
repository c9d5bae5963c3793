import { z } from 'zod';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Exam } from '../core/exam.ts';

const text = (most: number) => z.string().trim().max(most, `At most ${most} characters`).default('');

/** What the form about an examination may say. */
export const examForm = z.object({
  suspicion: z.enum(['muscle-injury', 'abdominal-wall', 'other'], 'Say what is suspected').default('other'),
  anatomy: text(120),
  side: z.enum(['left', 'right', ''], 'Left, right, or neither').default(''),
  question: text(1000),
  manoeuvre: text(300),
  position: text(300),
  probeWords: text(300),
});

export type ExamForm = z.infer<typeof examForm>;

/** Writes what an examination is about. What was signed stays as it was signed. */
export async function changeExam(clinic: ClinicTransaction, exam: Exam, form: ExamForm): Promise<void> {
  const { side, probeWords, ...rest } = form;
  await clinic.tx
    .updateTable('imaging_exam')
    .set({
      ...rest,
      side: side === '' ? null : side,
      ...(exam.probe ? { probe: { ...exam.probe, words: probeWords } } : {}),
    })
    .where('clinic_id', '=', clinic.clinicId)
    .where('study_id', '=', exam.id)
    .execute();
  await record(clinic, { action: 'study.changed', subject: { kind: 'study', id: exam.id } });
}
