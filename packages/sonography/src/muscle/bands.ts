import type { Plane } from './plane.ts';

/** A bright band across the picture: its height in each column of the working plane. */
export interface Band {
  readonly y: Float64Array;
  /** Mean line strength along it. */
  readonly strength: number;
  /** Share of the columns in which it stands out. */
  readonly share: number;
}

/** The strongest near-horizontal bands from side to side, none crossing another, strongest first. */
export function findBands(strength: Plane, count: number, apart: number, stands: number): Band[] {
  const gap = Math.max(1, Math.round(apart));
  const left = { ...strength, values: strength.values.slice() };
  const bands: Band[] = [];
  for (let i = 0; i < count; i++) {
    const y = bestPath(left);
    bands.push(bandOf(strength, y, stands));
    wipe(left, y, gap);
  }
  return bands;
}

// A step up or down costs as much as leaving a clear band for a column, so that no path hops between layers.
const STEEPEST_COST = 0.5;

// The path of greatest sum from the left side to the right, one step up or down at most in each column.
function bestPath({ width, height, values }: Plane): Float64Array {
  const total = new Float64Array(width * height);
  const from = new Int8Array(width * height);
  for (let y = 0; y < height; y++) total[y * width] = values[y * width] ?? 0;
  for (let x = 1; x < width; x++)
    for (let y = 0; y < height; y++) {
      let best = total[y * width + x - 1] ?? 0;
      let step = 0;
      const above = y > 0 ? (total[(y - 1) * width + x - 1] ?? 0) - STEEPEST_COST : -Infinity;
      const below = y < height - 1 ? (total[(y + 1) * width + x - 1] ?? 0) - STEEPEST_COST : -Infinity;
      if (above > best) [best, step] = [above, -1];
      if (below > best) [best, step] = [below, 1];
      total[y * width + x] = best + (values[y * width + x] ?? 0);
      from[y * width + x] = step;
    }
  let y = 0;
  for (let at = 1; at < height; at++)
    if ((total[at * width + width - 1] ?? 0) > (total[y * width + width - 1] ?? 0)) y = at;
  const path = new Float64Array(width);
  for (let x = width - 1; x >= 0; x--) {
    path[x] = y;
    y += from[y * width + x] ?? 0;
  }
  return path;
}

function bandOf({ width, height, values }: Plane, y: Float64Array, stands: number): Band {
  let sum = 0;
  let standing = 0;
  for (let x = 0; x < width; x++) {
    const value = values[Math.min(height - 1, y[x] ?? 0) * width + x] ?? 0;
    sum += Math.max(0, value);
    if (value > stands) standing++;
  }
  return { y, strength: sum / width, share: standing / width };
}

function wipe({ width, height, values }: Plane, path: Float64Array, apart: number): void {
  for (let x = 0; x < width; x++) {
    const middle = path[x] ?? 0;
    const to = Math.min(height - 1, middle + apart);
    for (let y = Math.max(0, middle - apart); y <= to; y++) values[y * width + x] = -5;
  }
}
