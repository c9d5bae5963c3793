import { makePlane, type Plane } from './plane.ts';

/** For each pixel the best line through it: how strong, and which of the angles. */
export interface LineField {
  readonly strength: Plane;
  /** Index into the angles that were tried, one for each pixel. */
  readonly best: Uint8Array;
  readonly anglesDeg: readonly number[];
}

/**
 * The mean along a straight segment of `length` pixels through each pixel, for each angle (degrees, clockwise on the
 * screen: y runs down), and the best of them. Long means see fibres through speckle, which a gradient does not.
 */
export function lineField(plane: Plane, anglesDeg: readonly number[], length: number): LineField {
  const strength = makePlane(plane.width, plane.height);
  strength.values.fill(-Infinity);
  const best = new Uint8Array(plane.width * plane.height);
  const sums = new Float64Array(plane.width + 1);
  anglesDeg.forEach((angle, index) => {
    const slope = Math.tan((angle * Math.PI) / 180);
    const half = Math.max(1, Math.round((length * Math.cos((angle * Math.PI) / 180)) / 2));
    tryAngle(plane, slope, half, sums, strength.values, best, index);
  });
  return { strength, best, anglesDeg };
}

// Walks every line of one slope that crosses the plane, so that each pixel gets its mean once: a running sum costs
// the same for any length. This is the hot loop of the search, and is written for speed.
function tryAngle(
  { width, height, values }: Plane,
  slope: number,
  half: number,
  sums: Float64Array,
  strength: Float32Array,
  best: Uint8Array,
  index: number,
): void {
  const rise = slope * (width - 1);
  const first = Math.floor(Math.min(0, -rise));
  const last = Math.ceil(Math.max(height - 1, height - 1 - rise));
  for (let start = first; start <= last; start++) {
    const [from, to] = inside(start, slope, width, height);
    if (from > to) continue;
    let sum = 0;
    let y = start + slope * from;
    sums[from] = 0;
    for (let x = from; x <= to; x++, y += slope) {
      const top = y | 0;
      const at = top * width + x;
      const upper = values[at] as number;
      sum += top + 1 < height ? upper + (y - top) * ((values[at + width] as number) - upper) : upper;
      sums[x + 1] = sum;
    }
    const least = 1.5 * half;
    y = start + slope * from + 0.5;
    for (let x = from; x <= to; x++, y += slope) {
      const right = x + half > to ? to : x + half;
      const left = x - half < from ? from : x - half;
      const span = right - left + 1;
      // A segment cut short by the border counts in proportion to what is left of it.
      const mean = ((sums[right + 1] as number) - (sums[left] as number)) / (span > least ? span : least);
      const at = (y | 0) * width + x;
      if (mean <= (strength[at] as number)) continue;
      strength[at] = mean;
      best[at] = index;
    }
  }
}

function inside(start: number, slope: number, width: number, height: number): [number, number] {
  if (Math.abs(slope) < 1e-9) return start >= 0 && start <= height - 1 ? [0, width - 1] : [1, 0];
  const top = -start / slope;
  const bottom = (height - 1 - start) / slope;
  const from = Math.max(0, Math.ceil(Math.min(top, bottom)));
  const to = Math.min(width - 1, Math.floor(Math.max(top, bottom)));
  return [from, to];
}
