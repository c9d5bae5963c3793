import type { LumaFrame } from '../clip.ts';
import type { PointPx } from '../units.ts';
import { MeasureRefused } from './measure-refused.ts';

/** What echo intensity depends on beside the muscle; shown wherever the number is. */
export const ECHO_INTENSITY_CAVEATS = [
  'It depends on gain, dynamic range, depth and focus: compare only with the same machine and settings.',
  'Fat over the muscle darkens it.',
  'The size of the region alone moves its reliability (ICC .54 to .86): take the same region each time.',
] as const;

/** Mean brightness of muscle in 8-bit luma, 0 to 255. */
export interface EchoIntensity {
  readonly value: number;
  /** Of the mean, from the spread of the speckle, taken as one independent value for each speckle. */
  readonly standardError: number;
  readonly standardDeviation: number;
  readonly pixels: number;
  /** Share of the region at 0 or 255, where the machine's range ended. */
  readonly saturatedShare: number;
  readonly caveats: typeof ECHO_INTENSITY_CAVEATS;
}

/**
 * Mean luma of the pixels within an outline that is drawn clear of fascia.
 * @param outline three places or more, in px
 * @param speckleAreaPx pixels that one speckle covers: neighbours say the same (default 12)
 * @throws MeasureRefused outside where the outline leaves the frame, degenerate where it holds no pixel
 */
export function measureEchoIntensity(
  frame: LumaFrame,
  outline: readonly PointPx[],
  speckleAreaPx = 12,
): EchoIntensity {
  const within = outline.every(
    ({ x, y }) => x >= 0 && y >= 0 && x <= frame.width - 1 && y <= frame.height - 1,
  );
  if (!within) throw new MeasureRefused('outside', 'The outline leaves the picture.');
  let [pixels, sum, squares, saturated] = [0, 0, 0, 0];
  eachWithin(outline, (x, y) => {
    const luma = frame.luma[y * frame.width + x] ?? 0;
    pixels++;
    sum += luma;
    squares += luma * luma;
    if (luma === 0 || luma === 255) saturated++;
  });
  if (pixels === 0) throw new MeasureRefused('degenerate', 'The outline holds no pixel.');
  const value = sum / pixels;
  const standardDeviation = Math.sqrt(Math.max(0, squares / pixels - value * value));
  const standardError = standardDeviation / Math.sqrt(Math.max(1, pixels / speckleAreaPx));
  const saturatedShare = saturated / pixels;
  return { value, standardError, standardDeviation, pixels, saturatedShare, caveats: ECHO_INTENSITY_CAVEATS };
}

// Pixels whose centres lie within the outline, row by row, by the even-odd rule.
function eachWithin(outline: readonly PointPx[], tell: (x: number, y: number) => void): void {
  const ys = outline.map(({ y }) => y);
  for (let y = Math.ceil(Math.min(...ys)); y <= Math.max(...ys); y++) {
    const crossings = crossingsOf(outline, y);
    for (let at = 0; at + 1 < crossings.length; at += 2)
      for (let x = Math.ceil(crossings[at] ?? 0); x <= (crossings[at + 1] ?? -1); x++) tell(x, y);
  }
}

function crossingsOf(outline: readonly PointPx[], y: number): number[] {
  const found: number[] = [];
  outline.forEach((from, at) => {
    const to = outline[(at + 1) % outline.length] ?? from;
    if (from.y <= y !== to.y <= y) found.push(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x));
  });
  return found.sort((a, b) => a - b);
}
