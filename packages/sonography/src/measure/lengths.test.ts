import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { place, spreadOf, wholePicture } from '../../testing/measuring.ts';
import type { Region } from '../clip.ts';
import type { TrackedPoint } from '../track/tracked.ts';
import { mm } from '../units.ts';
import {
  meanOfMeasures,
  measureAngle,
  measureDistance,
  measureGap,
  measureThickness,
  retraction,
} from './lengths.ts';
import { MeasureRefused } from './measure-refused.ts';
import { placeInFrame } from './region-of.ts';

const coordinate = fc.double({ min: 100, max: 1_800, noNaN: true });
const point = fc.tuple(coordinate, coordinate);
const scaling = fc.double({ min: 0.02, max: 0.5, noNaN: true });

function reasonOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof MeasureRefused) return error.reason;
    throw error;
  }
  return 'measured';
}

describe('a length', () => {
  test('counts each direction with its own scale', () => {
    const regions = wholePicture({ lateral: 0.3, axial: 0.1 });
    expect(measureDistance(regions, place(10, 10), place(20, 10)).value).toBeCloseTo(3, 12);
    expect(measureDistance(regions, place(10, 10), place(10, 20)).value).toBeCloseTo(1, 12);
    expect(measureDistance(regions, place(10, 10), place(20, 50)).value).toBeCloseTo(5, 12);
  });

  test('is the same from either end and wherever it lies', () => {
    fc.assert(
      fc.property(point, point, scaling, scaling, (a, b, lateral, axial) => {
        const regions = wholePicture({ lateral, axial });
        const length = measureDistance(regions, place(...a), place(...b)).value;
        expect(measureDistance(regions, place(...b), place(...a)).value).toBeCloseTo(length, 9);
        const moved = measureDistance(regions, place(a[0] + 50, a[1] - 50), place(b[0] + 50, b[1] - 50));
        expect(moved.value).toBeCloseTo(length, 9);
      }),
    );
  });

  test('has the error that drawing its places and its scale at random shows', () => {
    fc.assert(
      fc.property(point, point, scaling, scaling, (a, b, lateral, axial) => {
        const length = Math.hypot((a[0] - b[0]) * lateral, (a[1] - b[1]) * axial);
        // Errors are carried on in a straight line, which holds where they are small beside what is measured.
        fc.pre(length > 50 * Math.max(lateral, axial));
        const scale = { lateral, axial, relativeError: 0.01 };
        const places = [place(...a, 1.5), place(...b, 0.7)] as const;
        const { standardError } = measureDistance(wholePicture(scale), ...places);
        const spread = spreadOf(places, scale, ([from = place(0, 0), to = place(0, 0)], drawn) =>
          Math.hypot((to.x - from.x) * drawn.lateral, (to.y - from.y) * drawn.axial),
        );
        expect(standardError / spread).toBeGreaterThan(0.9);
        expect(standardError / spread).toBeLessThan(1.1);
      }),
      { numRuns: 20 },
    );
  });

  test('is refused without a scale, across regions, outside and where a point was lost', () => {
    const [left] = wholePicture() as [Region];
    const half: Region = { ...left, right: 499 };
    const other: Region = { ...left, left: 500 };
    const bare: Region = { ...left, scale: null };
    const refused: Region = {
      ...left,
      refusal: { code: 'outside-image', message: 'The region lies outside of the image.' },
    };
    const measure = (regions: Region[]) =>
      reasonOf(() => measureDistance(regions, place(10, 10), place(900, 10)));
    expect(measure([half, other])).toBe('different-regions');
    expect(measure([half])).toBe('outside');
    expect(measure([])).toBe('outside');
    expect(measure([bare])).toBe('no-scale');
    expect(measure([refused])).toBe('no-scale');
    expect(measure([{ ...left, scale: { lateral: 0, axial: 0.1, relativeError: 0 } }])).toBe('no-scale');
    const lost: TrackedPoint = {
      x: Float64Array.of(1, Number.NaN),
      y: Float64Array.of(1, Number.NaN),
      confidence: Float32Array.of(1, 0),
      standardError: Float32Array.of(0.1, Number.NaN),
      lost: Uint8Array.of(0, 1),
    };
    expect(placeInFrame(lost, 0)).toMatchObject({ x: 1, y: 1 });
    expect(reasonOf(() => placeInFrame(lost, 1))).toBe('lost');
    expect(reasonOf(() => placeInFrame(lost, 2))).toBe('lost');
  });

  test('within overlapping regions belongs to the smallest', () => {
    const [whole] = wholePicture() as [Region];
    const inset: Region = { ...whole, left: 100, top: 100, right: 300, bottom: 300, scale: null };
    expect(reasonOf(() => measureDistance([whole, inset], place(150, 150), place(200, 200)))).toBe(
      'no-scale',
    );
    expect(reasonOf(() => measureDistance([whole, inset], place(150, 150), place(900, 200)))).toBe(
      'different-regions',
    );
  });
});

describe('a gap', () => {
  test('along the axis leaves out what lies across it', () => {
    const regions = wholePicture();
    const ends = [place(100, 100), place(300, 180)] as const;
    expect(measureGap(regions, ends, [place(0, 50), place(500, 50)]).value).toBeCloseTo(20, 9);
    expect(measureGap(regions, ends).value).toBeCloseTo(Math.hypot(20, 8), 9);
  });

  test('is never longer than the distance', () => {
    fc.assert(
      fc.property(point, point, point, point, scaling, (a, b, c, d, axial) => {
        fc.pre(Math.hypot(c[0] - d[0], c[1] - d[1]) > 1);
        const regions = wholePicture({ axial });
        const ends = [place(...a), place(...b)] as const;
        const gap = measureGap(regions, ends, [place(...c), place(...d)]).value;
        expect(gap).toBeLessThanOrEqual(measureGap(regions, ends).value + 1e-9);
      }),
    );
  });

  test('on an axis without length is refused', () => {
    const axis = [place(5, 5), place(5, 5)] as const;
    expect(reasonOf(() => measureGap(wholePicture(), [place(1, 1), place(9, 9)], axis))).toBe('degenerate');
  });

  test('that opens gives the retraction, and one scale for both acts on the difference alone', () => {
    const rest = { value: mm(40), standardError: mm(Math.hypot(0.1, 0.4)) };
    const contracted = { value: mm(44), standardError: mm(Math.hypot(0.1, 0.44)) };
    const apart = retraction(rest, contracted);
    const together = retraction(rest, contracted, 0.01);
    expect(apart.value).toBeCloseTo(4, 12);
    expect(together.standardError).toBeCloseTo(Math.hypot(0.1, 0.1, 0.04), 9);
    expect(apart.standardError).toBeGreaterThan(together.standardError);
    expect(together.isClear).toBe(true);
    expect(retraction(rest, rest, 0.01).isClear).toBe(false);
  });
});

describe('thickness and angles', () => {
  test('a level layer is as thick as its borders are apart', () => {
    const regions = wholePicture({ lateral: 0.4, axial: 0.05 });
    const thickness = measureThickness(
      regions,
      [place(0, 100), place(500, 100)],
      [place(0, 300), place(500, 300)],
      place(200, 100),
    );
    expect(thickness.value).toBeCloseTo(10, 9);
  });

  test('a layer is as thick when the probe is turned', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.4, max: 0.4, noNaN: true }), (turn) => {
        const turned = (x: number, y: number) =>
          place(
            1_000 + (x - 1_000) * Math.cos(turn) - (y - 1_000) * Math.sin(turn),
            1_000 + (x - 1_000) * Math.sin(turn) + (y - 1_000) * Math.cos(turn),
          );
        const { value } = measureThickness(
          wholePicture(),
          [turned(800, 950), turned(1_200, 950)],
          [turned(800, 1_050), turned(1_200, 1_050)],
          turned(1_000, 950),
        );
        expect(value).toBeCloseTo(10, 9);
      }),
    );
  });

  test('borders that cross are refused', () => {
    const upper = [place(0, 100), place(500, 400)] as const;
    const lower = [place(0, 300), place(500, 200)] as const;
    expect(reasonOf(() => measureThickness(wholePicture(), upper, lower, place(450, 300)))).toBe(
      'degenerate',
    );
  });

  test('an angle is that in tissue, not that on the screen', () => {
    const regions = wholePicture({ lateral: 0.1, axial: 0.1 / Math.sqrt(3) });
    const level = [place(0, 500), place(100, 500)] as const;
    const rising = [place(0, 500), place(100, 400)] as const;
    expect(measureAngle(regions, level, rising).value).toBeCloseTo(30, 9);
    expect(measureAngle(regions, rising, [level[1], level[0]]).value).toBeCloseTo(30, 9);
  });

  test('an angle has the error that random drawing shows', () => {
    const scale = { lateral: 0.1, axial: 0.2, relativeError: 0.02 };
    const places = [place(100, 500, 2), place(400, 520, 1), place(100, 600, 1), place(300, 500, 2)] as const;
    const [a, b, c, d] = places;
    const { standardError } = measureAngle(wholePicture(scale), [a, b], [c, d]);
    const spread = spreadOf(places, scale, (moved, drawn) => {
      const [e, f, g, h] = moved as typeof places;
      return measureAngle(wholePicture(drawn), [e, f], [g, h]).value;
    });
    expect(standardError / spread).toBeGreaterThan(0.93);
    expect(standardError / spread).toBeLessThan(1.07);
  });

  test('the mean of three is as sure as their spread allows', () => {
    const three = [4, 5, 6].map((value) => ({ value: mm(value), standardError: mm(0.1) }));
    const { value, standardError } = meanOfMeasures(three);
    expect(value).toBeCloseTo(5, 12);
    expect(standardError).toBeCloseTo(1 / Math.sqrt(3), 9);
  });
});
