import { describe, expect, test } from 'vitest';
import { knownRuns, lowPass } from './low-pass.ts';
import { rootMeanSquare } from './statistics.ts';

const sine = (hz: number, rateHz = 100, seconds = 4) =>
  Float64Array.from({ length: rateHz * seconds }, (_, frame) =>
    Math.sin((2 * Math.PI * hz * frame) / rateHz),
  );
const middle = (values: Float64Array) => values.subarray(100, 300);
const size = (values: Float64Array) => Math.SQRT2 * rootMeanSquare(middle(values));

describe('a low-pass without delay', () => {
  test('leaves what is slow as it is, in its place', () => {
    const slow = sine(1);
    const filtered = lowPass(slow, 100, 10);
    const worst = Math.max(
      ...middle(filtered).map((value, frame) => Math.abs(value - (slow[100 + frame] ?? 0))),
    );
    expect(worst).toBeLessThan(0.002);
  });

  test('takes away what is fast', () => {
    expect(size(lowPass(sine(30), 100, 6))).toBeLessThan(0.002);
  });

  test('halves the power at the cut-off, both passes together', () => {
    expect(size(lowPass(sine(10), 100, 10))).toBeCloseTo(Math.SQRT1_2, 2);
  });

  test('keeps a straight line straight to both ends', () => {
    const line = Float64Array.from({ length: 60 }, (_, frame) => 3 + 2 * frame);
    for (const [frame, value] of lowPass(line, 100, 6).entries()) expect(value).toBeCloseTo(3 + 2 * frame, 1);
  });

  test('filters each part of a curve with gaps by itself', () => {
    const curve = Float64Array.of(1, 1, 1, Number.NaN, 5, 5, 5);
    expect([...lowPass(curve, 100, 6)].map((value) => Math.round(value))).toEqual([
      1,
      1,
      1,
      Number.NaN,
      5,
      5,
      5,
    ]);
    expect(knownRuns(curve)).toEqual([
      [0, 3],
      [4, 7],
    ]);
  });
});
