import type { Weekday, WeeklyRule } from '@rectus/schedule';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hoursLines } from './hours-lines.ts';

const rule = (weekday: number, from: string, to: string, more: Partial<WeeklyRule> = {}): WeeklyRule => ({
  weekday: weekday as Weekday,
  from,
  to,
  timeZone: 'Europe/Lisbon',
  ...more,
});
const days = (weekdays: readonly number[], from: string, to: string) =>
  weekdays.map((weekday) => rule(weekday, from, to));

describe('the opening hours of a site', () => {
  test('days with the same hours share a line', () => {
    const week = [...days([1, 2, 3, 4, 5], '08:00', '19:00'), rule(6, '09:00', '13:00')];
    expect(hoursLines(week)).toEqual(['Mon to Fri 8:00 to 19:00', 'Sat 9:00 to 13:00']);
  });

  test('a site is open while anybody in it is', () => {
    const shifts = [rule(1, '08:00', '13:00'), rule(1, '12:00', '17:30'), rule(1, '09:00', '10:00')];
    expect(hoursLines(shifts)).toEqual(['Mon 8:00 to 17:30']);
  });

  test('a closed hour at noon shows as two spans, in the order of the day', () => {
    expect(hoursLines([rule(2, '13:00', '17:00'), rule(2, '07:30', '12:00')])).toEqual([
      'Tue 7:30 to 12:00 and 13:00 to 17:00',
    ]);
  });

  test('spans that touch are one span', () => {
    expect(hoursLines([rule(1, '08:00', '12:00'), rule(1, '12:00', '24:00')])).toEqual(['Mon 8:00 to 24:00']);
  });

  test.each([
    [[6, 7], 'Sat and Sun'],
    [[1, 3, 5], 'Mon, Wed and Fri'],
    [[1, 3, 4, 5], 'Mon, Wed to Fri'],
    [[1, 2, 3, 4, 5, 6, 7], 'Mon to Sun'],
  ])('the days %j read "%s"', (weekdays, text) => {
    expect(hoursLines(days(weekdays, '09:00', '10:00'))).toEqual([`${text} 9:00 to 10:00`]);
  });

  test('hours that are over, or not yet in force, are not shown', () => {
    const summer = rule(1, '07:00', '20:00', { validFrom: '2027-06-01', validTo: '2027-08-31' });
    const usual = rule(1, '08:00', '18:00');
    expect(hoursLines([usual, summer], '2027-03-03')).toEqual(['Mon 8:00 to 18:00']);
    expect(hoursLines([usual, summer], '2027-06-02')).toEqual(['Mon 7:00 to 20:00']);
    expect(hoursLines([usual, summer], '2027-09-01')).toEqual(['Mon 8:00 to 18:00']);
  });

  test('no hours, no lines', () => {
    expect(hoursLines([])).toEqual([]);
  });

  test('the order of the rules makes no difference', () => {
    const anyRule = fc
      .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 2 }))
      .map(([weekday, hour, hours]) =>
        rule(weekday, `${String(hour).padStart(2, '0')}:00`, `${String(hour + hours).padStart(2, '0')}:00`),
      );
    const shuffledPair = fc
      .array(anyRule, { maxLength: 20 })
      .chain((rules) =>
        fc.tuple(
          fc.constant(rules),
          fc.shuffledSubarray(rules, { minLength: rules.length, maxLength: rules.length }),
        ),
      );
    fc.assert(
      fc.property(shuffledPair, ([rules, shuffled]) => {
        expect(hoursLines(shuffled)).toEqual(hoursLines(rules));
      }),
    );
  });
});
