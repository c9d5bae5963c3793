import type { Motion, Scene, SpecularLine } from '../scene.ts';
import { amplitudeOf, smoothStep, textureOf } from '../texture.ts';
import { aponeurosis, bundles, type DepthAt, fascia, perimysium, skinAndFat } from './tissue.ts';

/** The lateral abdominal wall across its muscles, as in drawing-in. Thicknesses in mm, 1 cm from the junction. */
export interface DrawingInOptions {
  /** Transversus abdominis at rest (default 3.6). */
  readonly transversusMm?: number;
  /** Its thickness at the peak over that at rest (default 1.8; healthy about 1.9). */
  readonly activationRatio?: number;
  /** Obliquus internus at rest (default 8.5). */
  readonly internalMm?: number;
  /** Its thickness at the peak over that at rest (default 1.08). */
  readonly internalRatio?: number;
  /** Obliquus externus, which stays (default 6). */
  readonly externalMm?: number;
  /** Skin and fat (default 12). */
  readonly coverMm?: number;
  /** How far the muscle's front end slides towards the flank at the peak (default 5). */
  readonly slideMm?: number;
  readonly seed?: number;
}

const WIDTH_MM = 52;
const DEPTH_MM = 44;
/** Lateral place of the front end of transversus, where muscle becomes fascia. */
const JUNCTION_MM = 11;
/** The muscle has its full thickness this far from its front end. */
const TAPER_MM = 9;
/** Where thickness is measured, from the junction. */
const SITE_MM = 10;
/** Distance over which what lies deeper gives way. */
const YIELD_MM = 12;
/** Fascicles lie nearly level in this plane, degrees. */
const LEVEL_DEG = 1.5;

/**
 * Transversus, obliquus internus and externus while the abdomen is drawn in: transversus thickens and slides
 * towards the flank, internus a little, externus hardly. Measures: `transversusMm`, `internalMm`, `externalMm`.
 */
export function drawingInScene(options: DrawingInOptions = {}): Scene {
  const {
    transversusMm = 3.6,
    activationRatio = 1.8,
    internalMm = 8.5,
    internalRatio = 1.08,
    externalMm = 6,
    coverMm = 12,
    slideMm = 5,
    seed = 31,
  } = options;
  // Level at the place of measuring, so that depth differences there are thicknesses.
  const gentle = (u: number) => 0.0016 * (u - JUNCTION_MM - SITE_MM) ** 2;
  const taper = (u: number) => smoothStep(-1.5, TAPER_MM, u - JUNCTION_MM);
  const front = (u: number) => 0.45 + 0.55 * smoothStep(-16, 6, u - JUNCTION_MM);
  const thickness = [
    (u: number) => coverMm + gentle(u),
    () => externalMm,
    (u: number) => internalMm * front(u),
    (u: number) => 0.5 + (transversusMm - 0.5) * taper(u),
  ] as const;
  const growth = [0, 0, internalRatio - 1, activationRatio - 1] as const;
  const border = (n: number): DepthAt => {
    const layers = thickness.slice(0, n + 1);
    return (u) => layers.reduce((sum, one) => sum + one(u), 0);
  };
  const borders: Borders = [border(0), border(1), border(2), border(3)];
  const [fatEnd, externalEnd, internalEnd, transversusEnd] = borders;
  const cover = skinAndFat(fatEnd, WIDTH_MM, seed);
  const looks = [1, 2, 3].map((n) => bundles(() => LEVEL_DEG, seed + n, 5));
  const bowel = textureOf(seed + 5);
  const sheathDb = (u: number, v: number) =>
    Math.max(
      ...borders.map((one, n) => (n === 0 ? 9 : 12) * (1 - smoothStep(0.15, 0.6, Math.abs(v - one(u))))),
    );
  return {
    name: 'drawing-in',
    widthMm: WIDTH_MM,
    depthMm: DEPTH_MM,
    reachMm: Math.hypot(slideMm, transversusMm * (activationRatio - 1) + internalMm * (internalRatio - 1)),
    echo(u, v) {
      const sheath = sheathDb(u, v);
      if (v < fatEnd(u)) return amplitudeOf(cover.echoDb(u, v) + sheath);
      if (v < externalEnd(u)) return amplitudeOf(sheath + (looks[0]?.(u, v) ?? 0) - 1);
      if (v < internalEnd(u)) return amplitudeOf(sheath + (looks[1]?.(u, v) ?? 0));
      if (v < transversusEnd(u)) return amplitudeOf(sheath + (looks[2]?.(u, v) ?? 0) - 2 * taper(u) + 2);
      const deep = v - transversusEnd(u);
      return amplitudeOf(sheath + 5 * bowel(u / 6, v / 3) + 8 * bowel(u / 2.5, v / 1.6) - 3 - 0.25 * deep);
    },
    lines: [...cover.lines, ...wallLines(borders, seed)],
    motionAt: (s) => wallMotion(thickness, growth, s, slideMm),
    isTissue: () => true,
    measuresAt: (s) => ({
      transversusMm: transversusMm * (1 + s * (activationRatio - 1)),
      internalMm: internalMm * (1 + s * (internalRatio - 1)),
      externalMm,
    }),
    landmarks: {
      junction: { lateral: JUNCTION_MM, axial: (internalEnd(JUNCTION_MM) + transversusEnd(JUNCTION_MM)) / 2 },
      'transversus, outer border': landmark(internalEnd),
      'transversus, inner border': landmark(transversusEnd),
      'internus, outer border': landmark(externalEnd),
      'externus, outer border': landmark(fatEnd),
    },
  };
}

/** Ends of fat, externus, internus and transversus. */
type Borders = readonly [DepthAt, DepthAt, DepthAt, DepthAt];

function wallLines(borders: Borders, seed: number): SpecularLine[] {
  const [fatEnd, externalEnd, internalEnd, transversusEnd] = borders;
  return [
    ...aponeurosis(fatEnd, -30, WIDTH_MM + 30, 28, seed + 11, 0.6),
    ...aponeurosis(externalEnd, -30, WIDTH_MM + 30, 30, seed + 12, 0.7),
    ...aponeurosis(internalEnd, -30, WIDTH_MM + 30, 31, seed + 13, 0.6),
    ...aponeurosis(transversusEnd, -30, WIDTH_MM + 30, 31, seed + 14, 0.6),
    fascia((u) => transversusEnd(u) + 1.6, -30, WIDTH_MM + 30, 15, seed + 15, 9),
    ...[1, 2, 3].flatMap((n) =>
      perimysium(
        {
          angleDegAt: () => LEVEL_DEG,
          contains: ({ lateral: u, axial: v }) =>
            v > (borders[n - 1]?.(u) ?? 0) + 0.6 && v < (borders[n]?.(u) ?? 0) - 0.6,
          from: { lateral: -15, axial: fatEnd(0) - 2 },
          to: { lateral: WIDTH_MM + 15, axial: transversusEnd(WIDTH_MM) + 1 },
          perCm2: 30,
          strengthDb: 10,
          lengthMm: 2.6,
        },
        seed + 20 + n,
      ),
    ),
  ];
}

/** Each layer thickens by its own share and pushes what lies deeper; internus shears along, transversus slides. */
function wallMotion(
  thickness: readonly DepthAt[],
  growth: readonly number[],
  s: number,
  slideMm: number,
): Motion {
  return (u, v, out) => {
    let pushed = 0;
    let top = 0;
    let slid = 0;
    for (let n = 0; n < thickness.length; n++) {
      const thick = thickness[n]?.(u) ?? 0;
      const share = v < top + thick ? (v - top) / thick : 1;
      if (share <= 0) break;
      pushed += s * (growth[n] ?? 0) * thick * share;
      if (n === 2) slid = s * slideMm * share * share * (3 - 2 * share);
      top += thick;
    }
    const yielding = v > top ? Math.exp((top - v) / YIELD_MM) : 1;
    out[0] = u + slid * yielding;
    out[1] = v + pushed * yielding;
  };
}

function landmark(border: DepthAt) {
  return { lateral: JUNCTION_MM + SITE_MM, axial: border(JUNCTION_MM + SITE_MM) };
}
