import { decode, hasPngSignature } from 'fast-png';
import type { Codecs } from '../codecs/codecs.ts';
import { decodePicture, MOST_PIXELS } from '../codecs/decode-picture.ts';
import type { Picture } from '../codecs/picture.ts';
import { SonographyError } from '../sonography-error.ts';
import { withPixelsInOneChunk } from './png-chunks.ts';

/**
 * Reads a PNG or JPEG picture.
 *
 * @throws SonographyError where it is neither, or damaged
 */
export async function readStill(given: Uint8Array, codecs: Codecs): Promise<Picture> {
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length > 8 && hasPngSignature(bytes)) return readPng(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return decodePicture(codecs, 'jpeg', bytes, null);
  throw new SonographyError('not-this-format', 'This is neither a PNG nor a JPEG picture.');
}

function readPng(bytes: Uint8Array): Picture {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = bytes.length > 24 ? [head.getUint32(16), head.getUint32(20)] : [0, 0];
  if (width < 1 || height < 1 || width * height > MOST_PIXELS)
    throw new SonographyError('corrupt', `The picture says that it is ${width} × ${height}.`);
  try {
    const { data, channels, depth, palette } = decode(withPixelsInOneChunk(bytes), { checkCrc: false });
    if (palette) return painted(data, palette, { width, height, depth });
    if (depth < 8) return unpacked(data, { width, height, depth });
    return withoutAlpha({ width, height, channels, bits: depth, samples: asSamples(data) });
  } catch (error) {
    if (error instanceof SonographyError) throw error;
    throw new SonographyError('corrupt', 'The picture is damaged and cannot be decoded.');
  }
}

type Size = Pick<Picture, 'width' | 'height'> & { readonly depth: number };

function asSamples(data: Uint8Array | Uint8ClampedArray | Uint16Array): Uint8Array | Uint16Array {
  return data instanceof Uint16Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Grey of fewer than eight bits, several pixels in a byte; a row begins with a byte of its own. */
function* packedValues(data: ArrayLike<number>, { width, height, depth }: Size): Generator<number> {
  const rowBytes = Math.ceil((width * depth) / 8);
  const mask = 2 ** depth - 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      yield ((data[y * rowBytes + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & mask;
    }
}

function unpacked(data: ArrayLike<number>, size: Size): Picture {
  const most = 2 ** size.depth - 1;
  const samples = Uint8Array.from(packedValues(data, size), (value) => (value * 255) / most);
  return { width: size.width, height: size.height, channels: 1, bits: 8, samples };
}

function painted(data: ArrayLike<number>, palette: readonly (readonly number[])[], size: Size): Picture {
  const samples = new Uint8Array(size.width * size.height * 3);
  let to = 0;
  for (const value of packedValues(data, size)) {
    const [red = 0, green = 0, blue = 0] = palette[value] ?? [];
    samples.set([red, green, blue], to);
    to += 3;
  }
  return { width: size.width, height: size.height, channels: 3, bits: 8, samples };
}

function withoutAlpha(picture: Picture): Picture {
  const { channels, samples } = picture;
  if (channels !== 2 && channels !== 4) return picture;
  const kept = channels - 1;
  const seen = samples.filter((_, at) => at % channels < kept);
  return { ...picture, channels: kept, samples: seen };
}
