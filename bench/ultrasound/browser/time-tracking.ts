import type { LumaFrame, PointPx } from '@rectus/sonography';
import { createTracker } from '@rectus/sonography';
import type { Kernels } from '../../../packages/sonography/src/track/kernels.ts';
import { matcherOf, windowAt } from '../../../packages/sonography/src/track/match-windows.ts';
import { plainKernels } from '../../../packages/sonography/src/track/plain-kernels.ts';
import { pyramidStore } from '../../../packages/sonography/src/track/pyramid.ts';
import { wasmKernels } from '../../../packages/sonography/src/track/wasm-kernels.ts';
import { fourHundred, speckleFrames } from './speed-frames.ts';

/** Milliseconds for each frame, medians. */
export interface Times {
  /** Pyramid and search of 400 windows of 31 × 31 px, one way. */
  readonly kernelMs: number;
  /** Pyramids, there and back, local affine fields, key frame, loss and errors. */
  readonly trackMs: number;
  readonly plainKernelMs: number;
  readonly plainTrackMs: number;
}

/** Times compiled kernels and plain TypeScript on the same frames. */
export function timeTracking(count: number): Times {
  const frames = speckleFrames(count);
  const marks = fourHundred();
  return {
    kernelMs: kernelMs(wasmKernels(), frames, marks),
    trackMs: trackMs(wasmKernels(), frames, marks),
    plainKernelMs: kernelMs(plainKernels(), frames.slice(0, 5), marks),
    plainTrackMs: trackMs(plainKernels(), frames.slice(0, 5), marks),
  };
}

function kernelMs(kernels: Kernels, frames: readonly LumaFrame[], marks: readonly PointPx[]): number {
  const [first] = frames;
  if (!first) throw new Error('no frames');
  const store = pyramidStore(kernels, first, { left: 0, top: 0, right: 639, bottom: 479 });
  const matcher = matcherOf(kernels, store, marks.length);
  let [previous, current] = [store.reserve(), store.reserve()];
  store.build(first, previous);
  const times: number[] = [];
  for (const frame of frames.slice(1)) {
    const windows = marks.map(({ x, y }) => windowAt(x, y));
    const before = performance.now();
    store.build(frame, current);
    matcher.match(windows, previous, current, 3);
    times.push(performance.now() - before);
    [previous, current] = [current, previous];
  }
  return median(times);
}

function trackMs(kernels: Kernels, frames: readonly LumaFrame[], marks: readonly PointPx[]): number {
  const [first, ...rest] = frames;
  if (!first) throw new Error('no frames');
  const tracker = createTracker(first, marks, { kernels, mostSupports: 0 });
  return median(
    rest.map((frame) => {
      const before = performance.now();
      tracker.step(frame);
      return performance.now() - before;
    }),
  );
}

/** Milliseconds to follow marks through all frames, once. */
export function followAll(frames: readonly LumaFrame[], marks: readonly PointPx[]): number {
  const [first, ...rest] = frames;
  if (!first) throw new Error('no frames');
  const tracker = createTracker(first, marks, { mostSupports: 0 });
  const before = performance.now();
  for (const frame of rest) tracker.step(frame);
  return performance.now() - before;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
