import { type Clip, type PointPx, px, type TrackedPoint } from '@rectus/sonography';
import { findIn, profileAcross } from './border-profile.ts';

/** So much of the picture on either side of a border is looked for again. */
const PATTERN_MM = 0.4;
/** And so far from where following left it. */
const SEARCH_MM = 0.8;
/** What resembles the border less than this is another one, and following alone is believed. */
const LEAST_ALIKE = 0.8;

/** A line in px of the clip, straight from its first place to its last. */
type Border = readonly TrackedPoint[];

/**
 * Lays followed borders onto the borders that each frame shows. A window on a border sees the layers on both sides, which slide and
 * thicken apart, and is pulled towards the one with more texture; averaged along the border its bright line alone is left. By half of
 * what a border was shifted its place is uncertain. Changes the places of `borders`.
 * @throws SonographyError what the clip's frames throw
 */
export async function settleBorders(clip: Clip, borders: readonly Border[], start: number): Promise<void> {
  const [region] = clip.regions;
  if (!region?.scale) return;
  const pattern = Math.max(2, Math.round(PATTERN_MM / region.scale.axial));
  const search = Math.max(1, Math.round(SEARCH_MM / region.scale.axial));
  const marked = await clip.frame(start);
  const patterns = borders.map((border) => {
    const ends = endsIn(border, start);
    return ends && profileAcross(marked, ends, pattern);
  });
  for (let frame = 0; frame < clip.frameCount; frame++) {
    if (frame === start) continue;
    const shown = await clip.frame(frame);
    borders.forEach((border, n) => {
      const [ends, looked] = [endsIn(border, frame), patterns[n]];
      if (!ends || !looked) return;
      const { shift, alike } = findIn(profileAcross(shown, ends, pattern + search), looked);
      if (alike >= LEAST_ALIKE) shiftBorder(border, frame, ends, shift);
    });
  }
}

function endsIn(border: Border, frame: number): readonly [PointPx, PointPx] | null {
  const [from, to] = [border[0], border.at(-1)];
  if (!from || !to || border.some(({ lost }) => lost[frame] === 1)) return null;
  const at = ({ x, y }: TrackedPoint) => ({ x: px(x[frame] ?? 0), y: px(y[frame] ?? 0) });
  return [at(from), at(to)];
}

function shiftBorder(
  border: Border,
  frame: number,
  [from, to]: readonly [PointPx, PointPx],
  by: number,
): void {
  const long = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  for (const { x, y, standardError } of border) {
    x[frame] = (x[frame] ?? 0) - (by * (to.y - from.y)) / long;
    y[frame] = (y[frame] ?? 0) + (by * (to.x - from.x)) / long;
    standardError[frame] = Math.hypot(standardError[frame] ?? 0, by / 2);
  }
}
