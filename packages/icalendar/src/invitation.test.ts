import fc from 'fast-check';
import ICAL from 'ical.js';
import nodeIcal, { type VEvent } from 'node-ical';
import { describe, expect, it } from 'vitest';
import { type Invitation, type InvitationDetails, InvitationError, invitation } from './index.ts';

const ZONES = [
  'Europe/Lisbon',
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Asia/Kathmandu',
  'America/Santiago',
  'Africa/Casablanca',
  'Asia/Tokyo',
  'UTC',
] as const;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const details: InvitationDetails = {
  uid: '0197f0a2-1111-7abc-8def-001122334455@clinic.example',
  sequence: 0,
  start: Date.UTC(2026, 6, 14, 8, 30),
  end: Date.UTC(2026, 6, 14, 9, 15),
  timeZone: 'Europe/Lisbon',
  summary: 'Appointment at Rectus Alameda',
  description: 'Bring comfortable clothes.\nTo move or cancel, use the link.',
  location: 'Rua da Saudade 12, Lisbon',
  organizer: { name: 'Rectus Alameda', email: 'desk@clinic.example' },
  attendee: { name: 'Ana Sousa', email: 'ana@example.org' },
  url: 'https://clinic.example/visit/abc?x=1',
  stampedAt: Date.UTC(2026, 6, 1, 12, 0, 0, 250),
};

const request = (change: Partial<InvitationDetails> = {}): string =>
  invitation({ ...details, ...change, method: 'REQUEST', status: 'CONFIRMED' });

/** Read by ical.js, which takes its offsets from the VTIMEZONE alone. */
function readByIcalJs(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const component = calendar.getFirstSubcomponent('vevent');
  if (!component) throw new Error('no VEVENT');
  const event = new ICAL.Event(component);
  const zone = calendar.getFirstSubcomponent('vtimezone');
  const instant = (time: ICAL.Time): number => {
    if (time.zone === ICAL.Timezone.utcTimezone) return time.toUnixTime() * 1000;
    if (!zone) throw new Error('a local time without VTIMEZONE');
    const local = time.clone();
    local.zone = new ICAL.Timezone(zone);
    return local.toUnixTime() * 1000;
  };
  return {
    calendar,
    event,
    component,
    method: calendar.getFirstPropertyValue('method'),
    start: instant(event.startDate),
    end: instant(event.endDate),
    nameOf: (property: string) => component.getFirstProperty(property)?.getFirstParameter('cn'),
  };
}

/** Read by node-ical, which looks the zone's name up in its own copy of the zones. */
function readByNodeIcal(text: string): VEvent {
  const event = Object.values(nodeIcal.sync.parseICS(text)).find((part) => part?.type === 'VEVENT');
  if (event?.type !== 'VEVENT') throw new Error('no VEVENT');
  return event;
}

function expectSameInstants(text: string, start: number, end: number): void {
  const one = readByIcalJs(text);
  const other = readByNodeIcal(text);
  expect([one.start, one.end]).toEqual([start, end]);
  expect([other.start.getTime(), other.end?.getTime()]).toEqual([start, end]);
}

const span = fc
  .record({
    minute: fc.integer({ min: Date.UTC(2024, 0, 1) / MINUTE, max: Date.UTC(2036, 11, 31) / MINUTE }),
    length: fc.oneof(fc.integer({ min: 5, max: 180 }), fc.integer({ min: 1, max: 30 * 24 * 60 })),
  })
  .map(({ minute, length }) => ({ start: minute * MINUTE, end: (minute + length) * MINUTE }));

describe('the time of an invitation', () => {
  it('is the same instant in two independent calendars, at any time in any zone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), span, (timeZone, { start, end }) => {
        expectSameInstants(request({ timeZone, start, end }), start, end);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['Europe/Lisbon', '2026-03-29T01:00Z'],
    ['Europe/Lisbon', '2026-10-25T01:00Z'],
    ['Europe/Berlin', '2027-03-28T01:00Z'],
    ['Europe/Berlin', '2027-10-31T01:00Z'],
    ['America/New_York', '2026-03-08T07:00Z'],
    ['America/New_York', '2026-11-01T06:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
    ['America/Santiago', '2026-04-05T03:00Z'],
    ['America/Santiago', '2026-09-06T04:00Z'],
    ['Africa/Casablanca', '2024-03-10T02:00Z'],
    ['Africa/Casablanca', '2024-04-14T02:00Z'],
  ])('holds for every quarter of an hour around the clock change of %s at %s', (timeZone, change) => {
    const at = Date.parse(change);
    const offset = (instant: number) =>
      new Date(instant).toLocaleString('en', { timeZone, timeZoneName: 'longOffset' }).split('GMT')[1];
    expect(offset(at - 1)).not.toBe(offset(at));
    for (let start = at - 3 * HOUR; start <= at + 3 * HOUR; start += 15 * MINUTE) {
      expectSameInstants(request({ timeZone, start, end: start + 45 * MINUTE }), start, start + 45 * MINUTE);
    }
  });

  it('is written in UTC only where the zone shows the same wall time twice', () => {
    const turnedBack = Date.UTC(2026, 9, 25, 1);
    const repeated = request({ start: turnedBack, end: turnedBack + HOUR });
    expect(repeated).toContain('DTSTART:20261025T010000Z\r\n');
    expect(repeated).not.toContain('VTIMEZONE');
    const later = request({ start: turnedBack + HOUR, end: turnedBack + 2 * HOUR });
    expect(later).toContain('DTSTART;TZID=Europe/Lisbon:20261025T020000\r\n');
  });
});

describe('the zone that comes with an invitation', () => {
  const zoneOf = (timeZone: string, start = details.start): string[] => {
    const text = request({ timeZone, start, end: start + HOUR });
    return text
      .slice(text.indexOf('BEGIN:VTIMEZONE'), text.indexOf('END:VTIMEZONE'))
      .split('\r\n')
      .slice(2, -1);
  };

  it('follows the yearly rule where the zone has one', () => {
    expect(zoneOf('Europe/Berlin')).toEqual([
      'BEGIN:STANDARD',
      'DTSTART:20241027T030000',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:20250330T020000',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'END:DAYLIGHT',
    ]);
    expect(zoneOf('America/New_York')).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU');
    expect(zoneOf('Australia/Lord_Howe')).toContain('TZOFFSETFROM:+1030');
  });

  it('lists the changes around the event where no weekday rule gives them', () => {
    expect(zoneOf('Africa/Casablanca', Date.UTC(2024, 6, 14, 9))).toEqual([
      'BEGIN:DAYLIGHT',
      'DTSTART:20240414T020000',
      'TZOFFSETFROM:+0000',
      'TZOFFSETTO:+0100',
      'END:DAYLIGHT',
      'BEGIN:STANDARD',
      'DTSTART:20250223T030000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0000',
      'END:STANDARD',
    ]);
  });

  it('is one standard time where the clocks never change, quarter hours included', () => {
    expect(zoneOf('Asia/Kathmandu')).toEqual([
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0545',
      'TZOFFSETTO:+0545',
      'END:STANDARD',
    ]);
    expect(zoneOf('America/Caracas')).toContain('TZOFFSETTO:-0400');
  });
});

describe('a booking, its move and its cancellation', () => {
  const moved = { start: details.start + 24 * HOUR, end: details.end + 24 * HOUR };
  const story: Invitation[] = [
    { ...details, method: 'REQUEST', status: 'CONFIRMED' },
    { ...details, ...moved, sequence: 1, method: 'REQUEST', status: 'CONFIRMED' },
    { ...details, ...moved, sequence: 2, method: 'CANCEL', status: 'CANCELLED' },
  ];

  it('keep one UID under a rising SEQUENCE, and the last takes the event away', () => {
    const read = story.map((event) => readByIcalJs(invitation(event)));
    expect(new Set(read.map(({ event }) => event.uid))).toEqual(new Set([details.uid]));
    expect(read.map(({ event }) => event.sequence)).toEqual([0, 1, 2]);
    expect(read.map(({ method }) => method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
    expect(read.map(({ component }) => component.getFirstPropertyValue('status'))).toEqual([
      'CONFIRMED',
      'CONFIRMED',
      'CANCELLED',
    ]);
  });

  it('read the same in a second calendar', () => {
    const read = story.map((event) => readByNodeIcal(invitation(event)));
    expect(read.map(({ uid }) => uid)).toEqual(story.map(({ uid }) => uid));
    expect(read.map(({ sequence }) => Number(sequence))).toEqual([0, 1, 2]);
    expect(read.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
    expect(read.map(({ start }) => start.getTime())).toEqual(story.map(({ start }) => start));
  });

  it('are stamped in UTC, kept private, and name both sides', () => {
    const text = request();
    expect(text).toContain('DTSTAMP:20260701T120000Z\r\n');
    expect(text).toContain('CLASS:PRIVATE\r\n');
    const { component, event } = readByIcalJs(text);
    expect(component.getFirstPropertyValue('attendee')).toBe('mailto:ana@example.org');
    expect(event.organizer).toBe('mailto:desk@clinic.example');
    expect(component.getFirstPropertyValue('url')).toBe(details.url);
  });
});

/** Text in any script with what breaks careless writers: quotes, delimiters, line breaks, carets, emoji. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('"', ',', ';', ':', '^', "^'", '^n', '\n', '\\', '\\n', '=', '\t', ' ', 'TZID='),
      fc.constantFrom('Nguyễn', 'Ελένη', 'محمد', '山田', 'Дарья', '👩🏽‍🍼', 'BEGIN:VALARM', 'é'.repeat(60)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').replace(/[\u0085\u2028\u2029]|[^\P{Cc}\t\n]/gu, ''));

describe('text in an invitation', () => {
  // ical.js reads backslashes in parameters as escapes, which RFC 5545 does not have there, so names go without
  const hostileName = hostileText.map((text) => text.replaceAll('\\', ''));

  it('comes back exactly as it was given, whatever it holds', () => {
    fc.assert(
      fc.property(hostileName, hostileName, hostileText, hostileText, (name, desk, summary, note) => {
        const text = request({
          summary,
          description: note,
          location: summary,
          attendee: { name, email: 'ana@example.org' },
          organizer: { name: desk, email: 'desk@clinic.example' },
        });
        const { event, nameOf } = readByIcalJs(text);
        expect([event.summary, event.description, event.location]).toEqual([summary, note, summary]);
        expect([nameOf('attendee') ?? '', nameOf('organizer') ?? '']).toEqual([name, desk]);
      }),
      { numRuns: 500 },
    );
  });

  it('comes back from a second calendar too, backslashes and outer quotes aside, which that one misreads', () => {
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const summary = hostile.replace(/\\|"|TZID=/g, '');
        expect(readByNodeIcal(request({ summary })).summary).toBe(summary);
      }),
    );
  });

  it('never makes a line longer than 75 octets, nor cuts a character in two', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, note) => {
        const text = request({ description: note, attendee: { name, email: 'ana@example.org' } });
        const bytes = Buffer.from(text, 'utf8');
        for (const line of bytes.toString('latin1').split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(75);
          const octets = Buffer.from(line, 'latin1');
          expect(Buffer.from(octets.toString('utf8'), 'utf8').equals(octets)).toBe(true);
        }
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      }),
    );
  });

  it('cannot add a property or a component, whichever line break it tries', () => {
    const plain = readByIcalJs(request());
    const shape = (text: string) => {
      const { calendar, component } = readByIcalJs(text);
      return [
        calendar.getAllSubcomponents().map(({ name }) => name),
        component.getAllProperties().map(({ name }) => name),
        component.getAllSubcomponents().length,
      ];
    };
    for (const lineBreak of ['\n', '\r', '\r\n', '\u2028', '\u0085', '\v', '\f', '\n\r\n ', '\\n']) {
      const attack = `x${lineBreak}BEGIN:VALARM${lineBreak}ATTACH:https://evil.example${lineBreak}END:VALARM`;
      const person = { name: attack, email: 'ana@example.org' };
      const text = request({
        uid: attack,
        summary: attack,
        description: attack,
        location: attack,
        organizer: person,
        attendee: person,
      });
      expect(shape(text)).toEqual(shape(request()));
      expect(text).not.toMatch(/^(BEGIN:VALARM|ATTACH)/m);
    }
    expect(plain.component.getAllSubcomponents()).toEqual([]);
  });

  it('replaces half a surrogate pair, which UTF-8 cannot hold', () => {
    expect(readByIcalJs(request({ summary: 'a\ud83db' })).event.summary).toBe('a\ufffdb');
  });
});

describe('what cannot be an invitation', () => {
  const wrong: [keyof Invitation, Partial<InvitationDetails>][] = [
    ['end', { end: details.start }],
    ['start', { start: Number.NaN }],
    ['start', { start: details.start + 1 }],
    ['sequence', { sequence: -1 }],
    ['sequence', { sequence: 1.5 }],
    ['uid', { uid: ' \n' }],
    ['timeZone', { timeZone: 'Europe/Atlantis' }],
    ['timeZone', { timeZone: 'UTC\r\nX-EVIL:1' }],
    ['attendee', { attendee: { name: 'Ana', email: 'ana@example.org\r\nBcc: all@example.org' } }],
    ['attendee', { attendee: { name: 'Ana', email: 'ana@example.org,eve@example.org' } }],
    ['organizer', { organizer: { name: 'Desk', email: '' } }],
    ['url', { url: 'javascript:alert(1)' }],
    ['url', { url: 'not an address' }],
  ];

  it.each(wrong)('is refused with the name of what is wrong: %s %o', (field, change) => {
    expect(() => request(change)).toThrow(InvitationError);
    expect(() => request(change)).toThrow(expect.objectContaining({ field }));
  });

  it('includes a cancellation that says the appointment stands', () => {
    const contradiction = { ...details, method: 'CANCEL', status: 'CONFIRMED' } as unknown as Invitation;
    expect(() => invitation(contradiction)).toThrow(expect.objectContaining({ field: 'status' }));
  });
});
