import type { Codecs } from '../codecs/codecs.ts';
import type { Picture } from '../codecs/picture.ts';
import { concat } from '../concat.ts';
import { SonographyError } from '../sonography-error.ts';
import { parseFile, textOf } from './data-set.ts';
import { elementRanges } from './element-ranges.ts';
import { EXPLICIT_LITTLE, encoded, fileOf } from './encode.ts';
import { findFrames } from './frame-bytes.ts';
import { readLayout } from './layout.ts';
import { frameDecoder } from './pixels.ts';
import { TAG } from './tags.ts';
import { DEFLATED, EXPLICIT } from './transfer-syntax.ts';

/** A rectangle of pixels, its bounds inside it. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface BlackOutOptions {
  /** Somebody looked: no writing about the person is left in the pictures. */
  readonly nothingLeft?: boolean;
  readonly onProgress?: (done: number, of: number) => void;
}

/** Elements that describe how pictures are stored: written anew. */
const STORED = new Set<string>([
  TAG.samples,
  TAG.photometric,
  TAG.planar,
  TAG.frames,
  TAG.bitsAllocated,
  TAG.bitsStored,
  TAG.highBit,
  TAG.signed,
  TAG.windowCentre,
  TAG.windowWidth,
  TAG.burnedIn,
  TAG.pixels,
  'x00281052',
  'x00281053',
  'x7fe00001',
  'x7fe00002',
]);
const isPalette = (tag: string) => /^x0028(110[123]|1199|120[123]|122[123])$/.test(tag);

/**
 * Makes areas of every frame black, in the pixels themselves, and writes them back without loss: uncompressed, eight
 * bits, grey where no frame has colour.
 *
 * @throws SonographyError where a frame cannot be decoded: then nothing is written
 */
export async function blackOut(
  given: Uint8Array,
  areas: readonly Area[],
  codecs: Codecs,
  { nothingLeft = false, onProgress }: BlackOutOptions = {},
): Promise<Uint8Array> {
  const file = await parseFile(given);
  const layout = readLayout(file.data);
  const frames = findFrames(file, layout);
  const decode = frameDecoder(file, layout, codecs);
  const blackened: Picture[] = [];
  for (let index = 0; index < frames.count; index++) {
    blackened.push(withBlack(await decode(frames.bytesOf(index)), areas));
    onProgress?.(index + 1, frames.count);
  }
  const [first] = blackened;
  if (!first) throw new SonographyError('truncated', 'There are no pictures in the file.');
  const isGrey = blackened.every(hasNoColour);
  const channels = isGrey ? 1 : 3;
  // The elements that stay are copied, so the file keeps its byte order; compressed ones are explicit little endian.
  const form = file.syntax.pictures === 'native' ? file.syntax : EXPLICIT_LITTLE;
  const pixels = concat(blackened.map((one) => samplesOf(one, channels)));
  const text = (tag: string, vr: string, value: string) => encoded(tag, vr, value, form);
  const number = (tag: string, value: number) => encoded(tag, 'US', [value], form);
  const written = [
    number(TAG.samples, channels),
    text(TAG.photometric, 'CS', isGrey ? 'MONOCHROME2' : 'RGB'),
    ...(isGrey ? [] : [number(TAG.planar, 0)]),
    text(TAG.frames, 'IS', String(frames.count)),
    number(TAG.bitsAllocated, 8),
    number(TAG.bitsStored, 8),
    number(TAG.highBit, 7),
    number(TAG.signed, 0),
    text(TAG.burnedIn, 'CS', nothingLeft ? 'NO' : (textOf(file.data, TAG.burnedIn) ?? 'YES')),
    encoded(TAG.pixels, 'OB', pixels, form),
  ];
  const kept = elementRanges(file)
    .filter(({ tag }) => !STORED.has(tag) && !isPalette(tag))
    .map(({ tag, start, end }) => ({ tag, bytes: file.bytes.subarray(start, end) }));
  const isAsItWas = file.syntax.pictures === 'native' && file.syntax.uid !== DEFLATED;
  return fileOf(
    {
      sopClass: textOf(file.data, TAG.sopClass) ?? '',
      sopInstance: textOf(file.data, TAG.sopInstance) ?? '',
      transferSyntax: isAsItWas ? file.syntax.uid : EXPLICIT,
    },
    [...kept, ...written],
  );
}

function withBlack(picture: Picture, areas: readonly Area[]): Picture {
  const { width, height, channels } = picture;
  const samples = picture.samples.slice();
  for (const { left, top, right, bottom } of areas) {
    const [from, to] = [Math.max(0, Math.floor(left)), Math.min(width - 1, Math.ceil(right))];
    for (let y = Math.max(0, Math.floor(top)); y <= Math.min(height - 1, Math.ceil(bottom)); y++)
      if (to >= from) samples.fill(0, (y * width + from) * channels, (y * width + to + 1) * channels);
  }
  return { ...picture, samples };
}

function hasNoColour({ channels, samples }: Picture): boolean {
  if (channels === 1) return true;
  for (let at = 0; at + 2 < samples.length; at += 3)
    if (samples[at] !== samples[at + 1] || samples[at] !== samples[at + 2]) return false;
  return true;
}

function samplesOf({ channels, samples }: Picture, wanted: number): Uint8Array {
  if (channels === wanted) return Uint8Array.from(samples);
  if (wanted === 1) return Uint8Array.from({ length: samples.length / 3 }, (_, at) => samples[3 * at] ?? 0);
  return Uint8Array.from({ length: samples.length * 3 }, (_, at) => samples[Math.floor(at / 3)] ?? 0);
}
