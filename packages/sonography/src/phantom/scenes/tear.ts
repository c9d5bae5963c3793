import type { Motion, Scene, SpecularLine } from '../scene.ts';
import { amplitudeOf, smoothStep, tabulated, textureOf } from '../texture.ts';
import { aponeurosis, bone, bundles, type DepthAt, perimysium, skinAndFat } from './tissue.ts';

/** A complete tear of the rectus femoris, seen along the muscle. */
export interface TearOptions {
  /** Between the muscle's ends at rest, mm along the muscle (default 0.8: closed, and easily overlooked). */
  readonly restGapMm?: number;
  /** How much the ends part at the peak, mm (default 14). */
  readonly retractionMm?: number;
  /** Share of the retraction that the upper (left) end does (default 0.6). */
  readonly proximalShare?: number;
  readonly seed?: number;
}

const WIDTH_MM = 62;
const DEPTH_MM = 44;
const MUSCLE_TOP_MM = 7.5;
const MUSCLE_BOTTOM_MM = 24;
const FEMUR_MM = 38;
/** From a muscle's end to where it is held: it shortens evenly between. */
const STUMP_MM = 75;
/** Muscle slides under its fascia within this thickness. */
const SLIDE_MM = 2.4;
/** Fascicles of the rectus and of the vastus beneath it, degrees above the horizontal to the right. */
const RECTUS_DEG = 9;
const VASTUS_DEG = -7;

/**
 * A tear that only contraction shows: at rest the ends touch and clot hides the line; contracting, each stump
 * shortens towards its attachment and bulges, and fluid fills the gap. Measures: `gapMm`, `retractionMm` at the
 * middle of the muscle, along the muscle.
 */
export function tearScene(options: TearOptions = {}): Scene {
  const { restGapMm = 0.8, retractionMm = 14, proximalShare = 0.6, seed = 21 } = options;
  const thigh: Thigh = {
    tear: tearShape(seed, restGapMm),
    restGapMm,
    upper: (u) => MUSCLE_TOP_MM + 0.012 * (u - WIDTH_MM / 2),
    lower: (u) => MUSCLE_BOTTOM_MM + 0.02 * (u - WIDTH_MM / 2),
    femur: (u) => FEMUR_MM + 0.0012 * (u - 26) ** 2,
  };
  const { tear, upper, lower, femur } = thigh;
  const left = retractionMm * proximalShare;
  const right = retractionMm * (1 - proximalShare);
  const cover = skinAndFat(upper, WIDTH_MM, seed);
  const inMuscle = bundles(() => RECTUS_DEG, seed + 1, 6);
  const inVastus = bundles(() => VASTUS_DEG, seed + 2, 5);
  const clot = textureOf(seed + 3);
  const thickening = Math.max(left, right) / STUMP_MM;
  const middle = (MUSCLE_TOP_MM + MUSCLE_BOTTOM_MM) / 2;
  const isFluid = (u: number, v: number) =>
    v > upper(u) + 0.4 && v < lower(u) - 0.4 && Math.abs(u - tear(v)) < restGapMm / 2;
  const gapAt = (s: number) => restGapMm + s * retractionMm;
  return {
    name: 'tear',
    widthMm: WIDTH_MM,
    depthMm: DEPTH_MM,
    reachMm: Math.hypot(Math.max(left, right), thickening * (MUSCLE_BOTTOM_MM - MUSCLE_TOP_MM)),
    echo(u, v) {
      const sheath =
        11 * (1 - smoothStep(0.2, 0.8, Math.abs(v - upper(u)))) +
        8 * (1 - smoothStep(0.2, 0.8, Math.abs(v - lower(u))));
      if (v < upper(u)) return amplitudeOf(cover.echoDb(u, v) + sheath);
      if (isFluid(u, v)) return amplitudeOf(-3 + 6 * clot(u, v / 2.5));
      const frayed = 4 * (1 - smoothStep(0.5, 3.5, Math.abs(u - tear(v)))) * (0.4 + clot(u / 1.2, v / 1.6));
      if (v < lower(u)) return amplitudeOf(inMuscle(u, v) + frayed + sheath);
      if (v < femur(u)) return amplitudeOf(inVastus(u, v) - 2 + sheath);
      return amplitudeOf(-9 - 3 * (v - femur(u)));
    },
    lines: [...cover.lines, ...tearLines(thigh, seed)],
    motionAt: (s) => stumpMotion(thigh, s * left, s * right, s * thickening),
    isTissue: (u, v) => !isFluid(u, v),
    measuresAt: (s) => ({ gapMm: gapAt(s), retractionMm: s * retractionMm }),
    landmarks: {
      'proximal end': { lateral: tear(middle) - restGapMm / 2 - 1e-6, axial: middle },
      'distal end': { lateral: tear(middle) + restGapMm / 2 + 1e-6, axial: middle },
    },
  };
}

/** What is where at rest: depths of the interfaces for each lateral place, and the tear's place for each depth. */
interface Thigh {
  readonly tear: (axial: number) => number;
  readonly restGapMm: number;
  readonly upper: DepthAt;
  readonly lower: DepthAt;
  readonly femur: DepthAt;
}

function tearLines({ tear, restGapMm, upper, lower, femur }: Thigh, seed: number): SpecularLine[] {
  return [
    ...aponeurosis(upper, -30, WIDTH_MM + 30, 33, seed + 4, 1),
    ...aponeurosis(lower, -30, WIDTH_MM + 30, 26, seed + 5, 0.8),
    ...perimysium(
      {
        angleDegAt: () => RECTUS_DEG,
        contains: ({ lateral: u, axial: v }) =>
          v > upper(u) + 0.6 && v < lower(u) - 0.6 && Math.abs(u - tear(v)) > 0.6 + restGapMm / 2,
        from: { lateral: -20, axial: MUSCLE_TOP_MM },
        to: { lateral: WIDTH_MM + 20, axial: MUSCLE_BOTTOM_MM },
        perCm2: 26,
        strengthDb: 12,
        lengthMm: 4,
      },
      seed + 6,
    ),
    ...perimysium(
      {
        angleDegAt: () => VASTUS_DEG,
        contains: ({ lateral: u, axial: v }) => v > lower(u) + 0.8 && v < femur(u) - 1,
        from: { lateral: -20, axial: MUSCLE_BOTTOM_MM },
        to: { lateral: WIDTH_MM + 20, axial: FEMUR_MM + 2 },
        perCm2: 20,
        strengthDb: 10,
        lengthMm: 3.5,
      },
      seed + 7,
    ),
    ...bone(femur, -30, WIDTH_MM + 30, seed + 8),
  ];
}

/** The stumps part by `left` and `right`, each shortening evenly up to where it is held; the belly bulges. */
function stumpMotion(
  { tear, restGapMm, upper, lower, femur }: Thigh,
  left: number,
  right: number,
  bulge: number,
): Motion {
  return (u, v, out) => {
    const top = upper(u);
    const bottom = lower(u);
    const free =
      v <= top || v >= bottom ? 0 : smoothStep(0, SLIDE_MM, v - top) * smoothStep(0, SLIDE_MM, bottom - v);
    const off = u - tear(v);
    const half = restGapMm / 2;
    let shift: number;
    if (off <= -half) shift = -left * Math.max(0, 1 + (off + half) / STUMP_MM);
    else if (off >= half) shift = right * Math.max(0, 1 - (off - half) / STUMP_MM);
    else shift = -left + ((left + right) * (off + half)) / restGapMm;
    const push = bulge * (bottom - top);
    const bed = femur(u);
    out[0] = u + free * shift;
    out[1] =
      v + (v < top ? 0 : v < bottom ? bulge * (v - top) : v < bed ? (push * (bed - v)) / (bed - bottom) : 0);
  };
}

/** Where the tear runs at rest: lateral place of its middle for each depth; ragged, a little oblique. */
function tearShape(seed: number, restGapMm: number): (v: number) => number {
  const ragged = textureOf(seed + 9);
  const amplitude = Math.min(2, 1.3 + restGapMm / 4);
  const edge = (v: number) =>
    32 + 0.28 * (v - 15.75) + amplitude * (ragged(v / 3.4, 0) + 0.35 * ragged(v / 1.1, 5));
  return tabulated(edge, -30, DEPTH_MM + 30, 0.05);
}
