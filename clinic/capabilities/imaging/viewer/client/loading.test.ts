import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packFrames, unpackFrames } from '../frame-pack.ts';
import { boundedCache } from './bounded-cache.ts';
import { changed, filterOf } from './contrast.ts';
import { asFile } from './frame-as-file.ts';
import { framesAhead, loadOrder } from './load-order.ts';
import { isPlainJpeg } from './plain-jpeg.ts';
import { ruledRegion, rulerOf } from './ruler.ts';

describe('frames on their way', () => {
  it('are asked for once each, the one that is looked at first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.nat(),
        fc.integer({ min: 1, max: 40 }),
        (frames, any, longest) => {
          const start = any % frames;
          const runs = loadOrder(frames, start, longest);
          expect(runs[0]).toEqual({ from: start, to: start });
          const asked = runs.flatMap(({ from, to }) =>
            Array.from({ length: to - from + 1 }, (_, at) => from + at),
          );
          expect(asked.toSorted((a, b) => a - b)).toEqual(
            Array.from({ length: frames }, (_, frame) => frame),
          );
          for (const { from, to } of runs) expect(to - from).toBeLessThan(longest);
        },
      ),
    );
  });

  it('come out of a pack as they went in, and a cut-off one is left out', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.nat(), (frames, cut) => {
        const pack = packFrames(frames);
        expect(unpackFrames(pack).map((one) => [...one])).toEqual(frames.map((one) => [...one]));
        const part = unpackFrames(pack.subarray(0, cut % (pack.length + 1)));
        expect(part.map((one) => [...one])).toEqual(frames.slice(0, part.length).map((one) => [...one]));
      }),
    );
  });

  it('are decoded ahead around the end of a loop', () => {
    expect(framesAhead(8, 4, { first: 3, last: 9 })).toEqual([8, 9, 3, 4]);
    expect(framesAhead(1, 4, { first: 3, last: 9 })).toEqual([1]);
    expect(framesAhead(0, 9, { first: 0, last: 0 })).toEqual([0]);
  });

  it('stand in a file of their own behind what the file says before its first frame', () => {
    const head = Uint8Array.of(1, 2, 9, 9, 0, 0);
    expect([...asFile(head, Uint8Array.of(7, 8, 9), '1.2.840.10008.1.2.5')]).toEqual([
      1, 2, 3, 0, 0, 0, 7, 8, 9,
    ]);
    expect([...asFile(head, Uint8Array.of(7), '1.2.840.10008.1.2.1')]).toEqual([1, 2, 9, 9, 0, 0, 7]);
  });

  it('are left to the browser where a baseline JPEG tells its colours, and grey is grey', () => {
    const jpeg = (channels: number) =>
      Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, channels, 0, 0, 0);
    const clip = {
      format: 'dicom',
      transferSyntax: '1.2.840.10008.1.2.4.50',
      photometric: 'YBR_FULL_422',
    } as const;
    expect(isPlainJpeg(clip, jpeg(3))).toBe(true);
    expect(isPlainJpeg(clip, jpeg(1))).toBe(false);
    expect(isPlainJpeg({ ...clip, photometric: 'MONOCHROME2' }, jpeg(1))).toBe(true);
    expect(isPlainJpeg({ ...clip, photometric: 'MONOCHROME1' }, jpeg(1))).toBe(false);
    expect(isPlainJpeg({ ...clip, transferSyntax: '1.2.840.10008.1.2.5' }, jpeg(3))).toBe(false);
    expect(isPlainJpeg({ ...clip, format: 'still' }, jpeg(3))).toBe(false);
  });
});

it('a cache never grows beyond its limit, keeps what was used last, and lets go of the rest once', () => {
  const acts = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 6 }), fc.boolean()),
  );
  fc.assert(
    fc.property(acts, fc.integer({ min: 6, max: 20 }), (all, limit) => {
      const gone: { size: number }[] = [];
      const put: { size: number }[] = [];
      const cache = boundedCache<{ size: number }>(
        limit,
        ({ size }) => size,
        (value) => gone.push(value),
      );
      let newest = -1;
      for (const [key, size, isRead] of all) {
        if (isRead) cache.get(key);
        else {
          const value = { size };
          put.push(value);
          cache.set(key, value);
          newest = key;
        }
        expect(cache.size).toBeLessThanOrEqual(limit);
        if (newest >= 0 && !isRead) expect(cache.has(newest)).toBe(true);
      }
      cache.clear();
      expect(new Set(gone).size).toBe(put.length);
      expect(gone.length).toBe(put.length);
    }),
  );
});

describe('what is drawn over a picture', () => {
  const scale = { lateral: 0.1, axial: 0.2, relativeError: 0 };
  const region = {
    left: 10,
    top: 20,
    right: 109,
    bottom: 119,
    kind: 'tissue',
    scale,
    refusal: null,
  } as const;

  it('has a ruler in millimetres from the corner of its region, apart for both directions', () => {
    const { down, across } = rulerOf(region, { zoom: 4, x: 0, y: 0 }, { width: 500, height: 500 });
    const at = (ticks: typeof down, words: string) => ticks.find((tick) => tick.words === words)?.at;
    expect(at(down, '10')).toBeCloseTo((20.5 + 10 / 0.2) * 4);
    expect(at(across, '5')).toBeCloseTo((10.5 + 5 / 0.1) * 4);
    expect(Math.max(...down.map((tick) => tick.at))).toBeLessThanOrEqual(119.5 * 4);
  });

  it('has none where nothing may be measured', () => {
    expect(ruledRegion([{ ...region, scale: null }])).toBeNull();
    expect(ruledRegion([{ ...region, kind: 'spectral' }])).toBeNull();
    expect(ruledRegion([{ ...region, right: 20 }, region])).toBe(region);
  });

  it('is brighter and harder within black and white', () => {
    const grey = (value: number, contrast: { low: number; high: number }) => {
      const { slope, intercept } = filterOf(contrast);
      return slope * value + intercept;
    };
    expect(grey(0.5, { low: 0, high: 255 })).toBeCloseTo(0.5);
    expect(grey(64 / 255, { low: 64, high: 192 })).toBeCloseTo(0);
    expect(grey(192 / 255, { low: 64, high: 192 })).toBeCloseTo(1);
    expect(changed({ low: 0, high: 255 }, { level: 0, width: -55 })).toEqual({ low: 28, high: 228 });
  });
});
