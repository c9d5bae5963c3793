import { valueAt } from '../cycles/normalise.ts';
import type { Stride } from '../cycles/stride.ts';
import { walkingPaths } from '../events/foot-paths.ts';
import type { Path, Recording } from '../recording.ts';
import type { Sided } from '../side.ts';

/**
 * What the tape and the stopwatch tell of one stride. Lengths in metres, times in seconds. Null where an event that it
 * needs was not found or a marker not seen.
 * Source of the definitions: Perry J, Burnfield JM. Gait Analysis, 2nd ed., 2010, chapters 1 and 2; the values are computed
 * as Plug-in Gait computes them, from the toe markers at the strikes.
 */
export interface SpatioTemporal {
  /** Steps a minute: two steps a stride. */
  readonly cadencePerMin: number;
  /** Stride length over stride time. */
  readonly speedMPerS: number | null;
  readonly strideTimeS: number;
  /** From the strike of the other foot to that of this one at the end of the stride. */
  readonly stepTimeS: number | null;
  readonly strideLengthM: number | null;
  /** From the other foot's toe marker at its strike to this one's at the end of the stride, along the stride. */
  readonly stepLengthM: number | null;
  /** How far the other heel stands beside the line between this heel's two places. Source: Huxham F et al. Gait Posture 2006;23:159–63. */
  readonly stepWidthM: number | null;
  readonly footOffPercent: number | null;
  readonly oppositeFootOffPercent: number | null;
  readonly oppositeFootStrikePercent: number | null;
  readonly stancePercent: number | null;
  readonly swingPercent: number | null;
  readonly stanceTimeS: number | null;
  readonly swingTimeS: number | null;
  readonly singleSupportS: number | null;
  /** Both spans of the stride in which both feet stand. */
  readonly doubleSupportS: number | null;
  readonly singleSupportPercent: number | null;
  readonly doubleSupportPercent: number | null;
}

export const SPATIO_TEMPORAL_NAMES = [
  'cadencePerMin',
  'speedMPerS',
  'strideTimeS',
  'stepTimeS',
  'strideLengthM',
  'stepLengthM',
  'stepWidthM',
  'footOffPercent',
  'oppositeFootOffPercent',
  'oppositeFootStrikePercent',
  'stancePercent',
  'swingPercent',
  'stanceTimeS',
  'swingTimeS',
  'singleSupportS',
  'doubleSupportS',
  'singleSupportPercent',
  'doubleSupportPercent',
] as const satisfies readonly (keyof SpatioTemporal)[];
export type SpatioTemporalName = (typeof SPATIO_TEMPORAL_NAMES)[number];

type Point = readonly [x: number, y: number];

/**
 * Times and lengths of one stride.
 *
 * @throws GaitError `missing-marker` when heel or toe markers are missing
 */
export function spatioTemporal(recording: Recording, stride: Stride): SpatioTemporal {
  const paths = walkingPaths(recording);
  const { side, startS, endS, footOffS, oppositeFootOffS, oppositeFootStrikeS } = stride;
  const other = side === 'left' ? 'right' : 'left';
  const place = (path: Path, timeS: number | null): Point | null => placeAt(recording, path, timeS);
  const [from, to] = [place(paths.toe[side], startS), place(paths.toe[side], endS)];
  const opposite = place(paths.toe[other], oppositeFootStrikeS);
  const strideTimeS = endS - startS;
  const strideLengthM = from && to && apart(from, to) / 1000;
  const share = (timeS: number | null): number | null => minus(timeS, startS, 100 / strideTimeS);
  const [off, oppositeOff, oppositeStrike] = [
    share(footOffS),
    share(oppositeFootOffS),
    share(oppositeFootStrikeS),
  ];
  const singlePercent = minus(oppositeStrike, oppositeOff);
  const doublePercent = minus(off, singlePercent);
  const asTime = (percent: number | null): number | null => percent && (percent * strideTimeS) / 100;
  return {
    cadencePerMin: 120 / strideTimeS,
    speedMPerS: strideLengthM && strideLengthM / strideTimeS,
    strideTimeS,
    stepTimeS: minus(endS, oppositeFootStrikeS),
    strideLengthM,
    stepLengthM: from && to && opposite && along(from, to, opposite) / 1000,
    stepWidthM: stepWidthM(recording, paths.heel, stride),
    footOffPercent: off,
    oppositeFootOffPercent: oppositeOff,
    oppositeFootStrikePercent: oppositeStrike,
    stancePercent: off,
    swingPercent: minus(100, off),
    stanceTimeS: asTime(off),
    swingTimeS: asTime(minus(100, off)),
    singleSupportS: asTime(singlePercent),
    doubleSupportS: asTime(doublePercent),
    singleSupportPercent: singlePercent,
    doubleSupportPercent: doublePercent,
  };
}

function stepWidthM(recording: Recording, heel: Sided<Path>, stride: Stride): number | null {
  const other = stride.side === 'left' ? 'right' : 'left';
  const from = placeAt(recording, heel[stride.side], stride.startS);
  const to = placeAt(recording, heel[stride.side], stride.endS);
  const opposite = placeAt(recording, heel[other], stride.oppositeFootStrikeS);
  if (!from || !to || !opposite) return null;
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const across = x * (opposite[1] - from[1]) - y * (opposite[0] - from[0]);
  // Positive when the other foot is on its own side of the line; feet that cross have a negative width.
  const outward = stride.side === 'left' ? -across : across;
  return outward / Math.hypot(x, y) / 1000;
}

function placeAt({ firstTimeS, rateHz }: Recording, path: Path, timeS: number | null): Point | null {
  if (timeS === null) return null;
  const frame = (timeS - firstTimeS) * rateHz;
  const [x, y] = [valueAt(path, frame, 3, 0), valueAt(path, frame, 3, 1)];
  return Number.isFinite(x) && Number.isFinite(y) ? [x, y] : null;
}

function apart(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** How far `to` is ahead of `opposite` along the way from `from` to `to`. */
function along(from: Point, to: Point, opposite: Point): number {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  return ((to[0] - opposite[0]) * x + (to[1] - opposite[1]) * y) / Math.hypot(x, y);
}

function minus(a: number | null, b: number | null, times = 1): number | null {
  return a === null || b === null ? null : (a - b) * times;
}
