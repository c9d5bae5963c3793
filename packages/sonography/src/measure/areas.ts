import type { Region } from '../clip.ts';
import type { Measured } from '../measured.ts';
import { type Ml, type Mm, type Mm2, ml, mm2, type PointMm } from '../units.ts';
import type { MeasuredRatio } from './abdominal-wall.ts';
import { MeasureRefused } from './measure-refused.ts';
import type { Place } from './place.ts';
import { propagate } from './propagate.ts';
import { scaleOf } from './region-of.ts';

/**
 * The area within an outline, in mm².
 * @param outline three places or more around it, either way round
 * @throws MeasureRefused where the places share no region with a scale, or the outline crosses itself
 */
export function measureArea(regions: readonly Region[], outline: readonly Place[]): Measured<Mm2> {
  if (outline.length < 3) throw new MeasureRefused('degenerate', 'An outline needs three places.');
  if (crossesItself(outline)) throw new MeasureRefused('degenerate', 'The outline crosses itself.');
  const { value, standardError } = propagate(scaleOf(regions, outline), outline, 2, (points) =>
    Math.abs(signedArea(points)),
  );
  return { value: mm2(value), standardError: mm2(standardError) };
}

/** Side-to-side difference of an area. */
export interface AreaAsymmetry extends MeasuredRatio {
  /** The side with the larger area; null where they are the same. */
  readonly larger: 'left' | 'right' | null;
}

/**
 * 100 · (larger − smaller) / larger, in per cent.
 * @throws MeasureRefused degenerate where both areas are nought
 */
export function areaAsymmetry(left: Measured<Mm2>, right: Measured<Mm2>): AreaAsymmetry {
  const [large, small] = left.value >= right.value ? [left, right] : [right, left];
  if (!(large.value > 0)) throw new MeasureRefused('degenerate', 'Areas of nought have no asymmetry.');
  const share = small.value / large.value;
  const larger = left.value === right.value ? null : left.value > right.value ? 'left' : 'right';
  const standardError = 100 * Math.hypot(small.standardError, share * large.standardError);
  return { value: 100 * (1 - share), standardError: standardError / large.value, larger };
}

/**
 * The volume of a haematoma as an ellipsoid, π/6 · length · width · depth, in ml.
 * The three diameters come from two planes, often with one scale: their errors are added as if they were one.
 * @throws MeasureRefused degenerate where a diameter is not above nought
 */
export function haematomaVolume(
  length: Measured<Mm>,
  width: Measured<Mm>,
  depth: Measured<Mm>,
): Measured<Ml> {
  const diameters = [length, width, depth];
  if (diameters.some((one) => !(one.value > 0)))
    throw new MeasureRefused('degenerate', 'Each diameter must be above nought.');
  const value = ((Math.PI / 6) * length.value * width.value * depth.value) / 1_000;
  const relative = diameters.reduce((sum, one) => sum + one.standardError / one.value, 0);
  return { value: ml(value), standardError: ml(value * relative) };
}

function signedArea(points: readonly PointMm[]): number {
  const [origin] = points;
  if (!origin) return 0;
  let twice = 0;
  points.forEach((point, at) => {
    const next = points[(at + 1) % points.length] ?? point;
    twice +=
      (point.lateral - origin.lateral) * (next.axial - origin.axial) -
      (next.lateral - origin.lateral) * (point.axial - origin.axial);
  });
  return twice / 2;
}

function crossesItself(outline: readonly Place[]): boolean {
  const count = outline.length;
  for (let i = 0; i < count; i++)
    for (let j = i + 2; j < count; j++) {
      if (i === 0 && j === count - 1) continue;
      const [a, b, c, d] = [outline[i], outline[i + 1], outline[j], outline[(j + 1) % count]];
      if (a && b && c && d && side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0)
        return true;
    }
  return false;
}

function side(a: Place, b: Place, c: Place): number {
  return Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
}
