import type { Estimate, Feature, Link } from './feature.ts';

/** One feature's say in a field: its own value, and whether it may be trusted at all. */
export interface Say {
  readonly feature: Feature;
  readonly value: Estimate;
  readonly good: boolean;
}

/** Deformation that two neighbouring pixels may differ by: keeps the fit tame where neighbours stand on one side. */
const STRAIN = 0.03;
/** Residuals beyond so many deviations hardly count (Geman and McClure's weight); the first round is more patient. */
const SCALES = [7.5, 4, 2.5];
/** Windows overlap: so much of the plane, px², holds one independent window. */
const WINDOW_AREA = 31 * 31;
/** What two places of one tissue may differ by, beyond an affine field, px². */
const LEAST_MISFIT = 0.01 ** 2;

/** Whom a field asks, where not the feature's own links and windows that overlap as windows do. */
export interface Circle {
  readonly links: readonly Link[];
  /** So much of the plane, px², holds one independent voice. */
  readonly area: number;
}

/**
 * A robust local affine field (iteratively reweighted least squares): `into` gets the field's value at the feature,
 * drawn back towards the feature's own value by as much as its neighbours differ from an affine field. A feature that
 * may be trusted starts from its own value and so stays on its own side of a tear; another starts from the median.
 * Returns which share of the weight agrees, 0 to 1; with nobody to ask, 0 and an infinite variance.
 */
export function smoothField(says: readonly Say[], index: number, into: Estimate, circle?: Circle): number {
  const own = says[index] as Say;
  gather(says, own, circle?.links ?? own.feature.links);
  if (voices.count === 0) {
    into.varianceX = Number.POSITIVE_INFINITY;
    into.varianceY = Number.POSITIVE_INFINITY;
    return 0;
  }
  start(own);
  let misfit = LEAST_MISFIT;
  let agreement = 0;
  for (const scale of SCALES) {
    agreement = reweigh(misfit, scale);
    solve(voices.x, voices.varianceX, misfit, fieldX);
    solve(voices.y, voices.varianceY, misfit, fieldY);
    misfit = misfitNow();
  }
  const overlap = overlapNow(circle?.area ?? WINDOW_AREA);
  const { value, good } = own;
  blend(into, 'x', fieldX, good, value.x, value.varianceX, misfit, overlap);
  blend(into, 'y', fieldY, good, value.y, value.varianceY, misfit, overlap);
  return agreement;
}

/** As many as a feature and its neighbours can be. */
const MOST_VOICES = 64;

/**
 * The neighbours of the feature at hand, side by side in arrays that are used anew for each: this is the innermost
 * loop of everything that is not a kernel.
 */
const voices = {
  count: 0,
  /** Where each stands, seen from the feature, px. */
  dx: new Float64Array(MOST_VOICES),
  dy: new Float64Array(MOST_VOICES),
  x: new Float64Array(MOST_VOICES),
  y: new Float64Array(MOST_VOICES),
  varianceX: new Float64Array(MOST_VOICES),
  varianceY: new Float64Array(MOST_VOICES),
  base: new Float64Array(MOST_VOICES),
  weight: new Float64Array(MOST_VOICES),
};

/** Value at the feature, its slopes, and the value's variance were all voices independent. */
interface Field {
  value: number;
  slopeX: number;
  slopeY: number;
  variance: number;
}

const fieldX: Field = { value: 0, slopeX: 0, slopeY: 0, variance: 0 };
const fieldY: Field = { value: 0, slopeX: 0, slopeY: 0, variance: 0 };

function gather(says: readonly Say[], own: Say, links: readonly Link[]): void {
  const { place } = own.feature;
  voices.count = 0;
  if (own.good) add(own, place, 1);
  for (const { other, nearness, together } of links) {
    const base = nearness * together;
    if (base <= 0.01) continue;
    const say = says[other.id] as Say;
    if (say.good) add(say, place, base);
  }
}

function add({ feature, value }: Say, from: Estimate, base: number): void {
  const n = voices.count;
  if (n >= MOST_VOICES) return;
  voices.dx[n] = feature.place.x - from.x;
  voices.dy[n] = feature.place.y - from.y;
  voices.x[n] = value.x;
  voices.y[n] = value.y;
  voices.varianceX[n] = value.varianceX;
  voices.varianceY[n] = value.varianceY;
  voices.base[n] = base;
  voices.count = n + 1;
}

function start(own: Say): void {
  fieldX.value = own.good ? own.value.x : medianOf(voices.x);
  fieldY.value = own.good ? own.value.y : medianOf(voices.y);
  for (const field of [fieldX, fieldY]) {
    field.slopeX = 0;
    field.slopeY = 0;
  }
}

function medianOf(values: Float64Array): number {
  return values.slice(0, voices.count).sort()[voices.count >> 1] as number;
}

function reweigh(misfit: number, scale: number): number {
  let agreeing = 0;
  let all = 0;
  for (let n = 0; n < voices.count; n++) {
    const rx = residual(voices.x, fieldX, n);
    const ry = residual(voices.y, fieldY, n);
    const square =
      (rx * rx) / ((voices.varianceX[n] as number) + misfit) +
      (ry * ry) / ((voices.varianceY[n] as number) + misfit);
    const doubt = 1 + square / (2 * scale * scale);
    const base = voices.base[n] as number;
    const weight = base / (doubt * doubt);
    voices.weight[n] = weight;
    agreeing += weight;
    all += base;
  }
  return all > 0 ? agreeing / all : 0;
}

function residual(values: Float64Array, { value, slopeX, slopeY }: Field, n: number): number {
  return (
    (values[n] as number) - value - slopeX * (voices.dx[n] as number) - slopeY * (voices.dy[n] as number)
  );
}

/** Weighted least squares of value and two slopes, the slopes held near nought. */
function solve(values: Float64Array, variances: Float64Array, misfit: number, into: Field): void {
  const hold = 1 / (STRAIN * STRAIN);
  let s = 0;
  let sx = 0;
  let sy = 0;
  let sxx = hold;
  let sxy = 0;
  let syy = hold;
  let b = 0;
  let bx = 0;
  let by = 0;
  for (let n = 0; n < voices.count; n++) {
    const dx = voices.dx[n] as number;
    const dy = voices.dy[n] as number;
    const value = values[n] as number;
    const w = (voices.weight[n] as number) / ((variances[n] as number) + misfit);
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
  if (!(det > 0)) {
    Object.assign(into, { value: 0, slopeX: 0, slopeY: 0, variance: Number.POSITIVE_INFINITY });
    return;
  }
  into.value = (c00 * b + c01 * bx + c02 * by) / det;
  into.slopeX = (c01 * b + (s * syy - sy * sy) * bx + (sx * sy - s * sxy) * by) / det;
  into.slopeY = (c02 * b + (sx * sy - s * sxy) * bx + (s * sxx - sx * sx) * by) / det;
  into.variance = c00 / det;
}

/** By how much the voices differ from the field beyond their own variance, px². */
function misfitNow(): number {
  let excess = 0;
  let all = 0;
  for (let n = 0; n < voices.count; n++) {
    const rx = residual(voices.x, fieldX, n);
    const ry = residual(voices.y, fieldY, n);
    const weight = voices.weight[n] as number;
    const told = (voices.varianceX[n] as number) + (voices.varianceY[n] as number);
    excess += weight * (rx * rx + ry * ry - told);
    all += weight;
  }
  return Math.max(LEAST_MISFIT, all > 0 ? excess / (2 * all) : 0);
}

/** Voices may differ from the field by chance so many times their variance; beyond the most they say nothing more. */
const CHANCE = 1.5;
const MOST_EXCESS = 50;

/**
 * By how much the voices of the last `smoothField` differ from its field beyond chance, px² along one axis: all of
 * them by their distance alone, those too that the field left out.
 */
export function excessOfVoices(): number {
  let excess = 0;
  let all = 0;
  for (let n = 0; n < voices.count; n++) {
    const rx = residual(voices.x, fieldX, n);
    const ry = residual(voices.y, fieldY, n);
    const [vx, vy] = [voices.varianceX[n] as number, voices.varianceY[n] as number];
    const base = voices.base[n] as number;
    const x = Math.min(MOST_EXCESS * vx, rx * rx) - CHANCE * vx;
    const y = Math.min(MOST_EXCESS * vy, ry * ry) - CHANCE * vy;
    excess += base * (x + y);
    all += base;
  }
  return all > 0 ? Math.max(0, excess / (2 * all)) : 0;
}

/** How many windows tell the same story: one where they stand apart, more where they overlap. */
function overlapNow(windowArea: number): number {
  let sum = 0;
  let x = 0;
  let y = 0;
  let xx = 0;
  let yy = 0;
  for (let n = 0; n < voices.count; n++) {
    const weight = voices.weight[n] as number;
    const dx = voices.dx[n] as number;
    const dy = voices.dy[n] as number;
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
  const area = Math.sqrt((12 * spreadX + windowArea) * (12 * spreadY + windowArea));
  return Math.max(1, (sum * windowArea) / area);
}

/** The field's value, drawn to the feature's own by the share of the doubt that is the field's. */
function blend(
  into: Estimate,
  part: 'x' | 'y',
  field: Field,
  good: boolean,
  own: number,
  ownVariance: number,
  misfit: number,
  overlap: number,
): void {
  const share = good ? misfit / (misfit + ownVariance) : 0;
  const spread = field.variance * overlap;
  const variance = good ? Math.min(ownVariance, spread + share * ownVariance) : spread + LEAST_MISFIT;
  into[part] = field.value + share * (own - field.value);
  if (part === 'x') into.varianceX = variance;
  else into.varianceY = variance;
}
