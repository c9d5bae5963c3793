import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { place, spreadOf, wholePicture } from '../../testing/measuring.ts';
import { mm, mm2 } from '../units.ts';
import { areaAsymmetry, haematomaVolume, measureArea } from './areas.ts';
import { ECHO_INTENSITY_CAVEATS, measureEchoIntensity } from './echo-intensity.ts';
import type { Place } from './place.ts';

/** An ellipse drawn by many places. */
function ellipse(a: number, b: number, count = 72): Place[] {
  return Array.from({ length: count }, (_, at) => {
    const turn = (2 * Math.PI * at) / count;
    return place(900 + a * Math.cos(turn), 900 + b * Math.sin(turn), 1);
  });
}

describe('a cross-sectional area', () => {
  test('of an ellipse is π·a·b in both scales', () => {
    const { value } = measureArea(wholePicture({ lateral: 0.2, axial: 0.05 }), ellipse(300, 400, 720));
    expect(value / (Math.PI * 60 * 20)).toBeCloseTo(1, 4);
  });

  test('is the same either way round, from any first place, and moved', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 71 }), fc.integer({ min: -300, max: 300 }), (first, by) => {
        const outline = ellipse(200, 100);
        const area = measureArea(wholePicture(), outline).value;
        const turned = [...outline.slice(first), ...outline.slice(0, first)].reverse();
        expect(measureArea(wholePicture(), turned).value).toBeCloseTo(area, 6);
        const moved = outline.map(({ x, y }) => place(x + by, y + by));
        expect(measureArea(wholePicture(), moved).value).toBeCloseTo(area, 6);
      }),
    );
  });

  test('has the error that random drawing shows', () => {
    const scale = { lateral: 0.1, axial: 0.2, relativeError: 0.01 };
    const outline = ellipse(150, 90, 12);
    const { standardError } = measureArea(wholePicture(scale), outline);
    const spread = spreadOf(outline, scale, (moved, drawn) => measureArea(wholePicture(drawn), moved).value);
    expect(standardError / spread).toBeGreaterThan(0.93);
    expect(standardError / spread).toBeLessThan(1.07);
  });

  test('of a crossed outline, or of two places, is refused', () => {
    const crossed = [place(0, 0), place(100, 100), place(100, 0), place(0, 100)];
    expect(() => measureArea(wholePicture(), crossed)).toThrow('crosses itself');
    expect(() => measureArea(wholePicture(), crossed.slice(0, 2))).toThrow('three places');
  });

  test('differs between the sides by its share of the larger', () => {
    const left = { value: mm2(400), standardError: mm2(10) };
    const right = { value: mm2(500), standardError: mm2(10) };
    expect(areaAsymmetry(left, right).value).toBeCloseTo(20, 9);
    expect(areaAsymmetry(left, right).larger).toBe('right');
    expect(areaAsymmetry(right, left).larger).toBe('left');
    expect(areaAsymmetry(left, left)).toMatchObject({ value: 0, larger: null });
    expect(areaAsymmetry(left, right).standardError).toBeCloseTo((100 * Math.hypot(10, 8)) / 500, 9);
  });
});

test('a haematoma of 60, 40 and 20 mm holds 25 ml, and the errors of its diameters add up', () => {
  const of = (value: number) => ({ value: mm(value), standardError: mm(0.01 * value) });
  const { value, standardError } = haematomaVolume(of(60), of(40), of(20));
  expect(value).toBeCloseTo(25.13, 2);
  expect(standardError / value).toBeCloseTo(0.03, 9);
  expect(() => haematomaVolume(of(60), of(40), of(0))).toThrow('above nought');
});

describe('echo intensity', () => {
  const frame = {
    width: 40,
    height: 30,
    luma: Uint8Array.from({ length: 1_200 }, (_, at) => (at % 40 < 20 ? 50 : 150)),
  };
  const box = (left: number, top: number, right: number, bottom: number) => [
    place(left, top),
    place(right, top),
    place(right, bottom),
    place(left, bottom),
  ];

  test('is the mean of the pixels within, and no others', () => {
    const dark = measureEchoIntensity(frame, box(2, 2, 19, 20));
    expect(dark).toMatchObject({ value: 50, standardDeviation: 0, saturatedShare: 0 });
    expect(measureEchoIntensity(frame, box(10, 2, 29, 20)).value).toBe(100);
    expect(dark.pixels).toBe(18 * 18);
  });

  test('comes with what it depends on', () => {
    expect(measureEchoIntensity(frame, box(2, 2, 19, 20)).caveats).toBe(ECHO_INTENSITY_CAVEATS);
  });

  test('is refused where the outline leaves the picture or holds nothing', () => {
    expect(() => measureEchoIntensity(frame, box(-3, 2, 19, 20))).toThrow('leaves the picture');
    expect(() => measureEchoIntensity(frame, box(2.2, 2.2, 2.6, 2.6))).toThrow('no pixel');
  });

  test('says how much of the region is at the end of the range', () => {
    const flat = { ...frame, luma: frame.luma.map((value) => (value > 100 ? 255 : 40)) };
    expect(measureEchoIntensity(flat, box(0, 0, 39, 29)).saturatedShare).toBeCloseTo(0.5, 9);
  });
});
