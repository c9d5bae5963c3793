import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, taxWithin } from './money.ts';

const amount = fc.integer({ min: 0, max: 100_000_000 });
const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);

describe('the tax within an amount', () => {
  test('is 19 % of the net, which the amount is 119 % of', () => {
    expect(taxWithin(11900, 1900)).toBe(1900);
    expect(taxWithin(12300, 2300)).toBe(2300);
    expect(taxWithin(29000, 0)).toBe(0);
  });

  test('is rounded half up, once', () => {
    // 0.105 of a unit of tax in 1.10 at 10 % is 0.1 exactly; 5 at 10 % contains 0.4545.
    expect(taxWithin(5, 1000)).toBe(0);
    expect(taxWithin(6, 1000)).toBe(1);
  });

  test('never differs from the exact share by more than half a unit', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (of, rate) => {
        const exact = (of * rate) / (10_000 + rate);
        expect(Math.abs(taxWithin(of, rate) - exact)).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });
});

describe('an amount that is split', () => {
  const weights = fc
    .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 })
    .filter((all) => sum(all) > 0);

  test('adds up to the last minor unit', () => {
    fc.assert(
      fc.property(amount, weights, (of, by) => {
        expect(sum(allocate(of, by))).toBe(of);
      }),
    );
  });

  test('falls on each part within one unit of its exact share', () => {
    fc.assert(
      fc.property(amount, weights, (of, by) => {
        for (const [index, part] of allocate(of, by).entries())
          expect(Math.abs(part - (of * (by[index] ?? 0)) / sum(by))).toBeLessThan(1 + 1e-6);
      }),
    );
  });

  test('gives nothing to a part without weight', () => {
    expect(allocate(100, [0, 1, 0])).toEqual([0, 100, 0]);
  });

  test('never takes more from a line than is left of it, when the amount is no more than all of them', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (left, share) => {
        const parts = allocate(Math.floor(sum(left) * share), left);
        for (const [index, part] of parts.entries()) expect(part).toBeLessThanOrEqual(left[index] ?? 0);
      }),
    );
  });

  test('needs something to be split by', () => {
    expect(() => allocate(1, [0, 0])).toThrow(RangeError);
    expect(allocate(0, [0, 0])).toEqual([0, 0]);
  });
});
