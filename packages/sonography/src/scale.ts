import { type Mm, mm, type PointMm, type PointPx } from './units.ts';

/** How many millimetres of tissue one pixel spans, apart for the two directions, with how sure that is. */
export interface Scale {
  /** mm per px, above nought, along the image's rows. */
  readonly lateral: number;
  /** mm per px, above nought, along the image's columns. */
  readonly axial: number;
  /** Standard error of both as a share of their value: 0.01 is one per cent. */
  readonly relativeError: number;
}

/** The way from one place to another in tissue. */
export function spanMm(scale: Scale, from: PointPx, to: PointPx): PointMm {
  return { lateral: mm((to.x - from.x) * scale.lateral), axial: mm((to.y - from.y) * scale.axial) };
}

/** The distance between two places in tissue. */
export function distanceMm(scale: Scale, from: PointPx, to: PointPx): Mm {
  const { lateral, axial } = spanMm(scale, from, to);
  return mm(Math.hypot(lateral, axial));
}
