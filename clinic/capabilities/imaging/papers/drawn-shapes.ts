import type { AnalysisResult, Chosen } from '../measuring/result.ts';
import { toolOf } from '../measuring/tools.ts';

/** A place in px of the stored frame; the first pixel's middle is at 0, 0. */
export interface DrawnPlace {
  readonly x: number;
  readonly y: number;
}

/** A line between two ends, or a closed outline whose last place is joined to the first. */
export interface DrawnShape {
  readonly kind: 'line' | 'outline';
  readonly places: readonly DrawnPlace[];
}

/** A measure's marks as they were followed through its clip. */
export interface DrawnAnalysis {
  readonly id: string;
  readonly instanceId: string;
  readonly tool: string;
  readonly result: Pick<AnalysisResult, 'from' | 'places' | 'series' | 'phases' | 'scale'>;
  /** The frames that stand for rest and contraction, where some do. */
  readonly chosen: Pick<Chosen, 'rest' | 'contraction'> | null;
}

/** What a measure draws on a frame of its clip: nothing where a mark was lost there, or the frame was not measured. */
export function shapesAt({ tool, result }: DrawnAnalysis, frame: number): readonly DrawnShape[] {
  const known = toolOf(tool);
  if (!known) return [];
  const places = result.places.slice(0, known.primary ?? result.places.length).map(({ x, y }) => {
    const [across, down] = [x[frame - result.from], y[frame - result.from]];
    return across == null || down == null ? null : { x: across, y: down };
  });
  const seen = places.filter((place) => place !== null);
  if (seen.length < places.length || seen.length < 2) return [];
  if (known.drawn === 'outline') return [{ kind: 'outline', places: seen }];
  return Array.from(
    { length: Math.floor(seen.length / 2) },
    (_, pair): DrawnShape => ({
      kind: 'line',
      places: seen.slice(2 * pair, 2 * pair + 2),
    }),
  );
}
