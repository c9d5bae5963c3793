import { FIELD, type Kernels, MOST_HALF, RECORD } from './kernels.ts';
import type { Level, PyramidStore } from './pyramid.ts';

/** A window to find: its place in the reference, and where it may be in the current frame; px within the bounds. */
export interface Window {
  fromX: number;
  fromY: number;
  /** In: a guess. Out: where it is. */
  x: number;
  y: number;
  /** From an offset in the current frame to the offset in the reference; the identity where nothing deforms. */
  readonly warp: Float64Array;
  /** Normalised cross-correlation of the two windows, −1 to 1. */
  correlation: number;
  /** Mean structure tensor and variance of the reference's window. */
  gxx: number;
  gxy: number;
  gyy: number;
  variance: number;
  /** False where there was nothing to follow, or the search ran away. */
  found: boolean;
}

export function windowAt(x: number, y: number): Window {
  const warp = Float64Array.of(1, 0, 0, 1);
  return {
    fromX: x,
    fromY: y,
    x,
    y,
    warp,
    correlation: 0,
    gxx: 0,
    gxy: 0,
    gyy: 0,
    variance: 0,
    found: false,
  };
}

/** How one level is searched. */
interface Search {
  readonly half: number;
  readonly iterations: number;
  readonly epsilon: number;
}

const FINE: Search = { half: MOST_HALF, iterations: 10, epsilon: 0.01 };
/** Coarser levels only bring the next one near. */
const COARSE: Search = { half: 10, iterations: 5, epsilon: 0.05 };

/** Finds windows of one pyramid in another; one call at a time. */
export interface Matcher {
  /** @param coarsest the level to begin at; 0 where the guesses are within two pixels */
  readonly match: (windows: readonly Window[], reference: number, current: number, coarsest: number) => void;
}

/** A matcher for at most so many windows at once. */
export function matcherOf(kernels: Kernels, store: PyramidStore, most: number): Matcher {
  const records = kernels.reserve(most * RECORD * 4);
  return {
    match(windows, reference, current, coarsest) {
      if (windows.length > most) throw new RangeError(`room for ${most} windows, not for ${windows.length}`);
      for (let index = Math.min(coarsest, store.levels.length - 1); index >= 0; index--) {
        const level = store.levels[index];
        if (!level) continue;
        const search = index === 0 ? FINE : COARSE;
        const share = 2 ** -index;
        const ask = new Float32Array(kernels.buffer(), records, windows.length * RECORD);
        for (let i = 0; i < windows.length; i++)
          write(ask, i * RECORD, windows[i] as Window, level, search, share);
        kernels.follow(
          reference + level.origin,
          current + level.origin,
          level.stride,
          level.width,
          level.height,
          search.half,
          records,
          windows.length,
          search.iterations,
          search.epsilon,
        );
        const answer = new Float32Array(kernels.buffer(), records, windows.length * RECORD);
        for (let i = 0; i < windows.length; i++)
          read(answer, i * RECORD, windows[i] as Window, level, search, share);
      }
    },
  };
}

/** The middle of a window that lies within the level, on whole pixels: so the reference is never blurred. */
function centreOf(place: number, size: number, half: number): number {
  return Math.min(size - 2 - half, Math.max(half + 1, Math.round(place)));
}

function write(
  to: Float32Array,
  at: number,
  window: Window,
  level: Level,
  { half }: Search,
  share: number,
): void {
  const { warp } = window;
  const cx = centreOf(window.fromX * share, level.width, half);
  const cy = centreOf(window.fromY * share, level.height, half);
  const [vx, vy] = offsetOf(window, cx, cy, share);
  to[at + FIELD.centreX] = cx;
  to[at + FIELD.centreY] = cy;
  to[at + FIELD.x] = window.x * share - vx;
  to[at + FIELD.y] = window.y * share - vy;
  for (let k = 0; k < 4; k++) to[at + FIELD.warp + k] = warp[k] as number;
}

function read(
  from: Float32Array,
  at: number,
  window: Window,
  level: Level,
  { half }: Search,
  share: number,
): void {
  const field = (index: number) => from[at + index] as number;
  const [vx, vy] = offsetOf(window, field(FIELD.centreX), field(FIELD.centreY), share);
  const x = (field(FIELD.x) + vx) / share;
  const y = (field(FIELD.y) + vy) / share;
  const reach = (half + 1) / share;
  const near = Math.abs(x - window.x) < reach && Math.abs(y - window.y) < reach;
  const found = near && field(FIELD.iterations) > 0 && Number.isFinite(x + y);
  const inside = x > -2 && y > -2 && x * share < level.width + 1 && y * share < level.height + 1;
  window.found = found && inside;
  window.correlation = window.found ? field(FIELD.correlation) : 0;
  window.gxx = field(FIELD.gxx);
  window.gxy = field(FIELD.gxy);
  window.gyy = field(FIELD.gyy);
  window.variance = field(FIELD.variance);
  // A level that finds nothing leaves the guess to the next.
  if (!window.found) return;
  window.x = x;
  window.y = y;
}

/** How far the place lies from the middle of its window, as seen in the current frame. */
function offsetOf(window: Window, cx: number, cy: number, share: number): [number, number] {
  const ox = window.fromX * share - cx;
  const oy = window.fromY * share - cy;
  const [xx = 1, xy = 0, yx = 0, yy = 1] = window.warp;
  if (xx === 1 && xy === 0 && yx === 0 && yy === 1) return [ox, oy];
  const det = xx * yy - xy * yx;
  return [(yy * ox - xy * oy) / det, (xx * oy - yx * ox) / det];
}
