import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { TrialRole } from '../../../platform/database/schema-of-studies.ts';
import { queueRun } from './queue-run.ts';
import type { SessionInput } from './session-input.ts';

/** Keeps how somebody walked and was measured, and has the report made anew. */
export async function setMeasurements(
  clinic: ClinicTransaction,
  studyId: string,
  { conditions, subject, lab }: SessionInput,
): Promise<void> {
  const { tx, clinicId } = clinic;
  await tx
    .updateTable('study')
    .set({
      condition: conditions.condition,
      footwear: conditions.footwear,
      walking_aid: conditions.walkingAid,
      subject,
      lab,
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', studyId)
    .execute();
  await record(clinic, { action: 'study.measured', subject: { kind: 'study', id: studyId } });
  await queueRun(clinic, studyId);
}

/**
 * Says what a file of the session is, and why it is left out where it is. The report is made anew. False where the session
 * has no such file that could be used.
 */
export async function judgeTrial(
  clinic: ClinicTransaction,
  of: { readonly studyId: string; readonly fileId: string },
  { role, reason }: { readonly role: TrialRole; readonly reason: string | null },
): Promise<boolean> {
  const { tx, clinicId } = clinic;
  const changed = await tx
    .updateTable('study_file as sf')
    .from('stored_file as f')
    .set({ role, state: reason === null ? 'accepted' : 'rejected', reason, decided_by: clinic.actor.id })
    .whereRef('f.clinic_id', '=', 'sf.clinic_id')
    .whereRef('f.id', '=', 'sf.file_id')
    .where('f.status', '=', 'ready')
    .where('sf.clinic_id', '=', clinicId)
    .where('sf.study_id', '=', of.studyId)
    .where('sf.file_id', '=', of.fileId)
    .executeTakeFirst();
  if (Number(changed.numUpdatedRows) === 0) return false;
  await record(clinic, {
    action: reason === null ? 'trial.accepted' : 'trial.rejected',
    subject: { kind: 'study', id: of.studyId },
    detail: { file: of.fileId, role },
  });
  await queueRun(clinic, of.studyId);
  return true;
}
