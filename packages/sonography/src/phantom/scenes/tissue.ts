import { randomFrom } from '../random.ts';
import type { ScenePoint, SpecularLine } from '../scene.ts';
import { amplitudeOf, smoothStep, textureOf } from '../texture.ts';

/** A depth in mm for each lateral place in mm. */
export type DepthAt = (lateral: number) => number;

/** A fascia: a bright line that shimmers along its length, as real ones do. */
export function fascia(
  depthAt: DepthAt,
  from: number,
  to: number,
  strengthDb: number,
  seed: number,
  shimmerDb = 5,
): SpecularLine {
  const texture = textureOf(seed);
  const points: ScenePoint[] = [];
  const strengths: number[] = [];
  for (let lateral = from; lateral <= to; lateral += 0.5) {
    points.push({ lateral, axial: depthAt(lateral) + 0.08 * texture(lateral / 2.5, 9) });
    const shimmer = texture(lateral / 6, 0) + 0.6 * texture(lateral / 1.7, 4);
    strengths.push(amplitudeOf(strengthDb + shimmerDb * shimmer));
  }
  return { points, strengths };
}

/** Several lines close together, the first brightest: an aponeurosis of some thickness. */
export function aponeurosis(
  depthAt: DepthAt,
  from: number,
  to: number,
  strengthDb: number,
  seed: number,
  thicknessMm = 0.9,
): SpecularLine[] {
  const layers = 3;
  return Array.from({ length: layers }, (_, n) =>
    fascia(
      (u) => depthAt(u) + (thicknessMm * (n - 1)) / layers,
      from,
      to,
      strengthDb - (n === 1 ? 0 : 5),
      seed + 31 * n,
    ),
  );
}

/** Where fascicles run, and how they look. */
export interface FascicleBed {
  /** Direction along a fascicle at a place: degrees above the horizontal, to the right. */
  readonly angleDegAt: (at: ScenePoint) => number;
  readonly contains: (at: ScenePoint) => boolean;
  /** Bounding box in mm. */
  readonly from: ScenePoint;
  readonly to: ScenePoint;
  /** Streaks in each cm². */
  readonly perCm2: number;
  readonly strengthDb: number;
  /** Mean length of a streak in mm; in a plane that is a little off, fascicles are seen in pieces. */
  readonly lengthMm: number;
}

/** The perimysium between fascicles: short mirroring streaks along their direction, a few long and bright. */
export function perimysium(bed: FascicleBed, seed: number): SpecularLine[] {
  const random = randomFrom(seed);
  const wide = bed.to.lateral - bed.from.lateral;
  const deep = bed.to.axial - bed.from.axial;
  const lines: SpecularLine[] = [];
  const count = Math.round((bed.perCm2 * wide * deep) / 100);
  for (let n = 0; n < count; n++) {
    const start = { lateral: bed.from.lateral + random() * wide, axial: bed.from.axial + random() * deep };
    const length = bed.lengthMm * (0.35 - 0.9 * Math.log(1 - 0.97 * random()));
    const peakDb = bed.strengthDb + 9 * (random() + random() + random() - 1.5);
    lines.push(streak(bed, start, length, peakDb, (random() - 0.5) * 3));
  }
  return lines.filter(({ points }) => points.length > 2);
}

function streak(
  bed: FascicleBed,
  start: ScenePoint,
  lengthMm: number,
  peakDb: number,
  waywardDeg: number,
): SpecularLine {
  const step = 0.4;
  const steps = Math.ceil(lengthMm / step);
  const glint = textureOf(Math.round(1000 * start.lateral));
  const points: ScenePoint[] = [];
  const strengths: number[] = [];
  let at = start;
  for (let n = 0; n <= steps && bed.contains(at); n++) {
    points.push(at);
    const t = n / steps;
    const wave = glint((n * step) / 1.8, 0);
    strengths.push(amplitudeOf(peakDb + 5 * wave) * Math.sin(Math.PI * (0.04 + 0.92 * t)) ** 0.8);
    const angle = ((bed.angleDegAt(at) + waywardDeg + 3 * wave) * Math.PI) / 180;
    at = { lateral: at.lateral + step * Math.cos(angle), axial: at.axial - step * Math.sin(angle) };
  }
  return { points, strengths };
}

/** Bundles of muscle: decibels around 0 that change slowly along the fascicles and quickly across them. */
export function bundles(angleDegAt: (at: ScenePoint) => number, seed: number, depthDb = 5) {
  const coarse = textureOf(seed);
  const fine = textureOf(seed + 1);
  return (lateral: number, axial: number): number => {
    const angle = (angleDegAt({ lateral, axial }) * Math.PI) / 180;
    const along = lateral * Math.cos(angle) - axial * Math.sin(angle);
    const across = lateral * Math.sin(angle) + axial * Math.cos(angle);
    const value = 0.8 * coarse(along / 9, across / 1.8) + 0.9 * fine(along / 3.6, across / 0.6);
    return depthDb * value - 0.06 * depthDb * depthDb * Math.max(0, -value);
  };
}

/** Skin and fat over the muscle: what every scene begins with. */
export interface Cover {
  readonly skinMm: number;
  /** Depth where the fat ends. */
  readonly endAt: DepthAt;
  /** Decibels of the speckle in skin and fat. */
  readonly echoDb: (lateral: number, axial: number) => number;
  readonly lines: readonly SpecularLine[];
}

/** Bright skin, darker lobules of fat, thin septa between them. */
export function skinAndFat(endAt: DepthAt, widthMm: number, seed: number, skinMm = 1.7): Cover {
  const lobules = textureOf(seed);
  const septa = textureOf(seed + 1);
  const random = randomFrom(seed + 2);
  const [from, to] = [-30, widthMm + 30];
  const lines: SpecularLine[] = [
    fascia(() => 0.35, from, to, 26, seed + 3, 1),
    fascia(() => skinMm, from, to, 19, seed + 4, 4),
  ];
  const deepest = endAt(widthMm / 2);
  const count = Math.max(1, Math.round((deepest - skinMm) / 2.3));
  for (let n = 0; n < count; n++) {
    const share = (n + 0.3 + 0.5 * random()) / count;
    const phase = random() * 50;
    const depthAt = (u: number) => {
      const at = Math.min(0.93, Math.max(0.06, share + 0.16 * septa(u / 11, phase)));
      // The deeper a septum lies, the more it follows what lies beneath the fat.
      return skinMm + at * (deepest + at * (endAt(u) - deepest) - skinMm);
    };
    let u = from + random() * 12;
    while (u < to) {
      const length = 8 + random() * 24;
      lines.push(fascia(depthAt, u, Math.min(to, u + length), 13 + 8 * random(), seed + lines.length, 7));
      u += length + random() * 10;
    }
  }
  return {
    skinMm,
    endAt,
    echoDb: (u, v) =>
      v < skinMm
        ? 11 - 4 * smoothStep(0.4, skinMm, v)
        : 1 + 3.5 * lobules(u / 5, v / 2.2) + 1.5 * septa(u / 1.5, v / 0.9),
    lines,
  };
}

/** Bone: a bright edge, then shadow. */
export function bone(depthAt: DepthAt, from: number, to: number, seed: number): SpecularLine[] {
  return [
    fascia(depthAt, from, to, 36, seed, 3),
    fascia((u) => depthAt(u) + 0.35, from, to, 31, seed + 1, 3),
    fascia((u) => depthAt(u) + 0.8, from, to, 22, seed + 2, 4),
  ];
}
