import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  InvalidDateError,
  InvalidInstantError,
  isTimeZone,
  offsetMs,
  startOfDay,
  toInstant,
  toLocal,
  UnknownTimeZoneError,
} from './index.ts';
import { ZONES } from './testing/moments.ts';
import { checkAllChanges, checkDayStart, checkMeaning, checkReading } from './testing/zone-checks.ts';

const zones = fc.constantFrom(...ZONES, 'Africa/Casablanca', 'Asia/Gaza', 'America/Toronto', 'Asia/Tehran');
const instants = fc
  .integer({ min: Date.UTC(1905, 0, 1) / 1000, max: Date.UTC(2150, 0, 1) / 1000 })
  .map((seconds) => seconds * 1000);

describe('a zone agrees with Temporal', () => {
  it('at every quarter of an hour around the clock changes', () => {
    expect(checkAllChanges()).toBeGreaterThan(9000);
  });

  it('at any instant and any local time of two centuries', () => {
    fc.assert(
      fc.property(zones, instants, (zone, instant) => {
        checkReading(instant, zone);
        const local = new Date(instant).toISOString().slice(0, 19);
        checkMeaning(local, zone);
        checkDayStart(local.slice(0, 10), zone);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'])(
    'in a process whose own zone is %s',
    async (zone) => {
      const script = fileURLToPath(new URL('./testing/zone-checks-process.ts', import.meta.url));
      const env = { ...process.env, TZ: zone, NODE_OPTIONS: '' };
      const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
      const said = JSON.parse(stdout);
      expect(said.checks).toBeGreaterThan(9000);
      expect([zone, 'Asia/Calcutta']).toContain(said.timeZone);
    },
    15_000,
  );
});

it('an instant survives the way to the wall clock and back, on one of the two passes', () => {
  fc.assert(
    fc.property(zones, instants, (zone, instant) => {
      const local = toLocal(instant, zone);
      const two = (value: number) => String(value).padStart(2, '0');
      const text = `${local.date}T${two(local.hour)}:${two(local.minute)}:${two(local.second)}`;
      expect([toInstant(text, zone, 'earlier'), toInstant(text, zone, 'later')]).toContain(instant);
    }),
  );
});

it('a day whose midnight is skipped starts at one o’clock', () => {
  expect(toLocal(startOfDay('2027-09-05', 'America/Santiago'), 'America/Santiago')).toMatchObject({
    date: '2027-09-05',
    hour: 1,
    minute: 0,
  });
});

it('the date that Apia left out starts where the next one does', () => {
  expect(startOfDay('2011-12-30', 'Pacific/Apia')).toBe(startOfDay('2011-12-31', 'Pacific/Apia'));
});

it('an unknown zone, an impossible time and a broken instant are named', () => {
  expect(() => offsetMs('Mars/Olympus', 0)).toThrow(UnknownTimeZoneError);
  expect(() => toInstant('2027-01-01T10:00', '')).toThrow(UnknownTimeZoneError);
  expect(isTimeZone('Mars/Olympus')).toBe(false);
  expect(isTimeZone(undefined)).toBe(false);
  expect(() => toInstant('2027-02-29T10:00', 'UTC')).toThrow(InvalidDateError);
  expect(() => toInstant('2027-01-01T24:00', 'UTC')).toThrow(InvalidDateError);
  expect(() => toLocal(Number.NaN, 'UTC')).toThrow(InvalidInstantError);
  expect(() => toLocal(0.5, 'UTC')).toThrow(InvalidInstantError);
  expect(() => toLocal(1e16, 'UTC')).toThrow(InvalidInstantError);
});
