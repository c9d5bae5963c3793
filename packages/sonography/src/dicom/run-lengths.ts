import { SonographyError } from '../sonography-error.ts';

const MOST_SEGMENTS = 15;
const HEADER = 64;

/**
 * Decodes a run-length encoded frame into planes of bytes, one after the other; the high byte of a sample comes first.
 * Where a plane ends early the rest of it stays black.
 *
 * Source: DICOM PS3.5 annex G.
 *
 * @throws SonographyError where the header does not fit
 */
export function decodeRunLengths(bytes: Uint8Array, pixels: number, planes: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments = bytes.length >= HEADER ? view.getUint32(0, true) : 0;
  if (segments !== planes || segments > MOST_SEGMENTS)
    throw new SonographyError('corrupt', 'The run-length header of a frame does not fit its picture.');
  const decoded = new Uint8Array(pixels * planes);
  for (let plane = 0; plane < planes; plane++) {
    const start = view.getUint32(4 + 4 * plane, true);
    const end = plane + 1 < planes ? view.getUint32(8 + 4 * plane, true) : bytes.length;
    if (start < HEADER || start > bytes.length || end < start)
      throw new SonographyError('corrupt', 'The run-length header of a frame points outside of it.');
    unpack(bytes.subarray(start, end), decoded.subarray(plane * pixels, (plane + 1) * pixels));
  }
  return decoded;
}

function unpack(packed: Uint8Array, plane: Uint8Array): void {
  let to = 0;
  for (let from = 0; from < packed.length && to < plane.length; ) {
    const control = packed[from++] ?? 0;
    if (control < 128) {
      const count = Math.min(control + 1, plane.length - to, packed.length - from);
      plane.set(packed.subarray(from, from + count), to);
      from += control + 1;
      to += count;
    } else if (control > 128) {
      const count = Math.min(257 - control, plane.length - to);
      plane.fill(packed[from++] ?? 0, to, to + count);
      to += count;
    }
  }
}
