import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { ClipSays } from '../core/clip-facts.ts';
import { readExam } from '../core/exam.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { areDifferent, personOf, saysWords } from './same-person.ts';

/**
 * A person says that waiting clips belong to an examination. Where a file names somebody else, the clip says so from then
 * on. Returns how many clips were waiting still: somebody else may have been quicker.
 *
 * @throws ImagingError where the examination is not there
 */
export async function matchClips(
  clinic: ClinicTransaction,
  clipIds: readonly string[],
  examId: string,
): Promise<number> {
  const exam = await readExam(clinic, examId);
  if (!exam) throw new ImagingError('This examination is not known.');
  const clips = await waitingAmong(clinic, clipIds);
  for (const { id, says, warnings } of clips) {
    const isStranger = areDifferent({ ...says, patientId: null }, personOf(exam.patient));
    const warning = {
      code: 'says-another-person',
      message: `The file says that it shows ${saysWords(says)}. Check that it belongs here.`,
    };
    await clinic.tx
      .updateTable('imaging_instance')
      .set({
        study_id: examId,
        matched_at: sql<Date>`clock_timestamp()`,
        matched_by: clinic.actor.id,
        waiting_reason: null,
        set_aside_at: null,
        warnings: sql<unknown>`${JSON.stringify(isStranger ? [...warnings, warning] : warnings)}::text::jsonb`,
      })
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .execute();
    await record(clinic, {
      action: 'clip.matched',
      subject: { kind: 'clip', id },
      detail: { study: examId, stranger: isStranger },
    });
  }
  return clips.length;
}

/** Lays waiting clips aside, with the reason: nobody is asked for them any more. */
export async function setClipsAside(
  clinic: ClinicTransaction,
  clipIds: readonly string[],
  reason: string,
): Promise<number> {
  const clips = await waitingAmong(clinic, clipIds);
  for (const { id } of clips) {
    await clinic.tx
      .updateTable('imaging_instance')
      .set({ set_aside_at: sql<Date>`clock_timestamp()`, waiting_reason: reason })
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .execute();
    await record(clinic, { action: 'clip.set_aside', subject: { kind: 'clip', id } });
  }
  return clips.length;
}

/** A clip that was laid aside waits again. */
export async function fetchClipBack(clinic: ClinicTransaction, clipId: string): Promise<void> {
  const { numUpdatedRows } = await clinic.tx
    .updateTable('imaging_instance')
    .set({ set_aside_at: null })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', clipId)
    .where('set_aside_at', 'is not', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n)
    await record(clinic, { action: 'clip.fetched_back', subject: { kind: 'clip', id: clipId } });
}

/**
 * Takes a clip out of its examination: it waits again, and what was marked in it there is taken back.
 *
 * @throws ImagingError where a signed report stands on it
 */
export async function takeClipOut(
  clinic: ClinicTransaction,
  { examId, clipId }: { readonly examId: string; readonly clipId: string },
): Promise<void> {
  const { tx, clinicId } = clinic;
  await tx
    .selectFrom('study')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', examId)
    .forUpdate()
    .execute();
  if (await isSigned(clinic, examId, clipId))
    throw new ImagingError('A signed report stands on this clip: it stays where it is.');
  for (const table of ['imaging_analysis', 'imaging_moment', 'imaging_key_frame'] as const)
    await tx
      .updateTable(table)
      .set({ removed_at: sql<Date>`clock_timestamp()` })
      .where('clinic_id', '=', clinicId)
      .where('study_id', '=', examId)
      .where('instance_id', '=', clipId)
      .where('removed_at', 'is', null)
      .execute();
  const out = await tx
    .updateTable('imaging_instance')
    .set({
      ...{
        study_id: null,
        matched_at: null,
        matched_by: null,
        role: null,
        side: null,
        label: '',
        probe: null,
      },
      waiting_reason: 'It was taken out of an examination.',
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', clipId)
    .where('study_id', '=', examId)
    .returning('file_id')
    .executeTakeFirst();
  if (!out) return;
  // Otherwise the file would count as here when somebody puts it on again.
  await tx
    .deleteFrom('study_file')
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', examId)
    .where('file_id', '=', out.file_id)
    .execute();
  await record(clinic, {
    action: 'clip.taken_out',
    subject: { kind: 'clip', id: clipId },
    detail: { study: examId },
  });
}

async function isSigned(
  { tx, clinicId }: ClinicTransaction,
  examId: string,
  clipId: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('study_report as v')
    .innerJoin('study_result as r', (join) =>
      join.onRef('r.clinic_id', '=', 'v.clinic_id').onRef('r.id', '=', 'v.result_id'),
    )
    .select('v.id')
    .where('v.clinic_id', '=', clinicId)
    .where('v.study_id', '=', examId)
    .where(sql<boolean>`strpos(r.made_from::text, ${clipId}) > 0 or strpos(r.report::text, ${clipId}) > 0`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

interface WaitingRow {
  readonly id: string;
  readonly says: ClipSays;
  readonly warnings: readonly unknown[];
}

async function waitingAmong(
  { tx, clinicId }: ClinicTransaction,
  clipIds: readonly string[],
): Promise<readonly WaitingRow[]> {
  if (clipIds.length === 0) return [];
  const rows = await tx
    .selectFrom('imaging_instance')
    .select(['id', 'says', 'warnings'])
    .where('clinic_id', '=', clinicId)
    .where('id', 'in', [...clipIds])
    .where('study_id', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id, says, warnings }) => ({
    id,
    says: says as ClipSays,
    warnings: warnings as readonly unknown[],
  }));
}
