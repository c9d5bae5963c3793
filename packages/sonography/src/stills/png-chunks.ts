import { concat } from '../concat.ts';

const SIGNATURE = 8;
/** Length and name before the data of a chunk, its check sum behind it. */
const FRAME = 12;
const IDAT = 0x49444154;

/**
 * A PNG file whose pixels stand in one chunk. Encoders cut them into many, and the decoder keeps a window for each: a
 * picture of a megabyte would take twenty.
 *
 * Source: PNG specification, third edition, 5.3 and 11.2.4. The check sum of the new chunk is left at nought.
 */
export function withPixelsInOneChunk(png: Uint8Array): Uint8Array {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const pixels: Uint8Array[] = [];
  const before: Uint8Array[] = [png.subarray(0, SIGNATURE)];
  const after: Uint8Array[] = [];
  for (let at = SIGNATURE; at + FRAME <= png.length; ) {
    const end = at + FRAME + view.getUint32(at);
    if (end > png.length) break;
    if (view.getUint32(at + 4) === IDAT) pixels.push(png.subarray(at + 8, end - 4));
    else (pixels.length === 0 ? before : after).push(png.subarray(at, end));
    at = end;
  }
  if (pixels.length < 2) return png;
  const header = new Uint8Array(8);
  const length = pixels.reduce((sum, part) => sum + part.length, 0);
  new DataView(header.buffer).setUint32(0, length);
  new DataView(header.buffer).setUint32(4, IDAT);
  return concat([...before, header, ...pixels, new Uint8Array(4), ...after]);
}
