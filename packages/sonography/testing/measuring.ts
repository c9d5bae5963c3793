import type { Region } from '../src/clip.ts';
import type { Place } from '../src/measure/place.ts';
import type { Scale } from '../src/scale.ts';
import { px } from '../src/units.ts';
import { seeded } from './damage.ts';

/** A place with an error, in px. */
export function place(x: number, y: number, standardError = 0): Place {
  return { x: px(x), y: px(y), standardError: px(standardError) };
}

/** A region that covers a large picture. */
export function wholePicture(scale: Partial<Scale> = {}): Region[] {
  return [
    {
      left: 0,
      top: 0,
      right: 1_999,
      bottom: 1_999,
      kind: 'tissue',
      refusal: null,
      scale: { lateral: 0.1, axial: 0.1, relativeError: 0, ...scale },
    },
  ];
}

/** Normal numbers from a seed. */
export function normally(seed: number): () => number {
  const uniform = seeded(seed);
  // The logarithm of nought is no number.
  const above = () => 1 - uniform();
  return () => Math.sqrt(-2 * Math.log(above())) * Math.cos(2 * Math.PI * uniform());
}

/** Standard deviation of what a measure gives when its places and scale are drawn from their errors. */
export function spreadOf(
  places: readonly Place[],
  scale: Scale,
  measure: (places: readonly Place[], scale: Scale) => number,
  draws = 3_000,
): number {
  const random = normally(7);
  const values = Array.from({ length: draws }, () => {
    const share = 1 + scale.relativeError * random();
    const moved = places.map(({ x, y, standardError }) =>
      place(x + standardError * random(), y + standardError * random()),
    );
    return measure(moved, { lateral: scale.lateral * share, axial: scale.axial * share, relativeError: 0 });
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / draws;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1));
}
