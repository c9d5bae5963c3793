/**
 * A curve without what is faster than `cutoffHz`, and without delay: a Butterworth low-pass of second order run forwards
 * and backwards, which makes it of fourth order, its cut-off corrected for the two passes. Each run of known values is
 * filtered by itself; values stay NaN where they were.
 * Source: Winter DA. Biomechanics and Motor Control of Human Movement, 4th ed., 2009, section 2.4.4.
 */
export function lowPass(values: Float64Array, rateHz: number, cutoffHz: number): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  if (cutoffHz >= rateHz / 2) return values.slice();
  const coefficients = butterworth(rateHz, cutoffHz);
  for (const [from, to] of knownRuns(values))
    result.set(bothWays(values.subarray(from, to), coefficients), from);
  return result;
}

/** Where a curve is known: first and past-the-last index of each run. */
export function knownRuns(values: Float64Array): (readonly [from: number, to: number])[] {
  const runs: (readonly [number, number])[] = [];
  let from = -1;
  for (let index = 0; index <= values.length; index++) {
    const known = index < values.length && Number.isFinite(values[index]);
    if (known && from < 0) from = index;
    if (!known && from >= 0) {
      runs.push([from, index]);
      from = -1;
    }
  }
  return runs;
}

interface Coefficients {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** Two passes would lower the cut-off; this is the factor that keeps it. */
const TWO_PASSES = (2 ** (1 / 2) - 1) ** (1 / 4);

function butterworth(rateHz: number, cutoffHz: number): Coefficients {
  const w = Math.tan((Math.PI * cutoffHz) / rateHz) / TWO_PASSES;
  const k = Math.SQRT2 * w;
  const scale = 1 / (1 + k + w * w);
  const b0 = w * w * scale;
  return { b: [b0, 2 * b0, b0], a: [2 * (w * w - 1) * scale, (1 - k + w * w) * scale] };
}

/** The ends are prolonged by their mirror image about the end point, so that the filter has settled when it matters. */
function bothWays(values: Float64Array, coefficients: Coefficients): Float64Array {
  const n = values.length;
  const reach = Math.min(n - 1, 100);
  const first = values[0] ?? 0;
  const last = values[n - 1] ?? 0;
  const long = new Float64Array(n + 2 * reach);
  long.set(values, reach);
  for (let step = 1; step <= reach; step++) {
    long[reach - step] = 2 * first - (values[step] ?? first);
    long[reach + n - 1 + step] = 2 * last - (values[n - 1 - step] ?? last);
  }
  pass(long, coefficients);
  long.reverse();
  pass(long, coefficients);
  long.reverse();
  return long.subarray(reach, reach + n);
}

/** One pass in place, started as if the first value had always been there. */
function pass(values: Float64Array, { b, a }: Coefficients): void {
  const [b0, b1, b2] = b;
  const [a1, a2] = a;
  const start = values[0] ?? 0;
  let [x1, x2, y1, y2] = [start, start, start, start];
  for (let index = 0; index < values.length; index++) {
    const x = values[index] as number;
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    values[index] = y;
  }
}
