import { expect, test } from 'vitest';
import { peaksOf, rangeOf, valleysOf } from './peaks.ts';

test('a peak between two frames is found where the parabola has it', () => {
  const curve = Float64Array.from({ length: 9 }, (_, frame) => -((frame - 4.3) ** 2));
  expect(peaksOf(curve, 1)[0]?.frame).toBeCloseTo(4.3, 9);
});

test('a bump on a slope does not stand out and is no peak', () => {
  const curve = Float64Array.of(0, 1, 2, 1.9, 3, 4, 2, 0);
  expect(peaksOf(curve, 1).map(({ value }) => value)).toEqual([4]);
});

test('valleys are the peaks of the curve upside down', () => {
  expect(valleysOf(Float64Array.of(3, 1, 3), 1)).toMatchObject([{ frame: 1, value: 1, prominence: 2 }]);
});

test('a slope ends at a gap, and a gap has no range', () => {
  expect(peaksOf(Float64Array.of(0, Number.NaN, 2, 5, 4, 0), 4)).toEqual([]);
  expect(rangeOf(Float64Array.of(Number.NaN))).toBe(0);
  expect(rangeOf(Float64Array.of(1, Number.NaN, 4))).toBe(3);
});
