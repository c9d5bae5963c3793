import type { Scale } from '../scale.ts';
import type { PointMm } from '../units.ts';
import { mm } from '../units.ts';
import type { Place } from './place.ts';

/** How a measure answers to its scale: lengths grow with it, areas with its square, angles and shares not at all. */
export type ScalePower = 0 | 1 | 2 | 3;

const STEP_PX = 0.01;

/** Places in tissue, as spans from the first pixel of the picture. */
export function inMm(scale: Scale, places: readonly Place[]): PointMm[] {
  return places.map(({ x, y }) => ({ lateral: mm(x * scale.lateral), axial: mm(y * scale.axial) }));
}

/**
 * A value with the standard error that the places and the scale bring into it, to first order: the places' errors
 * are independent in each direction, the scale's is common to all. Checked against Monte Carlo in the tests.
 */
export function propagate(
  scale: Scale,
  places: readonly Place[],
  power: ScalePower,
  measure: (points: readonly PointMm[]) => number,
): { value: number; standardError: number } {
  const at = inMm(scale, places);
  const value = measure(at);
  let variance = (power * value * scale.relativeError) ** 2;
  places.forEach((place, index) => {
    const { standardError } = place;
    if (standardError === 0) return;
    const moved = (lateral: number, axial: number) =>
      measure(
        at.map((point, i) =>
          i === index ? { lateral: mm(point.lateral + lateral), axial: mm(point.axial + axial) } : point,
        ),
      );
    const across = STEP_PX * scale.lateral;
    const down = STEP_PX * scale.axial;
    const byX = (moved(across, 0) - moved(-across, 0)) / (2 * STEP_PX);
    const byY = (moved(0, down) - moved(0, -down)) / (2 * STEP_PX);
    variance += (byX * byX + byY * byY) * standardError ** 2;
  });
  return { value, standardError: Math.sqrt(variance) };
}
