import type { AnalysisInBrief } from '../measuring-state.ts';
import type { AnalysisResult } from '../result.ts';
import type { MarkPlace } from '../tools/tool.ts';

/** Where a mark is in a frame; where it was lost, the place where it was seen last or next. */
export interface ShownPlace extends MarkPlace {
  readonly lost: boolean;
}

/** The places of an analysis in a frame of its clip; empty where it says nothing of this frame. */
export function placesInFrame(
  analysis: Pick<AnalysisInBrief, 'marks'>,
  result: AnalysisResult | null,
  frame: number,
): readonly ShownPlace[] {
  if (analysis.marks.frame === frame) return analysis.marks.points.map((one) => ({ ...one, lost: false }));
  if (!result) return [];
  if (frame < result.from || frame > result.to) return [];
  return result.places.flatMap(({ x, y }) => {
    const at = nearestKnown(x, frame - result.from);
    if (at === null) return [];
    return [{ x: x[at] ?? 0, y: y[at] ?? 0, lost: at !== frame - result.from }];
  });
}

/**
 * All places where none is lost: what a person may take hold of. Helpers, such as tissue beside an end, belong to the marked frame
 * alone and are chosen anew in another.
 */
export function wholeInFrame(
  analysis: Pick<AnalysisInBrief, 'marks'>,
  result: AnalysisResult | null,
  frame: number,
): readonly MarkPlace[] | null {
  const places = placesInFrame(analysis, result, frame);
  if (places.length === 0 || places.some(({ lost }) => lost)) return null;
  return places.map(({ x, y }) => ({ x, y }));
}

function nearestKnown(values: readonly (number | null)[], at: number): number | null {
  for (let away = 0; away < values.length; away++)
    for (const one of [at - away, at + away]) if (values[one] != null) return one;
  return null;
}

/** Whether a frame lies in a contraction. */
export function isContracting(result: AnalysisResult | null, frame: number): boolean {
  return (result?.phases?.contractions ?? []).some(
    ({ onset, end }) => frame > onset && (end === null || frame < end),
  );
}
