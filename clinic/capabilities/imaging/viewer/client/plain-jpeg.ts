import type { DecodedClip } from './decoder-messages.ts';

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const START_OF_FRAME = 0xc0;
const PROGRESSIVE = 0xc2;
const START_OF_SCAN = 0xda;
const GREY = 1;
const COLOUR = 3;

/**
 * Whether the browser's own decoder shows a frame as it is meant: a baseline JPEG whose colours its markers tell. Grey
 * may stand for something else (a palette, or its negative), so the file must have said that it is grey.
 */
export function isPlainJpeg(
  { format, transferSyntax, photometric }: Pick<DecodedClip, 'format' | 'transferSyntax' | 'photometric'>,
  bytes: Uint8Array,
): boolean {
  if (format !== 'dicom' || transferSyntax !== JPEG_BASELINE) return false;
  const channels = channelsOf(bytes);
  return channels === COLOUR || (channels === GREY && photometric === 'MONOCHROME2');
}

/** How many channels a JPEG of eight bits has; nought where it does not say, or has more bits. */
function channelsOf(bytes: Uint8Array): number {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return 0;
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= START_OF_FRAME && marker <= PROGRESSIVE)
      return bytes[at + 4] === 8 ? (bytes[at + 9] ?? 0) : 0;
    if (marker === START_OF_SCAN) return 0;
    at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
  return 0;
}

/** A JPEG as the browser decodes it, its colours as they are stored. */
export function bitmapOf(bytes: Uint8Array): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: 'image/jpeg' }), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  });
}
