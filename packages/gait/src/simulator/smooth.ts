/** A number that depends on another. */
export type Curve = (at: number) => number;

/** From 0 at 0 to 1 at 1, at rest and without acceleration at both ends; constant outside. */
export function ease(at: number): number {
  const s = Math.max(0, Math.min(1, at));
  return s * s * s * (10 + s * (6 * s - 15));
}

/** A hump from 0 at 0 over 1 in the middle to 0 at 1, at rest and without acceleration at both ends. */
export function hump(at: number): number {
  const s = Math.max(0, Math.min(1, at));
  return 64 * (s * (1 - s)) ** 3;
}

/** Value, first and second derivative of a curve at a point. */
export interface Jet {
  readonly value: number;
  readonly slope: number;
  readonly bend: number;
}

/** The jet of a curve, from values on one side only (`side` is −1 for those before the point). */
export function jetOf(curve: Curve, at: number, side: 1 | -1): Jet {
  const step = 1e-3;
  const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((n) => curve(at + side * n * step)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    value: a,
    slope: (side * (-25 * a + 48 * b - 36 * c + 16 * d - 3 * e)) / (12 * step),
    bend: (35 * a - 104 * b + 114 * c - 56 * d + 11 * e) / (12 * step * step),
  };
}

export function minus(a: Jet, b: Jet): Jet {
  return { value: a.value - b.value, slope: a.slope - b.slope, bend: a.bend - b.bend };
}

/** The polynomial of fifth degree with given jets at two points. */
export function bridge(from: number, start: Jet, to: number, end: Jet): Curve {
  const h = to - from;
  const [v0, s0, b0] = [start.value, start.slope * h, (start.bend * h * h) / 2];
  const dv = end.value - v0 - s0 - b0;
  const ds = end.slope * h - s0 - 2 * b0;
  const db = (end.bend * h * h) / 2 - b0;
  const [c3, c4, c5] = [10 * dv - 4 * ds + db, -15 * dv + 7 * ds - 2 * db, 6 * dv - 3 * ds + db];
  return (at) => {
    const s = (at - from) / h;
    return v0 + s * (s0 + s * (b0 + s * (c3 + s * (c4 + s * c5))));
  };
}

/** A curve of period 1 as a mean and harmonics: `[n, amplitude, phase]` adds amplitude · cos 2π(n at − phase). */
export function fourier(
  mean: number,
  ...harmonics: readonly (readonly [n: number, amplitude: number, phase: number])[]
): Curve {
  return (at) =>
    harmonics.reduce(
      (sum, [n, amplitude, phase]) => sum + amplitude * Math.cos(2 * Math.PI * (n * at - phase)),
      mean,
    );
}

/** The natural cubic spline through points with rising `xs`; straight lines outside. */
export function splineThrough(xs: readonly number[], ys: readonly number[]): Curve {
  const n = xs.length;
  const [x, y] = [(i: number) => xs[i] as number, (i: number) => ys[i] as number];
  const bends = new Float64Array(n);
  const carried = new Float64Array(n);
  for (let i = 1; i < n - 1; i++) {
    const part = (x(i) - x(i - 1)) / (x(i + 1) - x(i - 1));
    const pivot = part * (bends[i - 1] as number) + 2;
    const kink = (y(i + 1) - y(i)) / (x(i + 1) - x(i)) - (y(i) - y(i - 1)) / (x(i) - x(i - 1));
    bends[i] = (part - 1) / pivot;
    carried[i] = ((6 * kink) / (x(i + 1) - x(i - 1)) - part * (carried[i - 1] as number)) / pivot;
  }
  for (let i = n - 2; i >= 0; i--)
    bends[i] = (bends[i] as number) * (bends[i + 1] as number) + (carried[i] as number);
  bends[0] = 0;
  const slope = (i: number, end: 0 | 1) => {
    const h = x(i + 1) - x(i);
    const [b0, b1] = [bends[i] as number, bends[i + 1] as number];
    return (y(i + 1) - y(i)) / h + (end ? (h * (b0 + 2 * b1)) / 6 : (-h * (2 * b0 + b1)) / 6);
  };
  return (at) => {
    if (at <= x(0)) return y(0) + slope(0, 0) * (at - x(0));
    if (at >= x(n - 1)) return y(n - 1) + slope(n - 2, 1) * (at - x(n - 1));
    let [i, after] = [0, n - 1];
    while (after - i > 1) {
      const between = (i + after) >> 1;
      if (x(between) > at) after = between;
      else i = between;
    }
    const h = x(i + 1) - x(i);
    const [a, b] = [(x(i + 1) - at) / h, (at - x(i)) / h];
    const [b0, b1] = [bends[i] as number, bends[i + 1] as number];
    return a * y(i) + b * y(i + 1) + (((a ** 3 - a) * b0 + (b ** 3 - b) * b1) * h * h) / 6;
  };
}

/** The curve of period 1 through points `[at, value]` with `at` from 0 to below 1, smooth to the second derivative. */
export function loopThrough(points: readonly (readonly [at: number, value: number])[]): Curve {
  // Three rounds of the points: what the ends of a natural spline do wrong has died away in the middle one.
  const rounds = [-2, -1, 0, 1, 2].flatMap((round) =>
    points.map(([at, value]) => [at + round, value] as const),
  );
  const spline = splineThrough(
    rounds.map(([at]) => at),
    rounds.map(([, value]) => value),
  );
  return (at) => spline(at - Math.floor(at));
}
