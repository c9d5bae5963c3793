import type { Picture } from '../codecs/picture.ts';
import { type DataSet, numbersOf } from './data-set.ts';
import type { Layout } from './layout.ts';
import { TAG } from './tags.ts';

/**
 * How stored grey becomes grey of eight bits. Values of eight bits stay as they are; finer ones go through the file's
 * window, or else over their whole range.
 *
 * Source: DICOM PS3.3 C.11.2.1.2.
 */
export function greyWindow(data: DataSet, layout: Layout): (stored: Picture) => Picture {
  const { bitsStored, signed, photometric } = layout;
  const inverted = photometric === 'MONOCHROME1';
  const [range, half] = [2 ** bitsStored, 2 ** (bitsStored - 1)];
  const [centre = signed ? 0 : half] = numbersOf(data, TAG.windowCentre);
  const [width = range] = numbersOf(data, TAG.windowWidth);
  const isPlain = bitsStored <= 8 && !signed;
  return (stored) => {
    if (isPlain && !inverted && stored.samples instanceof Uint8Array) return { ...stored, bits: 8 };
    const grey = new Uint8ClampedArray(stored.width * stored.height);
    for (let at = 0; at < grey.length; at++) {
      const value = (stored.samples[at] ?? 0) & (range - 1);
      const level = isPlain
        ? (value * 255) / (range - 1)
        : (((signed && value >= half ? value - range : value) - (centre - 0.5)) / Math.max(1, width - 1) +
            0.5) *
          255;
      grey[at] = inverted ? 255 - level : level;
    }
    return { ...stored, bits: 8, samples: new Uint8Array(grey.buffer) };
  };
}
