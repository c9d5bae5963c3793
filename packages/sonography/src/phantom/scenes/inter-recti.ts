import type { Motion, Scene } from '../scene.ts';
import { amplitudeOf, smoothStep, tabulated, textureOf } from '../texture.ts';
import { aponeurosis, bundles, type DepthAt, perimysium, skinAndFat } from './tissue.ts';

/** The two recti and the linea alba between them, seen across the belly. */
export interface InterRectiOptions {
  /** Between the medial edges of the recti at rest, mm (default 27). */
  readonly restMm?: number;
  /** At the peak, mm (default 22.8: a curl-up narrows; drawing-in widens, so give more than at rest). */
  readonly peakMm?: number;
  /** Thickest part of each rectus at rest, mm (default 11). */
  readonly rectusMm?: number;
  /** Growth of the recti at the peak, as a share (default 0.15). */
  readonly thickening?: number;
  /** Skin and fat (default 11). */
  readonly coverMm?: number;
  readonly seed?: number;
}

const WIDTH_MM = 68;
const DEPTH_MM = 46;
const LINEA_MM = 1.1;
/** A rectus is this wide before it leaves the field. */
const RECTUS_WIDTH_MM = 60;
/** What lies further out moves less, over this many mm. */
const FADE_MM = 60;
const YIELD_MM = 10;

/**
 * Inter-recti distance: the medial edges come nearer in a curl-up, or part on drawing-in; the linea alba is
 * gathered or stretched between them and the recti thicken. Measure: `interRectiMm`.
 */
export function interRectiScene(options: InterRectiOptions = {}): Scene {
  const { restMm = 27, peakMm = 22.8, rectusMm = 11, thickening = 0.15, coverMm = 11, seed = 41 } = options;
  const middle = WIDTH_MM / 2;
  const half = restMm / 2;
  // A rectus across: a lens whose medial end is blunt.
  const lens = (u: number) => {
    const t = (Math.abs(u - middle) - half) / RECTUS_WIDTH_MM;
    return t <= 0 || t >= 1 ? 0 : rectusMm * 1.3 * t ** 0.36 * (1 - t) ** 0.8;
  };
  const thick = tabulated(lens, -30, WIDTH_MM + 30, 0.02);
  const sag = (u: number) =>
    coverMm + 0.0011 * (u - middle) ** 2 + 1.2 * Math.exp(-(((u - middle) / half) ** 2));
  const centre: DepthAt = tabulated((u) => sag(u) + rectusMm * 0.42, -30, WIDTH_MM + 30, 0.05);
  const upper: DepthAt = (u) => centre(u) - LINEA_MM / 2 - 0.55 * thick(u);
  const lower: DepthAt = (u) => centre(u) + LINEA_MM / 2 + 0.45 * thick(u);
  const cover = skinAndFat(upper, WIDTH_MM, seed);
  const level = () => 0;
  const inRectus = bundles(level, seed + 1, 4.5);
  const deep = textureOf(seed + 2);
  const edgeShift = (peakMm - restMm) / 2;
  const isRectus = (u: number) => Math.abs(u - middle) > half;
  return {
    name: 'inter-recti',
    widthMm: WIDTH_MM,
    depthMm: DEPTH_MM,
    reachMm: Math.hypot(edgeShift, thickening * rectusMm),
    echo(u, v) {
      const sheath =
        12 * (1 - smoothStep(0.15, 0.6, Math.abs(v - upper(u)))) +
        11 * (1 - smoothStep(0.15, 0.6, Math.abs(v - lower(u))));
      if (v < upper(u)) return amplitudeOf(cover.echoDb(u, v) + 0.7 * sheath);
      if (v < lower(u)) return amplitudeOf(isRectus(u) ? inRectus(u, v) + sheath : 19 + 3 * deep(u / 3, v));
      const under = v - lower(u);
      const fat = 5 * (1 - smoothStep(2, 5, under));
      return amplitudeOf(
        fat + 6 * deep(u / 7, v / 3) + 6 * deep(u / 2.2, v / 1.3) - 1 - 0.2 * under + sheath / 2,
      );
    },
    lines: [
      ...cover.lines,
      ...aponeurosis(upper, -20, WIDTH_MM + 20, 29, seed + 3, 0.7),
      ...aponeurosis(lower, -20, WIDTH_MM + 20, 29, seed + 4, 0.7),
      ...aponeurosis((u) => lower(u) + 3.4 + 0.9 * deep(u / 14, 3), -20, WIDTH_MM + 20, 17, seed + 5, 0.7),
      ...perimysium(
        {
          angleDegAt: level,
          contains: ({ lateral: u, axial: v }) => isRectus(u) && v > upper(u) + 0.7 && v < lower(u) - 0.7,
          from: { lateral: -15, axial: coverMm - 2 },
          to: { lateral: WIDTH_MM + 15, axial: coverMm + rectusMm + 8 },
          perCm2: 45,
          strengthDb: 12,
          lengthMm: 1.6,
        },
        seed + 6,
      ),
    ],
    motionAt: (s) => rectiMotion({ half, centre, upper, lower }, s * edgeShift, s * thickening),
    isTissue: () => true,
    measuresAt: (s) => ({ interRectiMm: restMm + s * (peakMm - restMm) }),
    landmarks: {
      'left edge': { lateral: middle - half, axial: centre(middle - half) },
      'right edge': { lateral: middle + half, axial: centre(middle + half) },
    },
  };
}

interface Recti {
  /** Half the distance between the recti at rest, mm. */
  readonly half: number;
  readonly centre: DepthAt;
  readonly upper: DepthAt;
  readonly lower: DepthAt;
}

/** The edges move by `shift` outwards, the linea alba evenly between them; the recti thicken. */
function rectiMotion({ half, centre, upper, lower }: Recti, shift: number, thickening: number): Motion {
  const middle = WIDTH_MM / 2;
  return (u, v, out) => {
    const off = u - middle;
    const side = Math.sign(off);
    const beyond = Math.abs(off) - half;
    const along = beyond < 0 ? (off / half) * shift : side * shift * Math.exp(-beyond / FADE_MM);
    const above = upper(u);
    const below = lower(u);
    const share = v < above ? v / above : v > below ? Math.exp((below - v) / YIELD_MM) : 1;
    const inside = Math.min(below, Math.max(above, v));
    out[0] = u + along * (v < above ? Math.max(0, share) : share);
    out[1] =
      v + thickening * (inside - centre(u)) * Math.max(0, share) * smoothStep(0, 6, Math.max(0, beyond));
  };
}
