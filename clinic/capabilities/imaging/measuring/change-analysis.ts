import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { ClipFacts } from '../core/clip-facts.ts';
import { ImagingError } from '../core/imaging-error.ts';
import type { Analysed } from './analyse.ts';
import { type Analysis, readAnalysis, type StoredMarks } from './analysis.ts';
import { METHOD_VERSION, STILL_METHOD, TRACKED_METHOD } from './method.ts';
import type { Chosen } from './result.ts';
import type { ToolId } from './tools/tool.ts';

export interface NewAnalysis {
  readonly clip: Pick<ClipFacts, 'id' | 'frames'>;
  readonly examId: string;
  readonly tool: ToolId;
  readonly marks: StoredMarks;
  /** What was measured at once; null where a worker follows the marks. */
  readonly analysed: Analysed | null;
  /** The analysis that this one takes the place of, such as after a mark was moved. */
  readonly replaces: string | null;
}

/** Writes an analysis, waiting for a worker or measured already. Returns its id. @throws ImagingError */
export async function addAnalysis(
  clinic: ClinicTransaction,
  { clip, examId, tool, marks, analysed, replaces }: NewAnalysis,
): Promise<string> {
  const before = replaces ? await readAnalysis(clinic, replaces) : null;
  if (replaces && before?.examId !== examId) throw new ImagingError('What this should replace is not there.');
  const id = randomUUID();
  await clinic.tx
    .insertInto('imaging_analysis')
    .values({
      clinic_id: clinic.clinicId,
      id,
      study_id: examId,
      instance_id: clip.id,
      tool,
      marks,
      made_by: madeBy(clinic),
      // What a person chose stays chosen when a mark moves.
      chosen: before?.chosen?.by ? before.chosen : (analysed?.chosen ?? null),
      ...(analysed && {
        status: 'ready',
        result: analysed.result,
        method: STILL_METHOD,
        method_version: METHOD_VERSION,
      }),
    })
    .execute();
  if (before) {
    await setRemoved(clinic, before.id, true);
    await measureAnewFrom(clinic, [before.id], id);
  }
  await note(clinic, 'measured', examId, { analysis: id, tool });
  return id;
}

/** What the worker found, unless the analysis was taken back or taken over meanwhile. Returns whether it was kept. */
export async function storeAnalysed(
  { tx, clinicId }: ClinicTransaction,
  { id, attempts }: Pick<Analysis, 'id' | 'attempts'>,
  { result, chosen }: Analysed,
): Promise<boolean> {
  const kept = await tx
    .updateTable('imaging_analysis')
    .set({
      status: 'ready',
      result,
      // A person's choice of frames outlives following the marks anew, where it still fits.
      chosen: sql`case when chosen ->> 'by' is not null then chosen else ${JSON.stringify(chosen)}::text::jsonb end`,
      progress: null,
      method: TRACKED_METHOD,
      method_version: METHOD_VERSION,
      worked_at: null,
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where('status', '=', 'working')
    .where('attempts', '=', attempts)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return kept.numUpdatedRows === 1n;
}

/** @throws ImagingError where a frame has no value */
export async function chooseFrames(
  clinic: ClinicTransaction,
  analysis: Analysis,
  { rest, contraction }: Pick<Chosen, 'rest' | 'contraction'>,
): Promise<void> {
  const { result } = analysis;
  if (!result) throw new ImagingError('There is nothing to choose from yet.');
  for (const frame of [rest, contraction])
    if (frame !== null && (result.series[0]?.values[frame - result.from] ?? null) === null)
      throw new ImagingError(`The marks were lost in frame ${frame}: it cannot stand for anything.`);
  await clinic.tx
    .updateTable('imaging_analysis')
    .set({ chosen: { rest, contraction, by: madeBy(clinic) } })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', analysis.id)
    .execute();
  await note(clinic, 'frames_chosen', analysis.examId, { analysis: analysis.id });
}

/** Takes an analysis back, or brings it back; `instead` is taken back in the same breath. */
export async function removeAnalysis(
  clinic: ClinicTransaction,
  analysis: Analysis,
  removed: boolean,
  instead: Analysis | null = null,
): Promise<void> {
  await setRemoved(clinic, analysis.id, removed);
  const takesOver = !removed && instead?.examId === analysis.examId;
  if (takesOver) await setRemoved(clinic, instead.id, true);
  await measureAnewFrom(clinic, takesOver ? [instead.id, analysis.id] : [analysis.id], analysis.id);
  await note(clinic, removed ? 'measure_removed' : 'measure_restored', analysis.examId, {
    analysis: analysis.id,
  });
}

/** Every analysis of a clip is measured anew, such as after its scale was set. Returns how many. */
export async function measureAnew(clinic: ClinicTransaction, instanceId: string): Promise<number> {
  const rows = await clinic.tx
    .updateTable('imaging_analysis')
    .set(ANEW)
    .where('clinic_id', '=', clinic.clinicId)
    .where('instance_id', '=', instanceId)
    .where('removed_at', 'is', null)
    .returning('id')
    .execute();
  for (const { id } of rows) await measureAnewFrom(clinic, [id], id);
  return rows.length;
}

const ANEW = {
  status: 'waiting',
  result: null,
  failure: null,
  progress: null,
  worked_at: null,
  attempts: 0,
} as const;

/** Whatever was measured with one of these distances is measured anew with another, or with what became of the same. */
async function measureAnewFrom(
  { tx, clinicId }: ClinicTransaction,
  from: readonly string[],
  to: string,
): Promise<void> {
  await tx
    .updateTable('imaging_analysis')
    .set({ ...ANEW, marks: sql`jsonb_set(marks, '{asked,width}', to_jsonb(${to}::text))` })
    .where('clinic_id', '=', clinicId)
    .where(sql<string>`marks -> 'asked' ->> 'width'`, 'in', from)
    .where('removed_at', 'is', null)
    .execute();
}

async function setRemoved({ tx, clinicId }: ClinicTransaction, id: string, removed: boolean): Promise<void> {
  await tx
    .updateTable('imaging_analysis')
    .set({
      removed_at: removed ? sql<Date>`now()` : null,
      // Whoever followed it stopped when it was taken back.
      ...(!removed && { status: sql<'waiting'>`case status when 'working' then 'waiting' else status end` }),
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .execute();
}

export function madeBy({ actor }: ClinicTransaction): string {
  return actor.id ?? actor.kind;
}

/** Tells the audit log what was done to an examination. */
export function note(
  clinic: ClinicTransaction,
  what: string,
  examId: string,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  return record(clinic, { action: `imaging.${what}`, subject: { kind: 'study', id: examId }, detail });
}
