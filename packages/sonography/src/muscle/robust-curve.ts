/** y = c0 + c1·x + c2·x² through points, with how well they lie on it. */
export interface Curve {
  readonly coefficients: readonly [number, number, number];
  /** Robust spread of the points about the curve, in the unit of y. */
  readonly spread: number;
  /** First and last x of the points that the curve rests on. */
  readonly from: number;
  readonly to: number;
  /** Share of the points that it rests on. */
  readonly inliers: number;
}

const ROUNDS = 8;
// Tukey's biweight with 95 % efficiency for normal errors.
const TUKEY = 4.685;

/** The y of the curve at x. */
export function curveAt({ coefficients: [c0, c1, c2] }: Curve, x: number): number {
  return c0 + x * (c1 + x * c2);
}

/** A parabola by iteratively reweighted least squares, blind to points far off; null where too few points agree. */
export function robustCurve(xs: readonly number[], ys: readonly number[], floor: number): Curve | null {
  if (xs.length < 6) return null;
  const middle = ((xs[0] ?? 0) + (xs.at(-1) ?? 0)) / 2;
  const reach = Math.max(1e-9, ((xs.at(-1) ?? 0) - (xs[0] ?? 0)) / 2);
  const us = xs.map((x) => (x - middle) / reach);
  let weights = xs.map(() => 1);
  let fitted: [number, number, number] | null = null;
  let spread = 0;
  for (let round = 0; round < ROUNDS; round++) {
    fitted = parabola(us, ys, weights);
    if (!fitted) return null;
    const [a, b, c] = fitted;
    const off = us.map((u, i) => (ys[i] ?? 0) - (a + u * (b + u * c)));
    spread = Math.max(floor, 1.4826 * medianOf(off.map(Math.abs)));
    const limit = TUKEY * spread;
    weights = off.map((value) => (Math.abs(value) < limit ? (1 - (value / limit) ** 2) ** 2 : 0));
  }
  if (!fitted) return null;
  const kept = xs.filter((_, i) => (weights[i] ?? 0) > 0.2);
  const [a, b, c] = fitted;
  const c2 = c / reach ** 2;
  const c1 = b / reach - 2 * c2 * middle;
  return {
    coefficients: [a - (b * middle) / reach + c2 * middle * middle, c1, c2],
    spread,
    from: kept[0] ?? 0,
    to: kept.at(-1) ?? 0,
    inliers: kept.length / xs.length,
  };
}

function parabola(
  us: readonly number[],
  ys: readonly number[],
  weights: readonly number[],
): [number, number, number] | null {
  const s = [0, 0, 0, 0, 0];
  const t = [0, 0, 0];
  us.forEach((u, i) => {
    const weight = weights[i] ?? 0;
    for (let power = 0, value = weight; power < 5; power++, value *= u) {
      s[power] = (s[power] ?? 0) + value;
      if (power < 3) t[power] = (t[power] ?? 0) + value * (ys[i] ?? 0);
    }
  });
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0] = s;
  const [t0 = 0, t1 = 0, t2 = 0] = t;
  const det = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
  if (Math.abs(det) < 1e-12) return null;
  return [
    (t0 * (s2 * s4 - s3 * s3) - s1 * (t1 * s4 - s3 * t2) + s2 * (t1 * s3 - s2 * t2)) / det,
    (s0 * (t1 * s4 - t2 * s3) - t0 * (s1 * s4 - s2 * s3) + s2 * (s1 * t2 - s2 * t1)) / det,
    (s0 * (s2 * t2 - s3 * t1) - s1 * (s1 * t2 - s2 * t1) + t0 * (s1 * s3 - s2 * s2)) / det,
  ];
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
