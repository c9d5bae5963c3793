import { describe, expect, it } from 'vitest';
import {
  clockDifference,
  clockTime,
  longDate,
  partOfDay,
  placeTime,
  timeView,
  zoneCity,
  zoneDetail,
} from './times.ts';

const NOV_24_0930_UTC = Date.UTC(2026, 10, 24, 9, 30);
const berlinToLisbon = timeView('en-GB', 'Europe/Lisbon', 'Europe/Berlin');

describe('times for a viewer in another zone', () => {
  it('are the viewer’s, with the clinic’s below', () => {
    expect(clockTime(NOV_24_0930_UTC, berlinToLisbon.viewerZone, 'en-GB')).toBe('10:30');
    expect(placeTime(berlinToLisbon, NOV_24_0930_UTC)).toBe('9:30 Lisbon');
    expect(clockDifference(berlinToLisbon, NOV_24_0930_UTC)).toBe('one hour behind');
  });

  it('say the clinic’s day where it is another day there', () => {
    const auckland = timeView('en-GB', 'Europe/Lisbon', 'Pacific/Auckland');
    expect(placeTime(auckland, Date.UTC(2026, 10, 24, 17))).toBe('Tue 17:00 Lisbon');
    expect(clockDifference(auckland, Date.UTC(2026, 10, 24, 17))).toBe('13 hours behind');
  });

  it('stand alone where both clocks agree, whatever the zones are called', () => {
    expect(placeTime(timeView('en-GB', 'Europe/Lisbon', 'Europe/London'), NOV_24_0930_UTC)).toBeNull();
  });

  it('are the clinic’s own while the viewer’s zone is unknown or made up', () => {
    for (const zone of [null, 'Mars/Olympus', '../../etc/passwd']) {
      const view = timeView('en-GB', 'Europe/Lisbon', zone);
      expect(view).toMatchObject({ viewerZone: 'Europe/Lisbon', viewerKnown: false });
    }
  });

  it('follow clock changes: London and Lisbon move together, New York does not', () => {
    const newYork = timeView('en-GB', 'Europe/Lisbon', 'America/New_York');
    expect(clockDifference(newYork, Date.UTC(2026, 9, 24, 12))).toBe('5 hours ahead');
    expect(clockDifference(newYork, Date.UTC(2026, 9, 28, 12))).toBe('4 hours ahead');
  });
});

describe('words for dates and zones', () => {
  it('read as people say them', () => {
    expect(longDate('2026-11-24', 'en-GB')).toBe('Tuesday 24 November');
    expect(clockTime(NOV_24_0930_UTC, 'Europe/Lisbon', 'en-GB')).toBe('9:30');
    expect(clockTime(NOV_24_0930_UTC, 'America/New_York', 'en-US')).toMatch(/^4:30\sAM$/);
    expect(zoneCity('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
    expect(zoneDetail('Europe/Berlin', NOV_24_0930_UTC, 'en-GB')).toBe('CET, UTC+1');
    expect(zoneDetail('Asia/Kolkata', NOV_24_0930_UTC, 'en-GB')).toMatch(/UTC\+5:30$/);
    expect(zoneDetail('America/New_York', NOV_24_0930_UTC, 'en-US')).toBe('EST, UTC−5');
  });

  it('noon begins the afternoon and five o’clock the evening', () => {
    const at = (hour: number, minute: number) => Date.UTC(2026, 10, 24, hour, minute);
    expect(partOfDay(at(11, 59), 'Europe/Lisbon')).toBe('morning');
    expect(partOfDay(at(12, 0), 'Europe/Lisbon')).toBe('afternoon');
    expect(partOfDay(at(17, 0), 'Europe/Lisbon')).toBe('evening');
  });
});
