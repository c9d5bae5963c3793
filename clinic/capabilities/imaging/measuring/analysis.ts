import { z } from 'zod';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { AnalysisResult, Chosen } from './result.ts';
import { type Asked, type MarkPlace, TOOL_IDS, type ToolId } from './tools/tool.ts';

/** What was marked, in px of the stored frame. */
export interface StoredMarks {
  readonly frame: number;
  readonly points: readonly MarkPlace[];
  readonly asked: Asked;
}

const place = z.object({ x: z.number().finite(), y: z.number().finite() });

export const marksSchema = z.object({
  frame: z.number().int().min(0),
  points: z.array(place).min(1).max(60),
  asked: z.record(z.string().max(40), z.string().trim().max(120)).default({}),
});

export const toolSchema = z.enum(TOOL_IDS);

/** One measure in one clip. */
export interface Analysis {
  readonly id: string;
  readonly examId: string;
  readonly instanceId: string;
  readonly tool: ToolId;
  readonly marks: StoredMarks;
  readonly status: 'waiting' | 'working' | 'ready' | 'failed';
  readonly progress: { readonly done: number; readonly of: number } | null;
  readonly failure: string | null;
  readonly result: AnalysisResult | null;
  readonly chosen: Chosen | null;
  readonly method: string | null;
  readonly methodVersion: string | null;
  readonly attempts: number;
  /** Epoch milliseconds. */
  readonly madeAt: number;
  readonly removed: boolean;
}

type Row = Awaited<ReturnType<ReturnType<typeof selectAnalyses>['execute']>>[number];

function selectAnalyses({ tx, clinicId }: ClinicTransaction) {
  return tx.selectFrom('imaging_analysis').selectAll().where('clinic_id', '=', clinicId);
}

function analysisOf(row: Row): Analysis {
  return {
    id: row.id,
    examId: row.study_id,
    instanceId: row.instance_id,
    tool: toolSchema.parse(row.tool),
    marks: marksSchema.parse(row.marks),
    status: row.status,
    progress: row.progress as Analysis['progress'],
    failure: row.failure,
    result: row.result as AnalysisResult | null,
    chosen: row.chosen as Chosen | null,
    method: row.method,
    methodVersion: row.method_version,
    attempts: row.attempts,
    madeAt: row.made_at.getTime(),
    removed: row.removed_at !== null,
  };
}

/** The analyses of an examination that stand, oldest first; without those that were taken back. */
export async function readAnalyses(clinic: ClinicTransaction, examId: string): Promise<readonly Analysis[]> {
  const rows = await selectAnalyses(clinic)
    .where('study_id', '=', examId)
    .where('removed_at', 'is', null)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
  return rows.map(analysisOf);
}

/** One analysis, also where it was taken back; null where there is none of this id. */
export async function readAnalysis(clinic: ClinicTransaction, id: string): Promise<Analysis | null> {
  const row = await selectAnalyses(clinic).where('id', '=', id).executeTakeFirst();
  return row ? analysisOf(row) : null;
}
