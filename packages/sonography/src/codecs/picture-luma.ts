import type { LumaFrame } from '../clip.ts';
import type { Picture } from './picture.ts';

/**
 * The luma of a picture. Grey samples are taken as they are; more than eight bits are brought down to eight.
 *
 * Source of the weights: ITU-R BT.601, which JPEG uses.
 */
export function lumaOf({ width, height, channels, bits, samples }: Picture): LumaFrame {
  const luma = new Uint8Array(width * height);
  const shift = Math.max(0, bits - 8);
  if (channels < 3) {
    for (let at = 0; at < luma.length; at++) luma[at] = (samples[at * channels] ?? 0) >> shift;
    return { width, height, luma };
  }
  for (let at = 0, from = 0; at < luma.length; at++, from += channels)
    luma[at] = lumaOfRgb(
      (samples[from] ?? 0) >> shift,
      (samples[from + 1] ?? 0) >> shift,
      (samples[from + 2] ?? 0) >> shift,
    );
  return { width, height, luma };
}

/** Luma of a colour, 0 to 255 each. */
export function lumaOfRgb(red: number, green: number, blue: number): number {
  return (19_595 * red + 38_470 * green + 7_471 * blue + 32_768) >> 16;
}
