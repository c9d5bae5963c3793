import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/**
 * Asks for a session to be processed anew, because something about it changed. Without a standing and a walking trial there
 * is nothing to process, and it waits as a draft. Returns whether a worker has something to do.
 */
export async function queueRun({ tx, clinicId }: ClinicTransaction, studyId: string): Promise<boolean> {
  const roles = await tx
    .selectFrom('study_file as sf')
    .innerJoin('stored_file as f', (join) =>
      join.onRef('f.clinic_id', '=', 'sf.clinic_id').onRef('f.id', '=', 'sf.file_id'),
    )
    .select('sf.role')
    .distinct()
    .where('sf.clinic_id', '=', clinicId)
    .where('sf.study_id', '=', studyId)
    .where('sf.state', '=', 'accepted')
    .where('f.status', '=', 'ready')
    .execute();
  const whole = ['standing', 'walking'].every((role) => roles.some((one) => one.role === role));
  await tx
    .updateTable('study')
    .set({
      status: whole ? 'processing' : 'draft',
      run: sql<number>`run + 1`,
      worked_at: null,
      attempts: 0,
      progress: null,
      failure: null,
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', studyId)
    .execute();
  return whole;
}
