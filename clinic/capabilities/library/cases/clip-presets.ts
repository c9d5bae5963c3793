import { z } from 'zod';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { toolOf } from '../../imaging/index.ts';
import type { FrameCurve } from './render-clip.ts';

/** A measure that was followed through a clip: what a case may draw as a curve, and which frames it suggests. */
export interface FollowedMeasure {
  readonly analysisId: string;
  readonly instanceId: string;
  /** Such as "Gap". */
  readonly label: string;
  readonly unit: string;
  readonly curve: FrameCurve;
  readonly rest: number | null;
  readonly contraction: number | null;
}

const numbers = z.array(z.number().nullable());
const resultSchema = z.object({
  from: z.number(),
  tracked: z.boolean(),
  series: z.array(z.object({ code: z.string(), values: numbers, errors: numbers })),
});
const chosenSchema = z.object({ rest: z.number().nullable(), contraction: z.number().nullable() });

/** What was followed in the clips of an examination, the last of each clip first. */
export async function followedMeasures(
  { tx, clinicId }: ClinicTransaction,
  examId: string,
): Promise<readonly FollowedMeasure[]> {
  const rows = await tx
    .selectFrom('imaging_analysis')
    .select(['id', 'instance_id', 'tool', 'result', 'chosen'])
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', examId)
    .where('status', '=', 'ready')
    .where('removed_at', 'is', null)
    .orderBy('made_at', 'desc')
    .execute();
  return rows.flatMap((row) => {
    const result = resultSchema.safeParse(row.result).data;
    const [series] = result?.series ?? [];
    if (!result?.tracked || !series) return [];
    const quantity = toolOf(row.tool)?.quantities.find(({ code }) => code === series.code);
    const before = Array.from({ length: result.from }, () => null);
    return [
      {
        analysisId: row.id,
        instanceId: row.instance_id,
        label: quantity?.label ?? 'Measured',
        unit: quantity?.unit ?? '1',
        curve: {
          values: [...before, ...series.values],
          standardErrors: [...before, ...series.errors],
        },
        ...(chosenSchema.safeParse(row.chosen).data ?? { rest: null, contraction: null }),
      },
    ];
  });
}

/** The frames that a case begins with: from rest to contraction where these are known, otherwise the whole clip. */
export function presetFrames(
  clip: { readonly frames: number },
  measure: Pick<FollowedMeasure, 'rest' | 'contraction'> | undefined,
) {
  const last = clip.frames - 1;
  const rest = Math.min(measure?.rest ?? 0, last);
  const contraction = Math.min(measure?.contraction ?? last, last);
  return {
    firstFrame: Math.min(rest, contraction),
    lastFrame: Math.max(rest, contraction),
    restFrame: rest,
    contractionFrame: contraction,
  };
}
