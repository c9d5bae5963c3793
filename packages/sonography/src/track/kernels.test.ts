import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LumaFrame } from '../clip.ts';
import { randomFrom } from '../phantom/random.ts';
import type { Kernels } from './kernels.ts';
import { matcherOf, type Window, windowAt } from './match-windows.ts';
import { plainKernels } from './plain-kernels.ts';
import { pyramidStore } from './pyramid.ts';
import { smoothFrame } from './testing/smooth-frame.ts';
import { wasmKernels } from './wasm-kernels.ts';

const KERNELS = join(import.meta.dirname, '..', '..', 'kernels');

describe('the compiled kernels', () => {
  it('are what their sources compile to', () => {
    const made = execFileSync(process.execPath, [join(KERNELS, 'build.mjs'), '--print'], {
      encoding: 'utf8',
    });
    expect(made).toBe(readFileSync(join(import.meta.dirname, 'kernels-wasm.ts'), 'utf8'));
  });

  it.each([
    [64, 48],
    [97, 75],
    [130, 61],
  ])('make the same pyramid of a random %i × %i frame as plain TypeScript', (width, height) => {
    const random = randomFrom(width);
    const luma = Uint8Array.from({ length: width * height }, () => Math.floor(random() * 256));
    const [one, other] = [wasmKernels(), plainKernels()].map((kernels) =>
      pyramidPixels(kernels, { width, height, luma }),
    ) as [Float32Array[], Float32Array[]];
    expect(one.length).toBe(other.length);
    one.forEach((level, n) => {
      for (let i = 0; i < level.length; i++)
        expect(Math.abs((level[i] ?? 0) - (other[n]?.[i] ?? 0))).toBeLessThan(1e-3);
    });
  });

  it('find windows where plain TypeScript finds them, deformed and beside the border too', () => {
    const [first, second] = [
      smoothFrame(160, 120, 7),
      smoothFrame(160, 120, 7, { x: 1.7, y: -2.3, strain: 0.03 }),
    ];
    const [one, other] = [wasmKernels(), plainKernels()].map((kernels) =>
      matched(kernels, first, second),
    ) as [Window[], Window[]];
    let compared = 0;
    one.forEach((window, n) => {
      const twin = other[n] as Window;
      expect(window.found).toBe(twin.found);
      if (!window.found) return;
      expect(Math.hypot(window.x - twin.x, window.y - twin.y)).toBeLessThan(0.01);
      expect(Math.abs(window.correlation - twin.correlation)).toBeLessThan(1e-3);
      expect(Math.abs(window.gxx / twin.gxx - 1)).toBeLessThan(1e-3);
      compared += 1;
    });
    expect(compared).toBeGreaterThan(60);
  });
});

function pyramidPixels(kernels: Kernels, frame: LumaFrame): Float32Array[] {
  const bounds = { left: 0, top: 0, right: frame.width - 1, bottom: frame.height - 1 };
  const store = pyramidStore(kernels, frame, bounds);
  const at = store.reserve();
  store.build(frame, at);
  return store.levels.map(({ width, height, stride, origin }) => {
    const pixels = new Float32Array(kernels.buffer());
    // The margin's first columns and rows as well: windows reach into it.
    return Float32Array.from({ length: (width + 8) * (height + 8) }, (_, i) => {
      const [x, y] = [(i % (width + 8)) - 4, Math.floor(i / (width + 8)) - 4];
      return pixels[(at + origin) / 4 + y * stride + x] as number;
    });
  });
}

function matched(kernels: Kernels, first: LumaFrame, second: LumaFrame): Window[] {
  const bounds = { left: 0, top: 0, right: first.width - 1, bottom: first.height - 1 };
  const store = pyramidStore(kernels, first, bounds);
  const [one, other] = [store.reserve(), store.reserve()];
  store.build(first, one);
  store.build(second, other);
  const windows: Window[] = [];
  for (let y = 2; y < 120; y += 13) for (let x = 3; x < 160; x += 17) windows.push(windowAt(x, y));
  windows.forEach((window, n) => {
    if (n % 2 === 1) window.warp.set([1.03, 0.01, -0.02, 0.98]);
  });
  matcherOf(kernels, store, windows.length).match(windows, one, other, 2);
  return windows;
}
