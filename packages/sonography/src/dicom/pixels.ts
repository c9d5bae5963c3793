import { type Codecs, interleave } from '../codecs/codecs.ts';
import { decodePicture } from '../codecs/decode-picture.ts';
import type { Picture } from '../codecs/picture.ts';
import { SonographyError } from '../sonography-error.ts';
import type { DicomFile } from './data-set.ts';
import type { Layout } from './layout.ts';
import { type Palette, readPalette } from './palette.ts';
import { decodeRunLengths } from './run-lengths.ts';
import { TAG } from './tags.ts';
import { greyWindow } from './window.ts';

/** Turns the stored bytes of a frame into a picture of eight bits, grey or red, green and blue. */
export type DecodeFrame = (bytes: Uint8Array) => Promise<Picture>;

/**
 * How the frames of a file are decoded.
 *
 * @throws SonographyError where nothing here can decode them
 */
export function frameDecoder(file: DicomFile, layout: Layout, codecs: Codecs): DecodeFrame {
  const { pictures, name } = file.syntax;
  if (pictures === null) throw new SonographyError('unsupported', `Pictures stored as ${name} are not read.`);
  const colour = colourOf(file, layout, pictures === 'jpeg' || pictures === 'jpeg-2000');
  if (pictures === 'native') {
    const samplesOf = nativeSamples(file, layout);
    return async (bytes) => colour(samplesOf(bytes));
  }
  if (pictures === 'rle') return async (bytes) => colour(runLengthSamples(bytes, layout));
  return async (bytes) => {
    const picture = await decodePicture(codecs, pictures, bytes, layout);
    if (picture.channels !== layout.channels && picture.channels !== 1 && picture.channels !== 3)
      throw new SonographyError('corrupt', `The picture has ${picture.channels} channels.`);
    return colour(picture);
  };
}

/** Samples interleaved by pixel, in the machine's order, as they were stored. */
function nativeSamples(file: DicomFile, layout: Layout): (bytes: Uint8Array) => Picture {
  const { width, height, channels, bitsAllocated: bits, byPlane } = layout;
  const isWords = file.data.elements[TAG.pixels]?.vr === 'OW';
  return (bytes) => {
    const samples =
      bits === 16
        ? words(bytes, file.syntax.bigEndian)
        : bytesOfWords(bytes, file.syntax.bigEndian && isWords);
    const woven = byPlane && channels > 1 ? interleave(samples, channels) : samples;
    return { width, height, channels, bits, samples: woven };
  };
}

function words(bytes: Uint8Array, bigEndian: boolean): Uint16Array {
  const high = bigEndian ? 0 : 1;
  return Uint16Array.from(
    { length: bytes.length >> 1 },
    (_, at) => ((bytes[2 * at + high] ?? 0) << 8) | (bytes[2 * at + 1 - high] ?? 0),
  );
}

/** Bytes that a big-endian file stores as words stand the other way round in each pair. */
function bytesOfWords(bytes: Uint8Array, swapped: boolean): Uint8Array {
  return swapped ? Uint8Array.from(bytes, (_, at) => bytes[at ^ 1] ?? 0) : bytes;
}

function runLengthSamples(bytes: Uint8Array, layout: Layout): Picture {
  const { width, height, channels, bitsAllocated: bits } = layout;
  const pixels = width * height;
  const planes = decodeRunLengths(bytes, pixels, channels * (bits / 8));
  if (bits === 8) {
    const samples = channels > 1 ? interleave(planes, channels) : planes;
    return { width, height, channels, bits, samples };
  }
  const samples = new Uint16Array(pixels * channels);
  for (let channel = 0; channel < channels; channel++)
    for (let at = 0; at < pixels; at++)
      samples[at * channels + channel] =
        ((planes[2 * channel * pixels + at] ?? 0) << 8) | (planes[(2 * channel + 1) * pixels + at] ?? 0);
  return { width, height, channels, bits, samples };
}

/** What stored samples look like. `decoded` says that the codec has turned colour differences into colours already. */
function colourOf(file: DicomFile, layout: Layout, decoded: boolean): (stored: Picture) => Picture {
  const { photometric } = layout;
  if (photometric === 'PALETTE COLOR') {
    const palette = readPalette(file);
    const mask = 2 ** layout.bitsStored - 1;
    return (stored) => (stored.channels === 1 ? paint(stored, palette, mask) : toEight(stored, layout));
  }
  const grey = greyWindow(file.data, layout);
  return (stored) => {
    if (stored.channels === 1) return grey(stored);
    if (decoded || photometric === 'RGB' || photometric === 'YBR_RCT' || photometric === 'YBR_ICT')
      return toEight(stored, layout);
    if (photometric === 'YBR_FULL') return fromDifferences(toEight(stored, layout));
    if (photometric === 'YBR_FULL_422')
      return fromDifferences(file.syntax.pictures === 'native' ? spread(stored, layout) : stored);
    throw new SonographyError('unsupported', `Colours stored as ${photometric} are not read.`);
  };
}

function paint({ width, height, samples }: Picture, palette: Palette, mask: number): Picture {
  const { first, entries, red, green, blue } = palette;
  const painted = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const entry = Math.min(Math.max(((samples[at] ?? 0) & mask) - first, 0), entries - 1);
    painted[3 * at] = red[entry] ?? 0;
    painted[3 * at + 1] = green[entry] ?? 0;
    painted[3 * at + 2] = blue[entry] ?? 0;
  }
  return { width, height, channels: 3, bits: 8, samples: painted };
}

function toEight(stored: Picture, layout: Layout): Picture {
  const bits = Math.min(stored.bits, layout.bitsStored);
  if (stored.samples instanceof Uint8Array) return { ...stored, bits: 8 };
  const shift = Math.max(0, bits - 8);
  return { ...stored, bits: 8, samples: Uint8Array.from(stored.samples, (value) => value >> shift) };
}

/** Two pixels share their colour differences: luma, luma, blue, red. PS3.3 C.7.6.3.1.2. */
function spread({ samples }: Picture, { width, height }: Layout): Picture {
  const whole = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const pair = (at >> 1) * 4;
    whole[3 * at] = samples[pair + (at & 1)] ?? 0;
    whole[3 * at + 1] = samples[pair + 2] ?? 0;
    whole[3 * at + 2] = samples[pair + 3] ?? 0;
  }
  return { width, height, channels: 3, bits: 8, samples: whole };
}

/** Luma and colour differences as red, green and blue: PS3.3 C.7.6.3.1.2, from ITU-R BT.601. */
function fromDifferences(picture: Picture): Picture {
  const { samples } = picture;
  const rgb = new Uint8ClampedArray(samples.length);
  for (let at = 0; at + 2 < samples.length; at += 3) {
    const [y, cb, cr] = [samples[at] ?? 0, (samples[at + 1] ?? 0) - 128, (samples[at + 2] ?? 0) - 128];
    rgb[at] = y + 1.402 * cr;
    rgb[at + 1] = y - 0.344_136 * cb - 0.714_136 * cr;
    rgb[at + 2] = y + 1.772 * cb;
  }
  return { ...picture, bits: 8, samples: new Uint8Array(rgb.buffer) };
}
