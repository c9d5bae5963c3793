import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betweenTimes, valueAt } from './normalise.ts';

describe('a curve over the cycle', () => {
  const base = { rateHz: 100, firstTimeS: 1.47 };

  test('has 101 points, the first and the last at the two strikes', () => {
    const curve = Float64Array.from({ length: 200 }, (_, frame) => frame);
    const cycle = betweenTimes(curve, base, 1.47 + 0.2, 1.47 + 1.3);
    expect(cycle.length).toBe(101);
    expect(cycle[0]).toBeCloseTo(20, 9);
    expect(cycle[50]).toBeCloseTo(75, 9);
    expect(cycle[100]).toBeCloseTo(130, 9);
  });

  test('follows any parabola exactly between frames', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true })),
        fc.double({ min: 1, max: 18, noNaN: true }),
        ([a, b], frame) => {
          const curve = Float64Array.from({ length: 20 }, (_, at) => a * at * at + b * at + 1);
          expect(valueAt(curve, frame)).toBeCloseTo(a * frame * frame + b * frame + 1, 6);
        },
      ),
    );
  });

  test('is unknown beside a gap and outside of the trial, never invented', () => {
    const curve = Float64Array.of(0, 1, 2, Number.NaN, 4, 5, 6);
    expect(valueAt(curve, 1.5)).toBeCloseTo(1.5, 9);
    expect(valueAt(curve, 2)).toBe(2);
    expect(valueAt(curve, 2.5)).toBeNaN();
    expect(valueAt(curve, -0.5)).toBeNaN();
    expect(valueAt(curve, 6.5)).toBeNaN();
  });
});
