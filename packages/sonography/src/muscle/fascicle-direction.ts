import type { LineField } from './line-energy.ts';

/** Votes for each angle of the field. */
export type Votes = Float64Array;

/** The direction that the fascicles run in, degrees clockwise on the screen. */
export interface Direction {
  readonly angleDeg: number;
  /** Excess of the votes for this direction over those for its mirror image, as a share of all votes: 0 to 1. */
  readonly excess: number;
}

/** A direction with how sure it is. */
export interface SureDirection extends Direction {
  readonly standardErrorDeg: number;
}

/** A region of the working plane: for a column, the first and last row in it. */
export type RowsOf = (x: number) => readonly [number, number];

/** Each pixel of the region votes for its best line with the square of that line's strength. */
export function votesIn(field: LineField, rows: RowsOf, fromX: number, toX: number, every = 1): Votes {
  const { width, height, values } = field.strength;
  const votes = new Float64Array(field.anglesDeg.length);
  for (let x = Math.max(0, Math.ceil(fromX)); x <= Math.min(width - 1, toX); x += every) {
    const [first, last] = rows(x);
    const end = Math.min(height - 1, Math.floor(last));
    for (let y = Math.max(0, Math.ceil(first)); y <= end; y += every) {
      const strength = values[y * width + x] ?? 0;
      if (strength <= 0) continue;
      const angle = field.best[y * width + x] ?? 0;
      votes[angle] = (votes[angle] ?? 0) + strength * strength;
    }
  }
  return votes;
}

const WINDOW_DEG = 20;
const SMOOTH_DEG = 4;
const LEAST_PENNATION_DEG = 4;
const GREATEST_PENNATION_DEG = 60;
const NEAR_LEVEL_DEG = 5;
const NARROW_DEG = 6;
// Level fibres look much like wide speckle: they never count as a clear direction.
const MOST_LEVEL_EXCESS = 0.18;

/**
 * The fascicles' direction from votes at evenly spaced angles that are symmetrical about 0.
 * Speckle is wider than deep, so it votes for level lines and drags every mean towards 0; but it votes for +θ as much
 * as for −θ. So each angle counts only with its excess over its mirror image, in units of that image's noise.
 * Fascicles that lie level themselves have no excess: there the plain votes decide.
 */
export function directionOf(
  votes: Votes,
  anglesDeg: readonly number[],
  aponeurosisDeg: number,
): Direction | null {
  const plain = peakOf(votes, anglesDeg, aponeurosisDeg);
  if (plain === null) return null;
  const most = Math.max(...votes);
  const last = votes.length - 1;
  const weighed = votes.map((value, at) => {
    const mirror = votes[last - at] ?? 0;
    return Math.max(0, value - mirror) / Math.sqrt(mirror + 0.05 * most);
  });
  const all = votes.reduce((sum, value) => sum + value, 0);
  if (Math.abs(plain) < NEAR_LEVEL_DEG) {
    const angleDeg = meanNear(votes, anglesDeg, plain, NARROW_DEG);
    if (!canBeFascicle(angleDeg, aponeurosisDeg)) return null;
    return { angleDeg, excess: Math.min(MOST_LEVEL_EXCESS, concentration(votes, anglesDeg, angleDeg)) };
  }
  const peak = peakOf(weighed, anglesDeg, aponeurosisDeg);
  if (peak === null) return null;
  const angleDeg = meanNear(weighed, anglesDeg, peak, WINDOW_DEG);
  if (!canBeFascicle(angleDeg, aponeurosisDeg)) return null;
  let excess = 0;
  votes.forEach((value, at) => {
    if (Math.abs((anglesDeg[at] ?? 0) - angleDeg) <= WINDOW_DEG) excess += value - (votes[last - at] ?? 0);
  });
  return { angleDeg, excess: Math.max(0, excess / all) };
}

function canBeFascicle(angleDeg: number, aponeurosisDeg: number): boolean {
  const pennation = Math.abs(angleDeg - aponeurosisDeg);
  return pennation >= LEAST_PENNATION_DEG && pennation <= GREATEST_PENNATION_DEG;
}

// The highest place of the smoothed votes among angles that a fascicle can have against the aponeurosis.
function peakOf(votes: Votes, anglesDeg: readonly number[], aponeurosisDeg: number): number | null {
  let best = 0;
  let at: number | null = null;
  anglesDeg.forEach((angle) => {
    if (!canBeFascicle(angle, aponeurosisDeg)) return;
    let sum = 0;
    anglesDeg.forEach((other, i) => {
      sum += (votes[i] ?? 0) * Math.exp(-(((other - angle) / SMOOTH_DEG) ** 2) / 2);
    });
    if (sum > best) [best, at] = [sum, angle];
  });
  return at;
}

function meanNear(votes: Votes, anglesDeg: readonly number[], start: number, window: number): number {
  let centre = start;
  for (let round = 0; round < 20; round++) {
    let sum = 0;
    let all = 0;
    anglesDeg.forEach((angle, at) => {
      const off = (angle - centre) / window;
      if (Math.abs(off) >= 1) return;
      const weight = (1 - off * off) ** 2 * (votes[at] ?? 0);
      sum += weight * angle;
      all += weight;
    });
    if (all > 0) centre = sum / all;
  }
  return centre;
}

// How much more of the votes lie near one angle than an even spread would put there.
function concentration(votes: Votes, anglesDeg: readonly number[], angleDeg: number): number {
  let near = 0;
  let all = 0;
  let count = 0;
  anglesDeg.forEach((angle, at) => {
    all += votes[at] ?? 0;
    if (Math.abs(angle - angleDeg) > NARROW_DEG) return;
    near += votes[at] ?? 0;
    count++;
  });
  return Math.max(0, near / all - count / anglesDeg.length);
}
