import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AverageCycle } from '../cycles/average.ts';
import { PROFILE_VARIABLES } from '../variables.ts';
import { bandsOf } from './bands.ts';
import { compareCurves, compareValues } from './compare.ts';
import { errorFromSem, measurementErrorOf } from './measurement-error.ts';
import { sessionCaveats } from './sessions.ts';

function average(value: (point: number) => number, sd = 1, n = 6): AverageCycle {
  const points = Float64Array.from({ length: 101 }, (_, point) => value(point));
  return { n, mean: points, sd: new Float64Array(101).fill(sd) };
}

const flat = average(() => 20);
const five = { betweenSessionsDeg: 5, orMore: false };

describe('measurement error', () => {
  test('is known for every curve of the gait profile, most for the rotations of hip and knee', () => {
    for (const variable of PROFILE_VARIABLES) expect(measurementErrorOf(variable)).not.toBeNull();
    expect(measurementErrorOf('hip.rotation')?.orMore).toBe(true);
    expect(measurementErrorOf('hip.flexion')?.orMore).toBe(false);
    expect(measurementErrorOf('hip.power')).toBeNull();
  });

  test('of the laboratory itself goes before what others found', () => {
    const own = { 'hip.rotation': errorFromSem(2) };
    expect(measurementErrorOf('hip.rotation', own)?.betweenSessionsDeg).toBeCloseTo(5.54, 2);
  });

  test('and the spread of the strides are two bands', () => {
    const { strides, measurement } = bandsOf(flat, five);
    expect([strides?.lower[0], strides?.upper[0]]).toEqual([19, 21]);
    expect([measurement?.lower[0], measurement?.upper[0]]).toEqual([15, 25]);
    expect(bandsOf({ ...flat, n: 1 }, null)).toEqual({ strides: null, measurement: null });
  });
});

describe('comparing two sessions', () => {
  test('a difference within the error is no change', () => {
    expect(
      compareCurves(
        flat,
        average(() => 24.9),
        five,
      ),
    ).toMatchObject({ verdict: 'within-error', spans: [] });
  });

  test('a greater one is told with its place in the cycle', () => {
    const later = average((point) => (point >= 60 && point <= 80 ? 20 + (point === 70 ? 15 : 12) : 20));
    const change = compareCurves(flat, later, five);
    expect(change.verdict).toBe('beyond-error');
    expect(change.spans).toEqual([{ fromPercent: 60, toPercent: 80, difference: 15, atPercent: 70 }]);
  });

  test('strides that vary much raise what a change must exceed', () => {
    const later = average(() => 26, 8, 4);
    expect(
      compareCurves(
        flat,
        average(() => 26),
        five,
      ).verdict,
    ).toBe('beyond-error');
    expect(compareCurves(flat, later, five).verdict).toBe('within-error');
  });

  test('a moment of the cycle is not enough', () => {
    expect(
      compareCurves(
        flat,
        average((point) => (point === 50 ? 60 : 20)),
        five,
      ).verdict,
    ).toBe('within-error');
  });

  test('where the error has no known limit a difference is not called a change', () => {
    const later = average(() => 40);
    expect(compareCurves(flat, later, { betweenSessionsDeg: 5, orMore: true }).verdict).toBe(
      'error-not-known',
    );
    expect(compareCurves(flat, later, null).verdict).toBe('error-not-known');
  });

  test('turned round it differs by the same, the other way', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (by) => {
        const later = average(() => 20 + by);
        const [one, other] = [compareCurves(flat, later, five), compareCurves(later, flat, five)];
        expect(other.verdict).toBe(one.verdict);
        expect(other.difference[3]).toBeCloseTo(-(one.difference[3] ?? Number.NaN), 9);
      }),
    );
  });

  test('values such as speed are compared likewise', () => {
    const [slow, fast] = [
      { n: 5, mean: 1, sd: 0.05 },
      { n: 5, mean: 1.3, sd: 0.05 },
    ];
    expect(compareValues(slow, fast, 0.1)).toMatchObject({ verdict: 'beyond-error' });
    expect(compareValues(slow, fast, 0.4)).toMatchObject({ verdict: 'within-error' });
    expect(compareValues(slow, fast, null).verdict).toBe('error-not-known');
  });

  test('what makes two sessions hard to compare is said', () => {
    const before = { footwear: 'barefoot', walkingAid: 'none', speedMPerS: 1 };
    expect(sessionCaveats(before, before)).toEqual([]);
    expect(sessionCaveats(before, { footwear: 'shod', walkingAid: 'stick', speedMPerS: 1.3 })).toEqual([
      'The footwear differs: barefoot, then shod.',
      'The walking aid differs: none, then stick.',
      'The speed differs: 1.00 m/s, then 1.30 m/s; angles, moments and powers change with it.',
    ]);
  });
});
