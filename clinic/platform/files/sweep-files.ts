import { type ClinicContext, inClinic } from '../database/in-clinic.ts';
import type { FileStore } from './file-store.ts';

const HOUR_MS = 3_600_000;
/** An upload that nobody went on with for this long is given up. */
export const ABANDONED_MS = 48 * HOUR_MS;
/** A file without a row may be one whose row is being written. */
const SETTLED_MS = HOUR_MS;

/**
 * Gives up uploads that were left, and removes files of the clinic that no row knows. Drafts belong to all clinics, so one
 * goes when it is old, whoever's it was. Returns how many files went.
 */
export async function sweepFiles(context: ClinicContext, files: FileStore, now: number): Promise<number> {
  const known = await inClinic(context, async ({ tx, clinicId }) => {
    await tx
      .updateTable('stored_file')
      .set({ status: 'deleted', changed_at: new Date(now) })
      .where('clinic_id', '=', clinicId)
      .where('status', '=', 'uploading')
      .where('changed_at', '<', new Date(now - ABANDONED_MS))
      .execute();
    const rows = await tx
      .selectFrom('stored_file')
      .select('sha256')
      .where('clinic_id', '=', clinicId)
      .where('status', 'in', ['ready', 'refused'])
      .execute();
    return new Set(rows.map((row) => row.sha256));
  });
  let removed = 0;
  for (const { name, changedAt } of await files.list(context.clinicId)) {
    if (known.has(name) || changedAt > now - SETTLED_MS) continue;
    await files.remove({ clinicId: context.clinicId, sha256: name });
    removed += 1;
  }
  for (const { name, changedAt } of await files.listDrafts()) {
    if (changedAt > now - ABANDONED_MS) continue;
    await files.removeDraft(name);
    removed += 1;
  }
  return removed;
}
