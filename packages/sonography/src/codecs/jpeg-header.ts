/** What a compressed picture says of itself before it is decoded. */
export interface CodedSize {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

const START_OF_FRAME = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf, 0xf7,
]);

/**
 * The size that a JPEG, lossless JPEG, JPEG-LS or JPEG 2000 codestream declares, or null where it declares none. Read
 * before decoding, because a codec reserves memory for whatever a damaged header asks.
 *
 * Source: ITU-T T.81 B.2.2, T.87 C.2.2 (SOF55), T.800 A.5.1 (SIZ).
 */
export function codedSize(bytes: Uint8Array): CodedSize | null {
  if (bytes[0] === 0xff && bytes[1] === 0x4f) return sizeOfCodestream(bytes, 2);
  if (bytes[4] === 0x6a && bytes[5] === 0x50) return sizeInBoxes(bytes);
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? sizeOfJpeg(bytes) : null;
}

function sizeOfJpeg(bytes: Uint8Array): CodedSize | null {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (START_OF_FRAME.has(marker))
      return { height: word(bytes, at + 5), width: word(bytes, at + 7), channels: bytes[at + 9] ?? 0 };
    else if (marker === 0xda || marker === 0xd9) return null;
    else at += 2 + Math.max(2, word(bytes, at + 2));
  }
  return null;
}

function sizeOfCodestream(bytes: Uint8Array, at: number): CodedSize | null {
  if (bytes[at] !== 0xff || bytes[at + 1] !== 0x51 || at + 40 > bytes.length) return null;
  return {
    width: long(bytes, at + 6) - long(bytes, at + 14),
    height: long(bytes, at + 10) - long(bytes, at + 18),
    channels: word(bytes, at + 38),
  };
}

/** A codestream inside a JP2 file: the box `jp2c`. */
function sizeInBoxes(bytes: Uint8Array): CodedSize | null {
  for (let at = 0; at + 12 < bytes.length; ) {
    const length = long(bytes, at);
    if (long(bytes, at + 4) === 0x6a703263) return sizeOfCodestream(bytes, at + 10);
    if (length < 8) return null;
    at += length;
  }
  return null;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function long(bytes: Uint8Array, at: number): number {
  return word(bytes, at) * 65_536 + word(bytes, at + 2);
}
