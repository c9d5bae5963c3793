import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { readClip } from '../core/clip-facts.ts';
import { readAnalysis } from '../measuring/analysis.ts';
import { type DrawnShape, shapesAt } from '../papers/drawn-shapes.ts';
import type { MadeFrom } from './made-from.ts';

/** What is drawn above a key frame, in px of the stored frame. */
export interface FrameDrawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly DrawnShape[];
}

interface Framed {
  readonly instanceId: string;
  readonly frame: number;
  readonly analysisId: string | null;
}

/**
 * The drawings of key frames, in their order; null where nothing was measured in one, or its marks were lost there. Those of
 * a signed version are drawn from what was kept with it.
 */
export async function readDrawings(
  clinic: ClinicTransaction,
  frames: readonly Framed[],
  signed: MadeFrom | null,
): Promise<readonly (FrameDrawing | null)[]> {
  const drawings: (FrameDrawing | null)[] = [];
  for (const { instanceId, frame, analysisId } of frames) {
    const analysis = signed
      ? (signed.analyses.find(({ id }) => id === analysisId) ?? null)
      : analysisId
        ? await readAnalysis(clinic, analysisId)
        : null;
    const clip = await readClip(clinic, instanceId);
    const isOfClip = analysis?.result && analysis.instanceId === instanceId && clip;
    const shapes = isOfClip ? shapesAt({ ...analysis, result: analysis.result }, frame) : [];
    drawings.push(clip && shapes.length > 0 ? { width: clip.width, height: clip.height, shapes } : null);
  }
  return drawings;
}
