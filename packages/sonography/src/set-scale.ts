import type { Clip, Region } from './clip.ts';
import type { Scale } from './scale.ts';
import { SonographyError } from './sonography-error.ts';
import type { Mm, PointPx } from './units.ts';

/** A distance in the picture whose length somebody knows, such as two marks of the ruler beside it. */
export interface KnownDistance {
  readonly from: PointPx;
  readonly to: PointPx;
  readonly length: Mm;
  /** How far off each end may have been set, one standard deviation, in px. */
  readonly errorPx?: number;
}

const USUAL_ERROR_PX = 1;
const SHORTEST_PX = 10;

/**
 * The scale that a known distance gives, the same in both directions.
 *
 * @throws SonographyError where the distance is too short to tell
 */
export function scaleOfDistance({ from, to, length, errorPx = USUAL_ERROR_PX }: KnownDistance): Scale {
  const pixels = Math.hypot(to.x - from.x, to.y - from.y);
  if (!(pixels >= SHORTEST_PX))
    throw new SonographyError(
      'bad-argument',
      `A scale is set on a distance of ${SHORTEST_PX} pixels at least.`,
    );
  if (!(length > 0)) throw new SonographyError('bad-argument', 'The known distance needs a length.');
  const scale = length / pixels;
  return { lateral: scale, axial: scale, relativeError: (Math.SQRT2 * errorPx) / pixels };
}

type Area = Pick<Region, 'left' | 'top' | 'right' | 'bottom'>;

/**
 * The clip with a scale that a person set: for the whole picture, or for one area of it. What the file said of regions
 * gives way to it.
 */
export function withScale(clip: Clip, scale: Scale, area?: Area): Clip {
  const whole = { left: 0, top: 0, right: clip.width - 1, bottom: clip.height - 1 };
  return { ...clip, regions: [{ ...whole, ...area, kind: 'tissue', scale, refusal: null }] };
}
