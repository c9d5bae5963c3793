import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averageCycle } from './average.ts';
import { mostTypical, strideDistances } from './outliers.ts';

const curve = (offset: number, lift = 0) =>
  Float64Array.from(
    { length: 101 },
    (_, point) => 30 * Math.sin(point / 10) + offset + (point > 40 ? lift : 0),
  );

describe('strides that are unlike the others', () => {
  test('one far from all is marked, none of the others is', () => {
    const strides = [0, 0.5, -0.5, 1, -1, 0.2].map((offset) => [curve(offset)]);
    const marked = strideDistances([...strides, [curve(12)]]).map(({ outlier }) => outlier);
    expect(marked).toEqual([false, false, false, false, false, false, true]);
  });

  test('one of another shape is marked too', () => {
    const strides = [0, 0.5, -0.5, 1, -1, 0.2].map((offset) => [curve(offset)]);
    expect(strideDistances([...strides, [curve(0, 15)]]).at(-1)?.outlier).toBe(true);
  });

  test('among strides that differ by less than 2° none is marked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.9, max: 0.9, noNaN: true }), { minLength: 5, maxLength: 12 }),
        (offsets) => {
          expect(
            strideDistances(offsets.map((offset) => [curve(offset)])).some(({ outlier }) => outlier),
          ).toBe(false);
        },
      ),
    );
  });

  test('with four strides nothing can be said', () => {
    expect(
      strideDistances([[curve(0)], [curve(0)], [curve(0)], [curve(50)]]).some(({ outlier }) => outlier),
    ).toBe(false);
  });

  test('a stride with a gap has no distance and is no outlier', () => {
    const gap = curve(0);
    gap[7] = Number.NaN;
    const found = strideDistances([[gap], ...[0, 1, -1, 0, 2].map((offset) => [curve(offset)])]);
    expect(found[0]?.distance).toBeNaN();
    expect(found[0]?.outlier).toBe(false);
  });

  test('the most typical stride is the one in the middle', () => {
    expect(mostTypical(strideDistances([-3, 1, 0.1, 4, -2].map((offset) => [curve(offset)])))).toBe(2);
    expect(mostTypical([])).toBe(-1);
  });
});

describe('the average of cycles', () => {
  test('has mean and spread at each point', () => {
    const average = averageCycle([Float64Array.of(1, 2), Float64Array.of(3, 6)]);
    expect(average).toMatchObject({ n: 2, mean: Float64Array.of(2, 4) });
    expect([...(average?.sd ?? [])]).toEqual([Math.SQRT2, 2 * Math.SQRT2]);
  });

  test('passes over cycles with gaps, and of nothing there is none', () => {
    expect(averageCycle([Float64Array.of(1, Number.NaN), Float64Array.of(3, 6)])?.n).toBe(1);
    expect(averageCycle([])).toBeNull();
  });
});
