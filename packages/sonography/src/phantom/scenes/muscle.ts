import type { Scene, SpecularLine } from '../scene.ts';
import { amplitudeOf, smoothStep } from '../texture.ts';
import { aponeurosis, bundles, fascia, perimysium, skinAndFat } from './tissue.ts';

/** A pennate muscle under the probe, seen along its fascicles; the defaults are like a calf (gastrocnemius). */
export interface MuscleOptions {
  /** Fascicles against the horizontal at rest, degrees, rising to the right (default 16). */
  readonly fascicleAngleDeg?: number;
  /** Aponeuroses at rest against the horizontal, degrees, rising to the right (defaults −3 and −4). */
  readonly superficialAngleDeg?: number;
  readonly deepAngleDeg?: number;
  /** Depth of the superficial aponeurosis in the middle of the field, mm (default 9). */
  readonly superficialDepthMm?: number;
  /** Depth between the aponeuroses in the middle of the field at rest, mm (default 19). */
  readonly heightMm?: number;
  /** How far the deep aponeurosis slides along the muscle at the peak, mm (default 7). */
  readonly excursionMm?: number;
  /** Growth of the height at the peak, as a share (default 0.08). The length shrinks so that the area stays. */
  readonly thickening?: number;
  readonly seed?: number;
}

const WIDTH_MM = 50;
const DEPTH_MM = 40;
/** What lies under the muscle is pushed down less and less over this many mm. */
const YIELD_MM = 14;
/** Fascicles of the muscle beneath, degrees above the horizontal to the right. */
const DEEP_FASCICLE_DEG = -9;

/**
 * Layered muscle that contracts: the belly shears and thickens in one affine motion, so that fascicles shorten and
 * turn; skin and fat follow their lower border, the muscle beneath gives way.
 * Measures: `fascicleAngleDeg`, `superficialAngleDeg`, `deepAngleDeg` (against the horizontal), `pennationDeg`
 * (fascicle against deep aponeurosis, φ = α − β), `thicknessMm` (height in the middle of the field · cos β),
 * `fascicleLengthMm` (thickness / sin φ) as TimTrack defines them.
 */
export function muscleScene(options: MuscleOptions = {}): Scene {
  const {
    fascicleAngleDeg = 16,
    superficialAngleDeg = -3,
    deepAngleDeg = -4,
    superficialDepthMm = 9,
    heightMm = 19,
    excursionMm = 7,
    thickening = 0.08,
    seed = 11,
  } = options;
  const middle = WIDTH_MM / 2;
  const upper = (u: number) => superficialDepthMm - slope(superficialAngleDeg) * (u - middle);
  const lower = (u: number) => superficialDepthMm + heightMm - slope(deepAngleDeg) * (u - middle);
  const belly: Belly = {
    middle,
    top: superficialDepthMm,
    upper,
    lower,
    shortening: 1 - 1 / (1 + thickening),
    thickening,
    shear: excursionMm / heightMm,
  };
  const cover = skinAndFat(upper, WIDTH_MM, seed);
  const inBelly = bundles(() => fascicleAngleDeg, seed + 1, 6);
  const inDeep = bundles(() => DEEP_FASCICLE_DEG, seed + 2, 4);
  return {
    name: 'muscle',
    widthMm: WIDTH_MM,
    depthMm: DEPTH_MM,
    reachMm: Math.hypot(excursionMm + belly.shortening * middle, thickening * heightMm) + 1,
    echo(u, v) {
      const fromUpper = Math.abs(v - upper(u));
      const fromLower = Math.abs(v - lower(u));
      const sheath = 13 * (1 - smoothStep(0.3, 0.9, fromUpper)) + 10 * (1 - smoothStep(0.2, 0.9, fromLower));
      if (v < upper(u)) return amplitudeOf(cover.echoDb(u, v) + sheath);
      if (v < lower(u)) return amplitudeOf(inBelly(u, v) + sheath);
      return amplitudeOf(inDeep(u, v) - 2 + sheath);
    },
    lines: [...cover.lines, ...muscleLines(belly, fascicleAngleDeg, seed)],
    motionAt: (s) => bellyMotion(belly, s),
    isTissue: () => true,
    measuresAt: (s) => architecture(belly, fascicleAngleDeg, s),
    landmarks: {
      'fascicle, upper end': onFascicle(belly, fascicleAngleDeg, 0.9),
      'fascicle, lower end': onFascicle(belly, fascicleAngleDeg, 0.1),
      'superficial aponeurosis': { lateral: middle, axial: upper(middle) },
      'deep aponeurosis': { lateral: middle, axial: lower(middle) },
    },
  };
}

interface Belly {
  readonly middle: number;
  readonly top: number;
  readonly upper: (u: number) => number;
  readonly lower: (u: number) => number;
  readonly shortening: number;
  readonly thickening: number;
  readonly shear: number;
}

function muscleLines(
  { middle, top, upper, lower }: Belly,
  fascicleAngleDeg: number,
  seed: number,
): SpecularLine[] {
  return [
    ...aponeurosis(upper, -30, WIDTH_MM + 30, 37, seed + 3, 1.3),
    ...aponeurosis(lower, -30, WIDTH_MM + 30, 28, seed + 4, 1),
    fascia((u) => lower(u) + 1.5, -30, WIDTH_MM + 30, 12, seed + 5, 9),
    ...perimysium(
      {
        angleDegAt: () => fascicleAngleDeg,
        contains: ({ lateral, axial }) => axial > upper(lateral) + 0.5 && axial < lower(lateral) - 0.5,
        from: { lateral: -22, axial: top - 2 },
        to: { lateral: WIDTH_MM + 20, axial: lower(middle) + 4 },
        perCm2: 26,
        strengthDb: 12,
        lengthMm: 4.5,
      },
      seed + 6,
    ),
    ...perimysium(
      {
        angleDegAt: () => DEEP_FASCICLE_DEG,
        contains: ({ lateral, axial }) => axial > lower(lateral) + 1.2,
        from: { lateral: -20, axial: lower(middle) - 2 },
        to: { lateral: WIDTH_MM + 20, axial: DEPTH_MM + 4 },
        perCm2: 18,
        strengthDb: 8,
        lengthMm: 3,
      },
      seed + 7,
    ),
  ];
}

/** Rise to the right of a line at an angle. */
function slope(deg: number): number {
  return Math.tan((deg * Math.PI) / 180);
}

function bellyMotion({ middle, top, upper, lower, shortening, thickening, shear }: Belly, s: number) {
  return (u: number, v: number, out: Float64Array): void => {
    const above = upper(u);
    const below = lower(u);
    // The belly's motion, held at its border outside it and let fade from there.
    const inside = v < above ? above : v > below ? below : v;
    const share = v < above ? Math.max(0, v / above) : v > below ? Math.exp((below - v) / YIELD_MM) : 1;
    out[0] = u + s * share * (shear * (inside - top) - shortening * (u - middle));
    out[1] = v + s * share * thickening * (inside - top);
  };
}

function architecture(belly: Belly, restAngleDeg: number, s: number): Record<string, number> {
  const { middle, top, upper, lower, shortening, thickening, shear } = belly;
  const rise = (dx: number, dy: number) => {
    const x = dx * (1 - s * shortening) + dy * s * shear;
    return (Math.atan2(-dy * (1 + s * thickening), x) * 180) / Math.PI;
  };
  const turned = (deg: number) => rise(1, -slope(deg));
  const fascicleAngleDeg = turned(restAngleDeg);
  const fall = (line: (u: number) => number) => (line(middle + 1) - line(middle - 1)) / 2;
  const superficialAngleDeg = rise(1, fall(upper));
  const deepAngleDeg = rise(1, fall(lower));
  // The deep aponeurosis slides: it crosses the middle of the field at another of its places.
  const restHeight = lower(middle) - top;
  const heightMm = restHeight * (1 + s * thickening) + s * shear * restHeight * slope(deepAngleDeg);
  const pennationDeg = fascicleAngleDeg - deepAngleDeg;
  const thicknessMm = heightMm * Math.cos((deepAngleDeg * Math.PI) / 180);
  const fascicleLengthMm = thicknessMm / Math.sin((pennationDeg * Math.PI) / 180);
  return { fascicleAngleDeg, superficialAngleDeg, deepAngleDeg, pennationDeg, thicknessMm, fascicleLengthMm };
}

/** A place on the fascicle through the middle of the belly: 0 at the deep aponeurosis, 1 at the superficial one. */
function onFascicle({ middle, top, lower }: Belly, angleDeg: number, share: number) {
  const height = lower(middle) - top;
  const rise = (share - 0.5) * height * 0.8;
  return { lateral: middle + rise / slope(angleDeg), axial: top + height / 2 - rise };
}
