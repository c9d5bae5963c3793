import { describe, expect, it } from 'vitest';
import { nodeCodecs, nodeJpegEncoder } from '../../node/codecs.ts';
import { readStill } from '../stills/read-still.ts';
import type { Picture } from './picture.ts';

const [width, height] = [96, 64];
/** Hills of light, each channel a hill of its own. */
function hills(channels: 1 | 3): Picture {
  const samples = Uint8Array.from({ length: width * height * channels }, (_, at) => {
    const [x, y] = [Math.floor(at / channels) % width, Math.floor(at / channels / width)];
    return 128 + 100 * Math.sin(x / 11 + (at % channels)) * Math.cos(y / 9);
  });
  return { width, height, channels, bits: 8, samples };
}

function rootMeanSquare(a: Picture, b: Picture): number {
  const squares = Array.from(a.samples, (value, at) => (value - (b.samples[at] ?? 0)) ** 2);
  return Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length);
}

describe('a picture written as JPEG', () => {
  it.each([1, 3] as const)('is read back nearly as it was, with %i channels', async (channels) => {
    const encode = await nodeJpegEncoder();
    const picture = hills(channels);
    const back = await readStill(encode(picture), nodeCodecs());
    expect(back).toMatchObject({ width, height, channels, bits: 8 });
    expect(rootMeanSquare(picture, back)).toBeLessThan(1.5);
  });

  it('is smaller and rougher at a lower quality', async () => {
    const encode = await nodeJpegEncoder();
    const picture = hills(3);
    const [fine, rough] = [encode(picture, 95), encode(picture, 30)];
    expect(rough.length).toBeLessThan(fine.length / 2);
    const read = (bytes: Uint8Array) => readStill(bytes, nodeCodecs());
    expect(rootMeanSquare(picture, await read(fine))).toBeLessThan(
      rootMeanSquare(picture, await read(rough)),
    );
  });

  it('of another form is refused in our words', async () => {
    const encode = await nodeJpegEncoder();
    const picture = hills(1);
    for (const wrong of [
      { ...picture, bits: 16 },
      { ...picture, channels: 2 },
      { ...picture, width: 0 },
    ])
      expect(() => encode(wrong)).toThrow(expect.objectContaining({ code: 'bad-argument' }));
  });
});
