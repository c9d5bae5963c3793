import { encode } from 'fast-png';
import type { LumaFrame } from '../clip.ts';
import type { Picture } from '../codecs/picture.ts';

/** A frame, or a picture with its colours, as a PNG file. */
export function encodePng(frame: LumaFrame | Picture): Uint8Array {
  if ('luma' in frame) return written({ ...frame, channels: 1, bits: 8, samples: frame.luma });
  return written(frame);
}

function written({ width, height, channels, bits, samples }: Picture): Uint8Array {
  return encode({ width, height, channels, depth: bits > 8 ? 16 : 8, data: samples });
}
