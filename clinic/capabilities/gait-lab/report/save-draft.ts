import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { ReportText } from '../core/study.ts';
import { StudyError } from '../core/study-error.ts';

/**
 * Keeps what a clinician wrote and did not sign. What is signed already stays as it is.
 *
 * @throws StudyError when the session has no result to write about
 */
export async function saveDraft(clinic: ClinicTransaction, studyId: string, text: ReportText): Promise<void> {
  const changed = await clinic.tx
    .updateTable('study')
    .set({ draft: text })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', studyId)
    .where('status', 'in', ['ready', 'signed'])
    .executeTakeFirst();
  if (Number(changed.numUpdatedRows) === 0)
    throw new StudyError('The session is being processed. Wait for its report, then write.');
  await record(clinic, { action: 'study.draft_saved', subject: { kind: 'study', id: studyId } });
}
