import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockInput, parseClock } from './clock-input.ts';

test.each([
  ['8', '08:00'],
  ['8:30', '08:30'],
  ['08.30', '08:30'],
  ['0830', '08:30'],
  ['830', '08:30'],
  ['17h45', '17:45'],
  [' 9:05 ', '09:05'],
  ['24:00', '24:00'],
  ['0:00', '00:00'],
])('"%s" is read as %s', (text, time) => {
  expect(parseClock(text)).toBe(time);
});

test.each(['', '25', '24:01', '8:60', '8:5', 'eight', '-1', '8:30pm', '12345', '8::30'])(
  '"%s" is no time',
  (text) => {
    expect(parseClock(text)).toBeNull();
  },
);

test('every minute of the day survives being shown and read again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => {
      const two = (value: number) => String(value).padStart(2, '0');
      const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
      expect(parseClock(clockInput(`${time}:00`))).toBe(time);
    }),
  );
});
