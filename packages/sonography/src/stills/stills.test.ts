import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { nodeCodecs } from '../../node/codecs.ts';
import { describeWith, hasUltrasoundData, ultrasoundFile } from '../../testing/shared-data.ts';
import { scaleOfDistance, withScale } from '../set-scale.ts';
import { mm, px } from '../units.ts';
import { readStill } from './read-still.ts';
import { clipOfStills } from './still-clip.ts';

const codecs = nodeCodecs();
const grey = (width: number, height: number) =>
  encode({
    width,
    height,
    channels: 1,
    depth: 8,
    data: Uint8Array.from({ length: width * height }, (_, at) => at),
  });

describe('a still picture', () => {
  it('keeps its grey values, with and without alpha', async () => {
    expect((await readStill(grey(7, 5), codecs)).samples).toEqual(
      Uint8Array.from({ length: 35 }, (_, at) => at),
    );
    const data = Uint8Array.from([10, 255, 20, 0, 30, 255, 40, 255]);
    const picture = await readStill(encode({ width: 2, height: 2, channels: 2, depth: 8, data }), codecs);
    expect(picture).toMatchObject({ channels: 1, samples: Uint8Array.from([10, 20, 30, 40]) });
  });

  it('of a palette shows its colours', async () => {
    const palette: [number, number, number][] = [
      [1, 2, 3],
      [200, 100, 50],
    ];
    const png = encode({
      width: 2,
      height: 1,
      channels: 1,
      depth: 8,
      data: Uint8Array.from([1, 0]),
      palette,
    });
    expect((await readStill(png, codecs)).samples).toEqual(Uint8Array.from([200, 100, 50, 1, 2, 3]));
  });

  it('that is damaged, cut off or something else is refused in our words', async () => {
    const png = grey(40, 40);
    for (const bytes of [png.subarray(0, 60), png.subarray(0, 20), Uint8Array.from([0xff, 0xd8, 0xff])])
      await expect(readStill(bytes, codecs)).rejects.toMatchObject({
        name: 'SonographyError',
        code: 'corrupt',
      });
    await expect(readStill(new TextEncoder().encode('a letter'), codecs)).rejects.toMatchObject({
      code: 'not-this-format',
    });
  });

  it('cannot be measured before its scale is set on a known distance', async () => {
    const clip = clipOfStills([await readStill(grey(50, 40), codecs)], 30);
    expect(clip.regions[0]?.refusal?.code).toBe('no-scale');
    const at = (x: number, y: number) => ({ x: px(x), y: px(y) });
    const scale = scaleOfDistance({ from: at(10, 0), to: at(10, 30), length: mm(15) });
    expect(scale).toMatchObject({ lateral: 0.5, axial: 0.5 });
    expect(scale.relativeError).toBeCloseTo(Math.SQRT2 / 30, 9);
    expect(withScale(clip, scale).regions).toMatchObject([{ kind: 'tissue', scale, right: 49, bottom: 39 }]);
    expect(() => scaleOfDistance({ from: at(0, 0), to: at(3, 0), length: mm(1) })).toThrow(/10 pixels/);
  });

  it('in a row of others makes a clip, if all are of one size', async () => {
    const [one, two] = [await readStill(grey(20, 10), codecs), await readStill(grey(10, 20), codecs)];
    const clip = clipOfStills([one, one, one], 50);
    expect([...clip.times]).toEqual([0, 0.02, 0.04]);
    expect(() => clipOfStills([one, two], 50)).toThrow(/Picture 2/);
    await expect(clip.frame(3)).rejects.toMatchObject({ code: 'no-such-frame' });
  });
});

describeWith(hasUltrasoundData(), 'real pictures', () => {
  it('are read at their size', async () => {
    const bytes = ultrasoundFile('muscle', 'pennation', 'gastroc_range_of_motion_002.png');
    const picture = await readStill(bytes, codecs);
    expect(picture.width * picture.height * picture.channels).toBe(picture.samples.length);
    expect(clipOfStills([picture], 30).width).toBe(picture.width);
  });
});
