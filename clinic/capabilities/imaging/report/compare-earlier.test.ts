import { describe, expect, it } from 'vitest';
import { compareWithEarlier } from './compare-earlier.ts';
import { changeWords, unitWords, withError } from './numbers.ts';

const measured = (value: number, more: { mdc?: number | null; site?: string; unit?: string } = {}) => ({
  code: 'us.thickness.rest',
  label: 'Thickness at rest',
  bodySite: more.site ?? 'Transversus abdominis',
  side: 'left' as const,
  value,
  unit: more.unit ?? 'mm',
  standardError: 0.2,
  minimalDetectableChange: more.mdc === undefined ? 1.1 : more.mdc,
  citation: 'Costa et al. 2009',
  ...{ analysisIds: [], instanceId: 'i', frame: null, method: 'm', methodVersion: '1', note: null },
});
const judged = (today: number, before: number, mdc?: number | null) =>
  compareWithEarlier([measured(today, { ...(mdc === undefined ? {} : { mdc }) })], [measured(before)])[0]
    ?.judgement;

describe('a measurement beside that of an earlier examination', () => {
  it('has changed beyond the minimal detectable change only, either way', () => {
    expect(judged(5.2, 4)).toBe('beyond');
    expect(judged(2.8, 4)).toBe('beyond');
    expect(judged(5, 4)).toBe('within');
  });

  it('is not judged where no such change is known', () => {
    expect(judged(9, 4, null)).toBe('unknown');
  });

  it('is compared with the same structure in the same unit alone', () => {
    expect(
      compareWithEarlier([measured(5)], [measured(4, { site: ' transversus  Abdominis' })]),
    ).toHaveLength(1);
    expect(compareWithEarlier([measured(5)], [measured(4, { site: 'Internal oblique' })])).toEqual([]);
    expect(compareWithEarlier([measured(5)], [measured(4, { unit: '%' })])).toEqual([]);
  });
});

describe('numbers in a report', () => {
  it('carry their unit, and an error never vanishes in rounding', () => {
    expect(unitWords(17.14, 'mm')).toBe('17.1\u00a0mm');
    expect(unitWords(12.3, 'deg')).toBe('12.3°');
    expect(unitWords(1.854, '1')).toBe('1.85');
    expect(unitWords(-0.01, 'mm')).toBe('0.0\u00a0mm');
    expect(withError(17.14, 0.04, 'mm')).toBe('17.1\u00a0mm ± 0.04\u00a0mm');
    expect(changeWords(2.1, 'mm')).toBe('+2.1\u00a0mm');
    expect(changeWords(-2.1, 'mm')).toBe('−2.1\u00a0mm');
  });
});
