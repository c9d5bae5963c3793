import type { Region } from '../clip.ts';
import type { Measured } from '../measured.ts';
import type { Box } from '../muscle/image-area.ts';
import type { MuscleLines, Segment } from '../muscle/muscle-lines.ts';
import type { Scale } from '../scale.ts';
import { type Deg, deg, type Mm, mm, type PointMm } from '../units.ts';
import { MeasureRefused } from './measure-refused.ts';
import type { Place } from './place.ts';
import { inMm, propagate } from './propagate.ts';
import { regionOf } from './region-of.ts';

/** How the fibres of a muscle lie, with standard errors. */
export interface Architecture {
  /** φ = α − β, in degrees: between the fascicle and the superficial aponeurosis. */
  readonly pennation: Measured<Deg>;
  /** thickness / sin φ, in mm. */
  readonly fascicleLength: Measured<Mm>;
  /** height · cos β where the fascicle leaves the deep aponeurosis, in mm. */
  readonly thickness: Measured<Mm>;
  /** α: the fascicle against the picture's rows, in degrees, above nought where it rises from the deep side. */
  readonly fascicleAngle: Measured<Deg>;
  /** β: the superficial aponeurosis against the rows, above nought where it opens the angle. */
  readonly aponeurosisAngle: Measured<Deg>;
  /** Share of the fascicle's length that lies outside of the picture, and so was continued as a straight line. */
  readonly extrapolatedShare: number;
}

interface Shape {
  readonly pennation: number;
  readonly length: number;
  readonly thickness: number;
  readonly alpha: number;
  readonly beta: number;
  readonly deepEnd: PointMm;
  readonly upperEnd: PointMm;
}

const LEAST_PENNATION = 1;

/**
 * Pennation, fascicle length and thickness of a muscle from its lines, with the definitions of TimTrack (van der Zee
 * and Kuo 2022): φ = α − β, thickness = height · cos β, length = thickness / sin φ. The height is taken where the
 * fascicle meets the deep aponeurosis, so that a straight fascicle's length is exact. Several fascicles are averaged.
 * @param picture bounds of what was seen, where that is less than the region; a fascicle beyond it is extrapolated
 * @throws MeasureRefused degenerate where lines are too short or the fascicle runs along an aponeurosis; and where
 * the places share no region with a scale
 */
export function measureArchitecture(
  regions: readonly Region[],
  lines: MuscleLines,
  picture?: Box,
): Architecture {
  const { superficial, deep, fascicles } = lines;
  if (superficial.length < 2 || deep.length < 2 || fascicles.length === 0)
    throw new MeasureRefused('degenerate', 'Two aponeuroses of two places each and a fascicle are needed.');
  const places: Place[] = [...superficial, ...deep, ...fascicles.flatMap(({ from, to }) => [from, to])];
  const region = regionOf(regions, places);
  const { scale } = region;
  const shapesOf = (points: readonly PointMm[]) => shapes(points, superficial.length, deep.length);
  const of = (pick: (shape: Shape) => number, power: 0 | 1) =>
    propagate(scale, places, power, (points) => mean(shapesOf(points).map(pick)));
  const seen = shapesOf(inMm(scale, places));
  return {
    pennation: degrees(of((shape) => shape.pennation, 0)),
    fascicleLength: millimetres(of((shape) => shape.length, 1)),
    thickness: millimetres(of((shape) => shape.thickness, 1)),
    fascicleAngle: degrees(of((shape) => shape.alpha, 0)),
    aponeurosisAngle: degrees(of((shape) => shape.beta, 0)),
    extrapolatedShare: mean(seen.map((shape) => outsideShare(shape, scale, picture ?? region))),
  };
}

/** A fascicle continued to both aponeuroses, in px: what a viewer draws. */
export function wholeFascicle(lines: MuscleLines, fascicle: Segment, scale: Scale): [Place, Place] {
  const places = [...lines.superficial, ...lines.deep, fascicle.from, fascicle.to];
  const [shape] = shapes(inMm(scale, places), lines.superficial.length, lines.deep.length);
  if (!shape) throw new MeasureRefused('degenerate', 'A fascicle is needed.');
  const back = (point: PointMm, standardError: Place['standardError']): Place => ({
    x: (point.lateral / scale.lateral) as Place['x'],
    y: (point.axial / scale.axial) as Place['y'],
    standardError,
  });
  return [back(shape.deepEnd, fascicle.from.standardError), back(shape.upperEnd, fascicle.to.standardError)];
}

function shapes(points: readonly PointMm[], superficialCount: number, deepCount: number): Shape[] {
  const superficial = points.slice(0, superficialCount);
  const deep = points.slice(superficialCount, superficialCount + deepCount);
  const rest = points.slice(superficialCount + deepCount);
  const line = straightThrough(superficial);
  const all: Shape[] = [];
  for (let at = 0; at + 1 < rest.length; at += 2) {
    const [from, to] = [rest[at], rest[at + 1]];
    if (from && to) all.push(shapeOf(line, deep, from, to));
  }
  return all;
}

function shapeOf(line: Line, deep: readonly PointMm[], from: PointMm, to: PointMm): Shape {
  const [lower, upper] = depthBelow(line, from) >= depthBelow(line, to) ? [from, to] : [to, from];
  const run = upper.lateral - lower.lateral;
  const rise = lower.axial - upper.axial;
  if (Math.hypot(run, rise) < 1e-6) throw new MeasureRefused('degenerate', 'A fascicle needs two places.');
  // Seen from the side that the fascicle nears the superficial aponeurosis on: a mirrored picture measures the same.
  const facing = run >= 0 ? 1 : -1;
  const alpha = Math.atan2(rise, Math.abs(run));
  const beta = Math.atan(-line.slope * facing);
  const pennation = alpha - beta;
  if (pennation < (LEAST_PENNATION * Math.PI) / 180)
    throw new MeasureRefused(
      'degenerate',
      'The fascicle runs along the aponeurosis: it has no length between both.',
    );
  const deepEnd = meeting(deep, from, to);
  const height = depthBelow(line, deepEnd);
  if (height <= 0)
    throw new MeasureRefused('degenerate', 'The deep aponeurosis lies above the superficial one.');
  const thickness = height * Math.cos(beta);
  const length = thickness / Math.sin(pennation);
  const upperEnd: PointMm = {
    lateral: mm(deepEnd.lateral + facing * length * Math.cos(alpha)),
    axial: mm(deepEnd.axial - length * Math.sin(alpha)),
  };
  return {
    pennation: inDegrees(pennation),
    length,
    thickness,
    alpha: inDegrees(alpha),
    beta: inDegrees(beta),
    deepEnd,
    upperEnd,
  };
}

interface Line {
  readonly at: number;
  readonly slope: number;
}

function depthBelow(line: Line, { lateral, axial }: PointMm): number {
  return axial - line.at - line.slope * lateral;
}

function straightThrough(points: readonly PointMm[]): Line {
  const x = mean(points.map((point) => point.lateral));
  const y = mean(points.map((point) => point.axial));
  const over = points.reduce((sum, point) => sum + (point.lateral - x) ** 2, 0);
  if (over < 1e-9) throw new MeasureRefused('degenerate', 'An aponeurosis needs places side by side.');
  const slope = points.reduce((sum, point) => sum + (point.lateral - x) * (point.axial - y), 0) / over;
  return { at: y - slope * x, slope };
}

// Where the fascicle's line meets the deep aponeurosis; beyond its ends the aponeurosis goes on straight.
function meeting(deep: readonly PointMm[], from: PointMm, to: PointMm): PointMm {
  let best: { point: PointMm; away: number } | null = null;
  for (let at = 0; at + 1 < deep.length; at++) {
    const [a, b] = [deep[at], deep[at + 1]];
    if (!a || !b) continue;
    const hit = crossing(a, b, from, to);
    if (!hit) continue;
    const first = at === 0 ? -Infinity : 0;
    const last = at + 2 === deep.length ? Infinity : 1;
    if (hit.along < first - 1e-9 || hit.along > last + 1e-9) continue;
    const away = Math.hypot(hit.point.lateral - from.lateral, hit.point.axial - from.axial);
    if (!best || away < best.away) best = { point: hit.point, away };
  }
  if (!best) throw new MeasureRefused('degenerate', 'The fascicle never meets the deep aponeurosis.');
  return best.point;
}

function crossing(
  a: PointMm,
  b: PointMm,
  from: PointMm,
  to: PointMm,
): { point: PointMm; along: number } | null {
  const [ax, ay] = [b.lateral - a.lateral, b.axial - a.axial];
  const [fx, fy] = [to.lateral - from.lateral, to.axial - from.axial];
  const cross = ax * fy - ay * fx;
  if (Math.abs(cross) < 1e-12) return null;
  const along = ((from.lateral - a.lateral) * fy - (from.axial - a.axial) * fx) / cross;
  return { along, point: { lateral: mm(a.lateral + along * ax), axial: mm(a.axial + along * ay) } };
}

const SAMPLES = 1_000;

function outsideShare({ deepEnd, upperEnd }: Shape, scale: Scale, picture: Box): number {
  let outside = 0;
  for (let at = 0; at < SAMPLES; at++) {
    const part = (at + 0.5) / SAMPLES;
    const x = (deepEnd.lateral + part * (upperEnd.lateral - deepEnd.lateral)) / scale.lateral;
    const y = (deepEnd.axial + part * (upperEnd.axial - deepEnd.axial)) / scale.axial;
    if (x < picture.left || x > picture.right || y < picture.top || y > picture.bottom) outside++;
  }
  return outside / SAMPLES;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function inDegrees(radians: number): number {
  return (radians * 180) / Math.PI;
}

function degrees(of: { value: number; standardError: number }): Measured<Deg> {
  return { value: deg(of.value), standardError: deg(of.standardError) };
}

function millimetres(of: { value: number; standardError: number }): Measured<Mm> {
  return { value: mm(of.value), standardError: mm(of.standardError) };
}
