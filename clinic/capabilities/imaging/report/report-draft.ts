import { z } from 'zod';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { FormValues } from '../../../platform/web/form.ts';
import { ImagingError } from '../core/imaging-error.ts';

const draftSchema = z.object({
  /**
   * Rises with every saving, so that whoever saves an older one is told. It follows the clock, so that a draft that is begun
   * after another was discarded is not taken for that one.
   */
  revision: z.number().int().positive(),
  by: z.string(),
  byName: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  values: z.record(z.string(), z.string()),
});

/** What was written for the report and not signed yet: the form's fields as they were typed. */
export type ReportDraft = z.infer<typeof draftSchema>;

/** The draft that is stored with an examination; null where there is none. */
export function draftOf(stored: unknown): ReportDraft | null {
  const read = draftSchema.safeParse(stored);
  return read.success ? read.data : null;
}

/** Which draft somebody had before them; 0 where there was none yet. */
export function revisionOf(draft: ReportDraft | null): number {
  return draft?.revision ?? 0;
}

export type Saved =
  | { readonly ok: true; readonly revision: number }
  /** Somebody saved or signed meanwhile: nothing was written. */
  | { readonly ok: false };

export interface DraftToSave {
  readonly examId: string;
  /** The draft and the signed version that the writer had before them. */
  readonly revision: number;
  readonly base: number;
  readonly values: FormValues;
  readonly writer: { readonly id: string; readonly name: string };
  readonly now: number;
  /** Kept while somebody types, not by a button: one sitting is one event. */
  readonly byItself?: boolean;
}

/** So long after the last keeping of it, the same person's draft is another sitting. */
const SITTING_MS = 600_000;

/**
 * Keeps a draft, unless another one was saved or the report was signed since the writer opened it. What is signed already
 * stays as it is.
 *
 * @throws ImagingError where there is no such examination
 */
export async function saveDraft(clinic: ClinicTransaction, draft: DraftToSave): Promise<Saved> {
  const { examId, values, writer, now } = draft;
  const study = await lockStudy(clinic, examId);
  const before = draftOf(study.draft);
  const revision = revisionOf(before);
  if (revision !== draft.revision || study.lastVersion !== draft.base) return { ok: false };
  const kept: ReportDraft = {
    revision: Math.max(revision + 1, now),
    by: writer.id,
    byName: writer.name,
    at: now,
    values: { ...values },
  };
  await writeDraft(clinic, examId, kept);
  const isSameSitting = before?.by === writer.id && now - before.at < SITTING_MS;
  if (!(draft.byItself && isSameSitting))
    await record(clinic, { action: 'study.draft_saved', subject: { kind: 'study', id: examId } });
  return { ok: true, revision: kept.revision };
}

/**
 * Throws a draft away, unless another one was saved or the report was signed since somebody looked at it. What is signed
 * stays as it is.
 *
 * @returns whether it was thrown away
 * @throws ImagingError where there is no such examination
 */
export async function discardDraft(
  clinic: ClinicTransaction,
  { examId, revision, base }: Pick<DraftToSave, 'examId' | 'revision' | 'base'>,
): Promise<boolean> {
  const study = await lockStudy(clinic, examId);
  if (revisionOf(draftOf(study.draft)) !== revision || study.lastVersion !== base) return false;
  await writeDraft(clinic, examId, {});
  await record(clinic, { action: 'study.draft_discarded', subject: { kind: 'study', id: examId } });
  return true;
}

async function writeDraft(
  { tx, clinicId }: ClinicTransaction,
  examId: string,
  draft: ReportDraft | Record<string, never>,
): Promise<void> {
  await tx
    .updateTable('study')
    .set({ draft })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', examId)
    .execute();
}

/**
 * Holds an examination until the transaction ends: nobody else saves, signs or changes it meanwhile.
 *
 * @throws ImagingError where there is none
 */
export async function lockStudy(
  { tx, clinicId }: ClinicTransaction,
  examId: string,
): Promise<{ readonly draft: unknown; readonly run: number; readonly lastVersion: number }> {
  const study = await tx
    .selectFrom('study')
    .select(['draft', 'run'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', examId)
    .where('kind', '=', 'ultrasound')
    .forUpdate()
    .executeTakeFirst();
  if (!study) throw new ImagingError('This examination is not there.');
  const last = await tx
    .selectFrom('study_report')
    .select('version')
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', examId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { ...study, lastVersion: last?.version ?? 0 };
}
