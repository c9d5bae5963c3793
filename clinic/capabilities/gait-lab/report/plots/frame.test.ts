import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bandPath, curvePath, frameOf, yOf } from './frame.ts';

it('a plot holds every value between a first and a last tick, and is never narrower than its least span', () => {
  const values = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 1, maxLength: 101 });
  fc.assert(
    fc.property(values, (curve) => {
      const { frame, ticks } = frameOf(curve, 20);
      expect(frame.greatest - frame.least).toBeGreaterThanOrEqual(20 - 1e-9);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      for (const value of curve) {
        expect(yOf(frame, value)).toBeGreaterThanOrEqual(frame.top - 1e-6);
        expect(yOf(frame, value)).toBeLessThanOrEqual(frame.top + frame.height + 1e-6);
      }
    }),
  );
});

it('a curve is broken where a value is not known, and a band with a gap is not drawn', () => {
  const { frame } = frameOf([0, 10], 20);
  expect(curvePath(frame, [0, 5, Number.NaN, 5, 0]).match(/M/g)).toHaveLength(2);
  expect(bandPath(frame, [0, Number.NaN], [1, 2])).toBe('');
  expect(bandPath(frame, [0, 0], [1, 2])).toMatch(/Z$/);
});
