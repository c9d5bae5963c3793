import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import type { UploadKind } from '../../../platform/uploads/index.ts';
import { queueRun } from '../core/queue-run.ts';
import { inspectInThread } from '../processing/run-thread.ts';
import type { Inspected } from '../processing/thread-task.ts';
import { LARGEST_FILE, MOST_FILES } from './limits.ts';

/** An upload without a byte for this long is not waited for. */
const STALLED = sql`interval '30 seconds'`;

/** Files of a gait session: looked into in a thread, and the last one has the session processed. */
export const WALKS: UploadKind = {
  largest: LARGEST_FILE,
  most: MOST_FILES,
  mediaType: 'model/c3d',
  async settle(context, files, { studyId, fileId, name, sha256 }) {
    const found = await inspectInThread({ name, path: files.draftPath(fileId) });
    await files.keep(fileId, { clinicId: context.clinicId, sha256 });
    await inClinic(context, (clinic) => settle(clinic, { studyId, fileId, sha256, found }));
    return { status: found.ok ? 'ready' : 'refused', refusedReason: found.ok ? null : found.reason };
  },
};

/** The file is on the disk under its name: now its row says so. */
async function settle(
  clinic: ClinicTransaction,
  of: {
    readonly studyId: string;
    readonly fileId: string;
    readonly sha256: string;
    readonly found: Inspected;
  },
): Promise<void> {
  const { tx, clinicId } = clinic;
  const { studyId, fileId, sha256, found } = of;
  await tx
    .updateTable('stored_file')
    .set({
      status: found.ok ? 'ready' : 'refused',
      sha256,
      refused_reason: found.ok ? null : found.reason.slice(0, 500),
      changed_at: sql<Date>`clock_timestamp()`,
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', fileId)
    .execute();
  await record(clinic, {
    action: found.ok ? 'file.stored' : 'file.refused',
    subject: { kind: 'file', id: fileId },
    detail: { study: studyId, sha256 },
  });
  if (found.ok)
    await tx
      .updateTable('study_file')
      .set({ role: found.role, facts: found.facts })
      .where('clinic_id', '=', clinicId)
      .where('study_id', '=', studyId)
      .where('file_id', '=', fileId)
      .execute();
  // A refused file changes nothing, but the others may have waited for it.
  if (!found.ok && !(await isDraft(clinic, studyId))) return;
  if (!(await moreIsComing(clinic, studyId))) await queueRun(clinic, studyId);
}

async function isDraft({ tx, clinicId }: ClinicTransaction, studyId: string): Promise<boolean> {
  const study = await tx
    .selectFrom('study')
    .select('status')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', studyId)
    .executeTakeFirst();
  return study?.status === 'draft';
}

/** Whether other files of the session are on their way: the last of them has it processed, once for all. */
async function moreIsComing({ tx, clinicId }: ClinicTransaction, studyId: string): Promise<boolean> {
  const other = await tx
    .selectFrom('study_file as sf')
    .innerJoin('stored_file as f', (join) =>
      join.onRef('f.clinic_id', '=', 'sf.clinic_id').onRef('f.id', '=', 'sf.file_id'),
    )
    .select('f.id')
    .where('sf.clinic_id', '=', clinicId)
    .where('sf.study_id', '=', studyId)
    .where('f.status', '=', 'uploading')
    .where('f.changed_at', '>', sql<Date>`clock_timestamp() - ${STALLED}`)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}
