import { type Clip, type Region, readStill } from '@rectus/sonography';
import { nodeCodecs } from '@rectus/sonography/node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onlyTissue, renderClip, spread } from './render-clip.ts';

/** A grey picture of 60 × 40 whose values tell their place, with one region in its middle. */
const frame = {
  width: 60,
  height: 40,
  luma: Uint8Array.from({ length: 60 * 40 }, (_, at) => 40 + ((at % 60) + Math.floor(at / 60)) * 2),
};
const region = {
  left: 10,
  top: 8,
  right: 49,
  bottom: 31,
  kind: 'tissue',
  scale: null,
  refusal: null,
} as Region;
const clip: Clip = {
  width: 60,
  height: 40,
  frameCount: 50,
  times: Float64Array.from({ length: 50 }, (_, at) => at / 20),
  regions: [region],
  frame: async () => frame,
};
const CHOICE = { firstFrame: 4, lastFrame: 40, restFrame: 7, contractionFrame: 33, blacked: [] };

describe('the pictures of a case', () => {
  it('hold nothing from outside of the ultrasound’s own area', () => {
    const { width, height, samples } = onlyTissue(frame, [region], []);
    expect([width, height]).toEqual([40, 24]);
    expect(samples[0]).toBe(frame.luma[8 * 60 + 10]);
    expect(samples.at(-1)).toBe(frame.luma[31 * 60 + 49]);
  });

  it('are black where somebody asked for it, also beyond the edges', () => {
    const { samples } = onlyTissue(frame, [region], [[0, 0, 14, 12]]);
    const black = Array.from(samples).filter((value) => value === 0).length;
    expect(black).toBe(5 * 5);
  });

  it('are few, evenly spread, and have rest and contraction among them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(300), { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 4, max: 24 }),
        (picks, most) => {
          const [first = 0, a = 0, b = 0, last = 0] = picks.toSorted((x, y) => x - y);
          const frames = spread(
            { firstFrame: first, lastFrame: last, restFrame: b, contractionFrame: a },
            most,
          );
          expect(frames.length).toBeLessThanOrEqual(most);
          expect(frames).toEqual([...new Set(frames)].sort((x, y) => x - y));
          for (const one of [first, last, a, b]) expect(frames).toContain(one);
        },
      ),
    );
  });

  it('are plain JPEG files one after the other, with the time and the measured value of each', async () => {
    const curve = { values: Array.from({ length: 50 }, (_, at) => at / 3), standardErrors: [] };
    const { bytes, pictures, width, height } = await renderClip(clip, CHOICE, curve, 600_000);
    expect(pictures).toHaveLength(24);
    expect(pictures.find(({ frame: at }) => at === 33)).toMatchObject({
      time: 1.65,
      value: 11,
      standardError: null,
    });
    const file = (at: number) =>
      bytes.subarray(pictures[at]?.offset, (pictures[at]?.offset ?? 0) + (pictures[at]?.length ?? 0));
    const shown = await readStill(file(5), nodeCodecs());
    expect([shown.width, shown.height]).toEqual([width, height]);
    expect(bytes.includes('Exif')).toBe(false);
    expect(pictures.reduce((sum, { length }) => sum + length, 0)).toBe(bytes.length);
  });

  it('stay within what a phone loads, at the cost of their sharpness and number', async () => {
    const { bytes, pictures } = await renderClip(clip, CHOICE, null, 14_000);
    expect(bytes.length).toBeLessThanOrEqual(14_000);
    expect(pictures.length).toBeGreaterThanOrEqual(12);
    await expect(renderClip(clip, CHOICE, null, 1000)).rejects.toThrow('fewer frames');
    await expect(renderClip(clip, { ...CHOICE, restFrame: 3 }, null, 600_000)).rejects.toThrow(
      'Rest and contraction',
    );
  });
});
