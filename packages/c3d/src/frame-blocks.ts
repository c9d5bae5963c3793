import type { Layout } from './layout.ts';
import { ieeeBitsOfVaxBits } from './processor.ts';

/** Stored numbers of some frames that follow each other, in the order of the file and as this machine holds them. */
export type StoredNumbers = Float32Array | Int16Array;

/** Bytes of a block: small enough for the caches, large enough that each curve gets several frames at a time. */
const BLOCK_BYTES = 32_768;

const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Passes once over the data section and hands on its numbers, block by block. The array is used again for the next
 * block. Curves lie in memory one after the other and frames in the file, so that blocks spare the caches.
 */
export function forEachFrameBlock(
  bytes: Uint8Array,
  layout: Layout,
  visit: (numbers: StoredNumbers, firstFrame: number, frames: number) => void,
): void {
  const { frames, dataByte, bytesPerFrame, storage } = layout;
  if (bytesPerFrame === 0) return;
  const framesPerBlock = Math.min(frames, Math.max(1, Math.floor(BLOCK_BYTES / bytesPerFrame)));
  const buffer = new ArrayBuffer(framesPerBlock * bytesPerFrame);
  const target = new Uint8Array(buffer);
  const numbers = storage === 'real' ? new Float32Array(buffer) : new Int16Array(buffer);
  for (let first = 0; first < frames; first += framesPerBlock) {
    const count = Math.min(framesPerBlock, frames - first);
    const from = dataByte + first * bytesPerFrame;
    target.set(bytes.subarray(from, from + count * bytesPerFrame));
    toHostForm(buffer, layout);
    visit(numbers, first, count);
  }
}

function toHostForm(buffer: ArrayBuffer, { processor, storage }: Layout): void {
  const swapped = (processor === 'sgi') === hostIsLittleEndian;
  if (storage === 'integer') {
    if (swapped) swapWords(new Uint16Array(buffer));
    return;
  }
  const words = new Uint32Array(buffer);
  if (swapped) swapLongWords(words);
  if (processor === 'dec') vaxToIeee(words);
}

function swapWords(words: Uint16Array): void {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as number;
    words[index] = (word << 8) | (word >>> 8);
  }
}

function swapLongWords(words: Uint32Array): void {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as number;
    words[index] = (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
  }
}

function vaxToIeee(words: Uint32Array): void {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as number;
    words[index] = ieeeBitsOfVaxBits((word << 16) | (word >>> 16));
  }
}
