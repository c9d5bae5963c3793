import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  datesOfMonth,
  daysBetween,
  daysInMonth,
  InvalidDateError,
  isDate,
  isMonth,
  weekdayOf,
} from './index.ts';

const dates = fc
  .date({ min: new Date('1600-01-01T00:00Z'), max: new Date('2600-12-31T00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

it('29 February exists in leap years only', () => {
  expect(isDate('2028-02-29')).toBe(true);
  expect(isDate('2027-02-29')).toBe(false);
  expect(isDate('2100-02-29')).toBe(false);
  expect(isDate('2000-02-29')).toBe(true);
});

it('what is no date is not taken for one', () => {
  for (const text of [
    '',
    '2027-13-01',
    '2027-00-10',
    '2027-04-31',
    '27-04-01',
    '2027-4-1',
    '2027-04-01T00:00',
  ]) {
    expect(isDate(text)).toBe(false);
    expect(() => addDays(text, 1)).toThrow(InvalidDateError);
  }
  for (const value of [null, undefined, 20270401, {}]) expect(isDate(value)).toBe(false);
  expect(() => addDays('9999-12-31', 1)).toThrow(InvalidDateError);
});

it('an error names the field, what was expected and what was found', () => {
  expect(() => addDays('2027-02-29', 1)).toThrow(
    'date: expected a calendar date YYYY-MM-DD, found "2027-02-29"',
  );
});

it('a month after 31 January is the end of February', () => {
  expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
  expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
  expect(addMonths('2028-02-29', -12)).toBe('2027-02-28');
  expect(addMonths('2027-12-15', 1)).toBe('2028-01-15');
  expect(addDays('2027-12-31', 1)).toBe('2028-01-01');
});

it('calendar arithmetic agrees with Temporal on any date', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: -4000, max: 4000 }), (date, n) => {
      const truth = Temporal.PlainDate.from(date);
      expect(addDays(date, n)).toBe(truth.add({ days: n }).toString());
      expect(addMonths(date, n)).toBe(truth.add({ months: n }).toString());
      expect(daysBetween(date, addDays(date, n))).toBe(n);
      expect(weekdayOf(date)).toBe(truth.dayOfWeek);
      expect(daysInMonth(truth.year, truth.month)).toBe(truth.daysInMonth);
    }),
  );
});

it('a month lists all its dates', () => {
  expect(datesOfMonth('2028-02')).toHaveLength(29);
  expect(datesOfMonth('2027-12').at(-1)).toBe('2027-12-31');
  expect(isMonth('2027-13')).toBe(false);
  expect(() => datesOfMonth('2027-1')).toThrow(InvalidDateError);
});
