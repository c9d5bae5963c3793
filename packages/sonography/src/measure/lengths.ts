import type { Region } from '../clip.ts';
import type { Measured } from '../measured.ts';
import { type Deg, deg, type Mm, mm, type PointMm } from '../units.ts';
import { MeasureRefused } from './measure-refused.ts';
import type { Place } from './place.ts';
import { propagate } from './propagate.ts';
import { scaleOf } from './region-of.ts';

/** A straight line, such as an aponeurosis or the muscle's axis. */
export type Line = readonly [Place, Place];

/**
 * The distance between two places, in mm.
 * @throws MeasureRefused where the places share no region with a scale
 */
export function measureDistance(regions: readonly Region[], from: Place, to: Place): Measured<Mm> {
  return length(propagate(scaleOf(regions, [from, to]), [from, to], 1, ([a, b]) => span(a, b)));
}

/**
 * The gap between two muscle ends along the muscle's axis, in mm; never below nought.
 * @param axis two places on the axis; without it the straight distance is the gap
 * @throws MeasureRefused where the places share no region with a scale, or the axis has no length
 */
export function measureGap(
  regions: readonly Region[],
  ends: readonly [Place, Place],
  axis?: Line,
): Measured<Mm> {
  if (!axis) return measureDistance(regions, ends[0], ends[1]);
  const places = [...ends, ...axis];
  return length(
    propagate(scaleOf(regions, places), places, 1, ([a, b, from, to]) => {
      const long = span(from, to);
      if (long < 1e-9 || !a || !b || !from || !to)
        throw new MeasureRefused('degenerate', 'The axis needs two places apart from each other.');
      const along =
        (b.lateral - a.lateral) * (to.lateral - from.lateral) + (b.axial - a.axial) * (to.axial - from.axial);
      return Math.abs(along / long);
    }),
  );
}

/** How far the ends drew apart: gap contracted less gap at rest, in mm, with what each gap's calibration shares. */
export interface Retraction {
  readonly value: Mm;
  readonly standardError: Mm;
  /** Whether it lies more than 1.96 standard errors from nought. */
  readonly isClear: boolean;
}

/**
 * Retraction from the gaps at rest and in contraction. One clip has one scale, so its relative error acts on the
 * difference alone; gaps of two clips with scales of their own carry both.
 * @param sharedRelativeError of the scale that both gaps were measured with; 0 where each has its own
 */
export function retraction(
  rest: Measured<Mm>,
  contracted: Measured<Mm>,
  sharedRelativeError = 0,
): Retraction {
  const value = contracted.value - rest.value;
  const own = (gap: Measured<Mm>) =>
    Math.max(0, gap.standardError ** 2 - (gap.value * sharedRelativeError) ** 2);
  const standardError = Math.sqrt(own(rest) + own(contracted) + (value * sharedRelativeError) ** 2);
  return {
    value: mm(value),
    standardError: mm(standardError),
    isClear: Math.abs(value) > 1.96 * standardError,
  };
}

/**
 * The thickness of a layer at a place of its upper border, square to the line between both borders, in mm.
 * The borders are straight lines between their places; the mean of both directions is "square".
 * @throws MeasureRefused where the places share no region with a scale, or the borders cross there
 */
export function measureThickness(
  regions: readonly Region[],
  upper: Line,
  lower: Line,
  at: Place,
): Measured<Mm> {
  const places = [...upper, ...lower, at];
  return length(
    propagate(scaleOf(regions, places), places, 1, ([a, b, c, d, place]) => {
      if (!a || !b || !c || !d || !place) throw new MeasureRefused('degenerate', 'Two borders are needed.');
      const [first, second] = [slopeOf(a, b), slopeOf(c, d)];
      const height =
        c.axial + second * (place.lateral - c.lateral) - (a.axial + first * (place.lateral - a.lateral));
      if (height <= 0) throw new MeasureRefused('degenerate', 'The lower border lies above the upper one.');
      return height * Math.cos((Math.atan(first) + Math.atan(second)) / 2);
    }),
  );
}

/**
 * The acute angle between two lines in tissue, 0 to 90 degrees.
 * @throws MeasureRefused where the places share no region with a scale
 */
export function measureAngle(regions: readonly Region[], one: Line, other: Line): Measured<Deg> {
  const places = [...one, ...other];
  const { value, standardError } = propagate(scaleOf(regions, places), places, 0, ([a, b, c, d]) => {
    if (span(a, b) < 1e-9 || span(c, d) < 1e-9 || !a || !b || !c || !d)
      throw new MeasureRefused('degenerate', 'A line needs two places apart from each other.');
    const first = Math.atan2(b.axial - a.axial, b.lateral - a.lateral);
    const second = Math.atan2(d.axial - c.axial, d.lateral - c.lateral);
    const turned = Math.abs(Math.atan2(Math.sin(first - second), Math.cos(first - second)));
    return ((turned > Math.PI / 2 ? Math.PI - turned : turned) * 180) / Math.PI;
  });
  return { value: deg(value), standardError: deg(standardError) };
}

/** The mean of repeated measures; its error from their spread, or from theirs where that is larger. */
export function meanOfMeasures<Unit extends number>(measures: readonly Measured<Unit>[]): Measured<Unit> {
  if (measures.length === 0) throw new MeasureRefused('degenerate', 'There is nothing to average.');
  const count = measures.length;
  const value = measures.reduce((sum, one) => sum + one.value, 0) / count;
  const own = Math.sqrt(measures.reduce((sum, one) => sum + one.standardError ** 2, 0)) / count;
  const square = measures.reduce((sum, one) => sum + (one.value - value) ** 2, 0);
  const spread = count > 1 ? Math.sqrt(square / (count - 1) / count) : 0;
  return { value: value as Unit, standardError: Math.max(own, spread) as Unit };
}

function span(from: PointMm | undefined, to: PointMm | undefined): number {
  return from && to ? Math.hypot(to.lateral - from.lateral, to.axial - from.axial) : 0;
}

function slopeOf(a: PointMm, b: PointMm): number {
  if (Math.abs(b.lateral - a.lateral) < 1e-9)
    throw new MeasureRefused(
      'degenerate',
      'A border runs straight down: thickness is measured between level ones.',
    );
  return (b.axial - a.axial) / (b.lateral - a.lateral);
}

function length({ value, standardError }: { value: number; standardError: number }): Measured<Mm> {
  return { value: mm(value), standardError: mm(standardError) };
}
