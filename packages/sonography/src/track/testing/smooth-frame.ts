import type { LumaFrame } from '../../clip.ts';
import { randomFrom } from '../../phantom/random.ts';

/** How a picture is moved: each place of the first lies at `placeAfter` in the second. */
export interface Move {
  readonly x: number;
  readonly y: number;
  /** Lengthening along both axes about the middle, as a share. */
  readonly strain?: number;
}

/** A picture of random waves, exactly known everywhere, moved by as much as is asked. */
export function smoothFrame(
  width: number,
  height: number,
  seed: number,
  move: Move = { x: 0, y: 0 },
): LumaFrame {
  const random = randomFrom(seed);
  const waves = Array.from({ length: 24 }, () => ({
    kx: (random() - 0.5) * 1.1,
    ky: (random() - 0.5) * 1.1,
    phase: random() * 2 * Math.PI,
  }));
  const { x: dx, y: dy, strain = 0 } = move;
  const luma = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const u = (x - dx - width / 2) / (1 + strain) + width / 2;
      const v = (y - dy - height / 2) / (1 + strain) + height / 2;
      let sum = 0;
      for (const { kx, ky, phase } of waves) sum += Math.cos(kx * u + ky * v + phase);
      luma[y * width + x] = Math.min(255, Math.max(0, Math.round(128 + 14 * sum)));
    }
  return { width, height, luma };
}

/** Where a place of the unmoved picture lies in the moved one. */
export function placeAfter(move: Move, width: number, height: number, x: number, y: number) {
  const { x: dx, y: dy, strain = 0 } = move;
  return {
    x: (x - width / 2) * (1 + strain) + width / 2 + dx,
    y: (y - height / 2) * (1 + strain) + height / 2 + dy,
  };
}
