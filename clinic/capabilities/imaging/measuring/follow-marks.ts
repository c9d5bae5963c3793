import { type Clip, type TrackedPoint, trackClip } from '@rectus/sonography';
import { magnified } from './borders/magnified-clip.ts';
import { settleBorders } from './borders/settle-borders.ts';
import { pointsOf } from './tools/places.ts';
import type { MarkPlace, Tool } from './tools/tool.ts';

export interface ToFollow {
  readonly tool: Pick<Tool, 'marks' | 'follow'>;
  /** The frame in which the marks were made. */
  readonly frame: number;
  readonly places: readonly MarkPlace[];
}

/** A border whose place is less certain is lost: a tenth or more of a thin layer. */
const MOST_ERROR_MM = 0.5;

/**
 * Every mark in every frame of a clip, in px of the clip, in the order in which they were set. Borders of layers are followed
 * magnified, and laid onto the borders that each frame shows.
 * @throws SonographyError, MeasureRefused
 */
export async function followMarks(
  clip: Clip,
  of: ToFollow,
  onProgress: (done: number, of: number) => void,
): Promise<readonly TrackedPoint[]> {
  const { tool, frame: start, places } = of;
  if (tool.follow === 'borders') return followBorders(clip, of, onProgress);
  const { points, lines, regions } = await trackClip(clip, tool.marks(places), { start, onProgress });
  return [...points, ...lines.flat(), ...regions.flat()];
}

async function followBorders(
  clip: Clip,
  { tool, frame: start, places }: ToFollow,
  onProgress: (done: number, of: number) => void,
): Promise<readonly TrackedPoint[]> {
  const large = magnified(clip, pointsOf(places));
  const marks = tool.marks(pointsOf(places).map(large.into));
  const mostErrorPx = MOST_ERROR_MM / (large.clip.regions[0]?.scale?.axial ?? MOST_ERROR_MM);
  const { lines } = await trackClip(large.clip, marks, { start, mostErrorPx, onProgress });
  await settleBorders(large.clip, lines, start);
  const points = lines.flat();
  for (const point of points) intoWhole(point, large);
  return points;
}

function intoWhole(
  { x, y, standardError }: TrackedPoint,
  { times, outOf }: ReturnType<typeof magnified>,
): void {
  for (let frame = 0; frame < x.length; frame++) {
    const place = outOf({ x: x[frame], y: y[frame] } as Parameters<typeof outOf>[0]);
    [x[frame], y[frame]] = [place.x, place.y];
    standardError[frame] = (standardError[frame] ?? 0) / times;
  }
}
