import type { Estimate, Feature } from './feature.ts';

/** One feature's say in a field: its own value, and whether it may be trusted at all. */
export interface Say {
  readonly feature: Feature;
  readonly value: Estimate;
  readonly good: boolean;
}

/** Deformation that two neighbouring pixels may differ by: keeps the fit tame where neighbours stand on one side. */
const STRAIN = 0.03;
const ROUNDS = 4;
/** Residuals beyond so many deviations hardly count (Geman and McClure's weight). */
const SCALE = 2.5;
/** The first rounds are more patient. */
const PATIENCE = [3, 2, 1, 1];
/** Windows overlap: so much of the plane, px², holds one independent window. */
const WINDOW_AREA = 31 * 31;
/** What two places of one tissue may differ by, beyond an affine field, px². */
const LEAST_MISFIT = 0.01 ** 2;

/**
 * A robust local affine field (iteratively reweighted least squares): `into` gets the field's value at the feature,
 * drawn back towards the feature's own value by as much as its neighbours differ from an affine field. A feature that
 * may be trusted starts from its own value and so stays on its own side of a tear; another starts from the median.
 * Returns which share of the weight agrees, 0 to 1; with nobody to ask, 0 and an infinite variance.
 */
export function smoothField(says: readonly Say[], index: number, into: Estimate): number {
  const own = says[index] as Say;
  const crowd = gather(says, own);
  if (crowd.length === 0) {
    into.varianceX = Number.POSITIVE_INFINITY;
    into.varianceY = Number.POSITIVE_INFINITY;
    return 0;
  }
  let fieldX = start(own, crowd, 'x');
  let fieldY = start(own, crowd, 'y');
  let misfit = LEAST_MISFIT;
  let agreement = 0;
  for (let round = 0; round < ROUNDS; round++) {
    agreement = reweigh(crowd, fieldX, fieldY, misfit, SCALE * (PATIENCE[round] as number));
    fieldX = solve(crowd, 'x', misfit);
    fieldY = solve(crowd, 'y', misfit);
    misfit = misfitOf(crowd, fieldX, fieldY);
  }
  const overlap = overlapOf(crowd);
  const pull = own.good ? misfit : 0;
  blend(into, own, fieldX, fieldY, pull, overlap);
  return agreement;
}

/** A neighbour as the fit sees it. */
interface Voice {
  readonly dx: number;
  readonly dy: number;
  readonly x: number;
  readonly y: number;
  readonly varianceX: number;
  readonly varianceY: number;
  readonly base: number;
  weight: number;
}

function gather(says: readonly Say[], own: Say): Voice[] {
  const { place } = own.feature;
  const voices: Voice[] = [];
  const add = ({ feature, value }: Say, base: number) =>
    voices.push({
      dx: feature.place.x - place.x,
      dy: feature.place.y - place.y,
      x: value.x,
      y: value.y,
      varianceX: value.varianceX,
      varianceY: value.varianceY,
      base,
      weight: base,
    });
  if (own.good) add(own, 1);
  for (const { other, nearness, together } of own.feature.links) {
    const say = says[other.id];
    const base = nearness * together;
    if (say?.good && base > 0.01) add(say, base);
  }
  return voices;
}

/** Value at the feature and its slopes. */
interface Field {
  readonly value: number;
  readonly slopeX: number;
  readonly slopeY: number;
  /** Variance of the value, were all voices independent. */
  readonly variance: number;
}

function start(own: Say, crowd: readonly Voice[], part: 'x' | 'y'): Field {
  const flat = (value: number) => ({ value, slopeX: 0, slopeY: 0, variance: 0 });
  if (own.good) return flat(own.value[part]);
  const values = crowd.map((voice) => voice[part]).sort((one, two) => one - two);
  return flat(values[values.length >> 1] ?? 0);
}

function reweigh(
  crowd: readonly Voice[],
  fieldX: Field,
  fieldY: Field,
  misfit: number,
  scale: number,
): number {
  let agreeing = 0;
  let all = 0;
  for (const voice of crowd) {
    const rx = voice.x - at(fieldX, voice);
    const ry = voice.y - at(fieldY, voice);
    const square = (rx * rx) / (voice.varianceX + misfit) + (ry * ry) / (voice.varianceY + misfit);
    const doubt = 1 + square / (2 * scale * scale);
    voice.weight = voice.base / (doubt * doubt);
    agreeing += voice.weight;
    all += voice.base;
  }
  return all > 0 ? agreeing / all : 0;
}

function at(field: Field, voice: Voice): number {
  return field.value + field.slopeX * voice.dx + field.slopeY * voice.dy;
}

/** Weighted least squares of value and two slopes, the slopes held near nought. */
function solve(crowd: readonly Voice[], part: 'x' | 'y', misfit: number): Field {
  const hold = 1 / (STRAIN * STRAIN);
  let [s, sx, sy, sxx, sxy, syy] = [0, 0, 0, hold, 0, hold];
  let [b, bx, by] = [0, 0, 0];
  for (const voice of crowd) {
    const { dx, dy } = voice;
    const value = part === 'x' ? voice.x : voice.y;
    const w = voice.weight / ((part === 'x' ? voice.varianceX : voice.varianceY) + misfit);
    s += w;
    sx += w * dx;
    sy += w * dy;
    sxx += w * dx * dx;
    sxy += w * dx * dy;
    syy += w * dy * dy;
    b += w * value;
    bx += w * dx * value;
    by += w * dy * value;
  }
  // Cramer's rule on the symmetric 3 × 3.
  const c00 = sxx * syy - sxy * sxy;
  const c01 = sxy * sy - sx * syy;
  const c02 = sx * sxy - sxx * sy;
  const det = s * c00 + sx * c01 + sy * c02;
  if (!(det > 0)) return { value: 0, slopeX: 0, slopeY: 0, variance: Number.POSITIVE_INFINITY };
  const c11 = s * syy - sy * sy;
  const c12 = sx * sy - s * sxy;
  const c22 = s * sxx - sx * sx;
  return {
    value: (c00 * b + c01 * bx + c02 * by) / det,
    slopeX: (c01 * b + c11 * bx + c12 * by) / det,
    slopeY: (c02 * b + c12 * bx + c22 * by) / det,
    variance: c00 / det,
  };
}

/** By how much the voices differ from the field beyond their own variance, px². */
function misfitOf(crowd: readonly Voice[], fieldX: Field, fieldY: Field): number {
  let excess = 0;
  let weight = 0;
  for (const voice of crowd) {
    const rx = voice.x - at(fieldX, voice);
    const ry = voice.y - at(fieldY, voice);
    excess += voice.weight * (rx * rx + ry * ry - voice.varianceX - voice.varianceY);
    weight += voice.weight;
  }
  return Math.max(LEAST_MISFIT, weight > 0 ? excess / (2 * weight) : 0);
}

/** How many windows tell the same story: one where they stand apart, more where they overlap. */
function overlapOf(crowd: readonly Voice[]): number {
  let sum = 0;
  let x = 0;
  let y = 0;
  let xx = 0;
  let yy = 0;
  for (const { weight, dx, dy } of crowd) {
    sum += weight;
    x += weight * dx;
    y += weight * dy;
    xx += weight * dx * dx;
    yy += weight * dy * dy;
  }
  if (!(sum > 0)) return 1;
  const spreadX = Math.max(0, xx / sum - (x / sum) ** 2);
  const spreadY = Math.max(0, yy / sum - (y / sum) ** 2);
  // Voices spread evenly over a box have a variance of a twelfth of its side squared.
  const area = Math.sqrt((12 * spreadX + WINDOW_AREA) * (12 * spreadY + WINDOW_AREA));
  return Math.max(1, (sum * WINDOW_AREA) / area);
}

function blend(into: Estimate, own: Say, fieldX: Field, fieldY: Field, pull: number, overlap: number): void {
  const { value } = own;
  const shareX = pull / (pull + value.varianceX);
  const shareY = pull / (pull + value.varianceY);
  into.x = fieldX.value + (own.good ? shareX * (value.x - fieldX.value) : 0);
  into.y = fieldY.value + (own.good ? shareY * (value.y - fieldY.value) : 0);
  const spreadX = fieldX.variance * overlap;
  const spreadY = fieldY.variance * overlap;
  into.varianceX = own.good
    ? Math.min(value.varianceX, spreadX + shareX * value.varianceX)
    : spreadX + LEAST_MISFIT;
  into.varianceY = own.good
    ? Math.min(value.varianceY, spreadY + shareY * value.varianceY)
    : spreadY + LEAST_MISFIT;
}
