import { weekdayOf } from '@rectus/schedule';
import { expect, test } from 'vitest';
import { BERLIN, easterSunday, holidaysBetween, LISBON } from './holidays.ts';

test.each([
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2028, '2028-04-16'],
  [2038, '2038-04-25'],
])('Easter Sunday of %i is %s', (year, date) => {
  expect(easterSunday(year)).toBe(date);
});

test('Easter is a Sunday between 22 March and 25 April, every year', () => {
  for (let year = 1900; year < 2200; year++) {
    const date = easterSunday(year);
    expect(weekdayOf(date)).toBe(7);
    expect(date >= `${year}-03-22` && date <= `${year}-04-25`).toBe(true);
  }
});

test('the movable holidays of 2027 fall where the official calendars have them', () => {
  expect(holidaysBetween(LISBON, '2027-03-01', '2027-06-02').map(({ date }) => date)).toEqual([
    '2027-03-26',
    '2027-03-28',
    '2027-04-25',
    '2027-05-01',
    '2027-05-27',
  ]);
  expect(holidaysBetween(BERLIN, '2027-03-01', '2027-06-02').map(({ date }) => date)).toEqual([
    '2027-03-08',
    '2027-03-26',
    '2027-03-29',
    '2027-05-01',
    '2027-05-06',
    '2027-05-17',
  ]);
});

test('a span across New Year holds the holidays of both years, the end excluded', () => {
  const names = holidaysBetween(BERLIN, '2026-12-25', '2027-03-08').map(({ name }) => name);
  expect(names).toEqual(['Christmas Day', 'Second Day of Christmas', 'New Year']);
});
