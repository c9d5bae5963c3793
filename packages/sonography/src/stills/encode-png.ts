import { encode } from 'fast-png';
import type { LumaFrame } from '../clip.ts';

/** A frame as a grey PNG file. */
export function encodePng({ width, height, luma }: LumaFrame): Uint8Array {
  return encode({ width, height, channels: 1, depth: 8, data: luma });
}
