import { openStudy, readStudy, signReport, storeResult } from '../capabilities/gait-lab/index.ts';
import type { ClinicTransaction } from '../platform/database/in-clinic.ts';
import { wordsOf } from './gait-words.ts';
import { earlierOf, type MeasuredGait } from './measure-gait.ts';
import type { ClinicPlan } from './plan.ts';
import { insertAll } from './write-clinic.ts';

/** Everybody is told what a simulated walk is, wherever its method is told. */
const SIMULATED = ', of a simulated walk';

/** Who signs and where the mails lead. */
export interface GaitSigning {
  readonly plan: ClinicPlan;
  readonly publicUrl: string;
  readonly signer: { readonly id: string; readonly name: string };
}

/**
 * Writes the gait sessions on the way that every session goes: opened from its visit, its files with what is in them, the
 * result, and where it was signed the report with its measurements and its mail, as of the day on which it was.
 */
export async function writeGait(
  clinic: ClinicTransaction,
  all: readonly MeasuredGait[],
  signing: GaitSigning,
): Promise<void> {
  for (const one of all) {
    const { visit, words, signedAt } = one.plan;
    const studyId = await openStudy(clinic, { appointmentId: visit.id }, visit.end);
    await writeFiles(clinic, studyId, one);
    const resultId = await writeResult(clinic, studyId, one);
    const text = wordsOf(words, one.measured.report, earlierOf(all, one));
    if (signedAt === null) {
      await clinic.tx.updateTable('study').set({ draft: text }).where('id', '=', studyId).execute();
      continue;
    }
    const { plan, publicUrl, signer } = signing;
    const { name, phone, host } = plan;
    const of = {
      platform: { config: { publicUrl }, clock: { now: () => signedAt } },
      clinic: { name, phone, demo: true, hosts: [host] },
    };
    await signReport(clinic, of, { studyId, resultId, text, signer });
    await keepMails(clinic, signedAt);
  }
}

async function writeFiles(
  clinic: ClinicTransaction,
  studyId: string,
  { plan: { visit }, files }: MeasuredGait,
): Promise<void> {
  for (const { name, sizeBytes, sha256, found } of files) {
    const { id } = await clinic.tx
      .insertInto('stored_file')
      .values({
        clinic_id: clinic.clinicId,
        name,
        media_type: 'model/c3d',
        size: sizeBytes,
        received: sizeBytes,
        sha256,
        status: 'ready',
        refused_reason: null,
        created_by: clinic.actor.id,
        created_at: new Date(visit.end),
        changed_at: new Date(visit.end),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await insertAll(clinic, 'study_file', [
      {
        study_id: studyId,
        file_id: id,
        role: found.role,
        facts: found.facts,
        reason: null,
        decided_by: null,
      },
    ]);
  }
}

async function writeResult(
  clinic: ClinicTransaction,
  studyId: string,
  { measured }: MeasuredGait,
): Promise<string> {
  const { tx } = clinic;
  await tx
    .updateTable('study')
    .set({ status: 'processing', run: 1, condition: 'Simulated walk, own speed', footwear: 'barefoot' })
    .where('id', '=', studyId)
    .execute();
  const study = await readStudy(clinic, studyId);
  const resultId = study && (await storeResult(clinic, study, measured));
  if (!resultId) throw new Error('expected the session that was just opened');
  for (const table of ['study_result', 'measurement'] as const)
    await tx
      .updateTable(table)
      .set(({ eb, ref }) => ({ method: eb(ref('method'), '||', SIMULATED) }))
      .where(table === 'measurement' ? 'result_id' : 'id', '=', resultId)
      .execute();
  return resultId;
}

/** Demo mail is never sent: it stays in the outbox from the start. */
async function keepMails({ tx, clinicId }: ClinicTransaction, instant: number): Promise<void> {
  const at = new Date(instant);
  await tx
    .updateTable('mail')
    .set({ status: 'kept', done_at: at, created_at: at })
    .where('clinic_id', '=', clinicId)
    .where('kind', '=', 'report_ready')
    .where('status', '=', 'queued')
    .execute();
}
