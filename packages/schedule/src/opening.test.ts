import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkRule,
  InvalidExceptionError,
  InvalidRuleError,
  InvalidSpanError,
  openSpans,
  toInstant,
  type WeeklyRule,
} from './index.ts';
import { arbitraryException, arbitraryRule } from './testing/arbitrary.ts';
import { CHANGES } from './testing/moments.ts';
import { openMinutes, readings } from './testing/oracle.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LISBON = 'Europe/Lisbon';

const at = (local: string, zone = LISBON) => toInstant(local, zone);
const span = (from: string, to: string, zone = LISBON) => ({ start: at(from, zone), end: at(to, zone) });
const rule = (weekday: WeeklyRule['weekday'], from: string, to: string, timeZone = LISBON): WeeklyRule => {
  return { weekday, from, to, timeZone };
};

const openings = fc.constantFrom(...CHANGES).chain(({ zone, date }) =>
  fc.record({
    zone: fc.constant(zone),
    date: fc.constant(date),
    rules: fc.array(arbitraryRule(date, zone), { maxLength: 4 }),
    exceptions: fc.array(arbitraryException(date, zone), { maxLength: 3 }),
  }),
);

describe('opening hours', () => {
  it('are, minute by minute, what the wall clock says, around every clock change', () => {
    fc.assert(
      fc.property(openings, ({ zone, date, rules, exceptions }) => {
        const minutes = readings(zone, date);
        const noon = Date.parse(`${date}T12:00Z`);
        const within = { start: noon - 36 * HOUR_MS, end: noon + 36 * HOUR_MS };
        const expected = openMinutes(rules, exceptions, minutes);
        const spans = openSpans(rules, exceptions, within);
        const found = spans.flatMap(({ start, end }) =>
          Array.from({ length: (end - start) / MINUTE_MS }, (_, index) => start + index * MINUTE_MS),
        );
        const inside = [...expected].filter((minute) => minute >= within.start && minute < within.end);
        expect(found).toEqual(inside.sort((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  }, 30_000);

  it('last 23 and 25 hours on the days of the clock change', () => {
    const sunday = [rule(7, '00:00', '24:00')];
    const hours = (from: string, to: string) => {
      const [open] = openSpans(sunday, [], span(from, to));
      return open === undefined ? 0 : (open.end - open.start) / HOUR_MS;
    };
    expect(hours('2027-03-27T00:00', '2027-03-30T00:00')).toBe(23);
    expect(hours('2027-10-30T00:00', '2027-11-02T00:00')).toBe(25);
    expect(hours('2027-06-05T00:00', '2027-06-08T00:00')).toBe(24);
  });

  it('join where one rule ends as another begins, and across midnight', () => {
    const rules = [rule(1, '14:00', '24:00'), rule(1, '09:00', '14:00'), rule(2, '00:00', '02:00')];
    expect(openSpans(rules, [], span('2027-06-07T00:00', '2027-06-10T00:00'))).toEqual([
      span('2027-06-07T09:00', '2027-06-08T02:00'),
    ]);
  });

  it('hold from the first to the last valid date, both included', () => {
    const rules = [{ ...rule(1, '09:00', '10:00'), validFrom: '2027-06-14', validTo: '2027-06-21' }];
    const open = openSpans(rules, [], span('2027-06-01T00:00', '2027-07-31T00:00'));
    expect(open).toEqual([
      span('2027-06-14T09:00', '2027-06-14T10:00'),
      span('2027-06-21T09:00', '2027-06-21T10:00'),
    ]);
  });

  it('a closure beats both weekly rules and extra openings', () => {
    const exceptions = [
      { kind: 'closed', from: '2027-06-07T00:00', to: '2027-06-08T00:00', timeZone: LISBON },
      { kind: 'open', from: '2027-06-07T20:00', to: '2027-06-08T01:00', timeZone: LISBON },
    ] as const;
    expect(
      openSpans([rule(1, '09:00', '17:00')], exceptions, span('2027-06-01T00:00', '2027-07-01T00:00')),
    ).toEqual([
      span('2027-06-08T00:00', '2027-06-08T01:00'),
      ...['14', '21', '28'].map((day) => span(`2027-06-${day}T09:00`, `2027-06-${day}T17:00`)),
    ]);
  });

  it('of two sites are each in their own local time', () => {
    const rules = [rule(1, '09:00', '10:00'), rule(1, '09:00', '10:00', 'America/New_York')];
    expect(openSpans(rules, [], span('2027-06-07T00:00', '2027-06-08T00:00'))).toEqual([
      span('2027-06-07T09:00', '2027-06-07T10:00'),
      span('2027-06-07T09:00', '2027-06-07T10:00', 'America/New_York'),
    ]);
  });

  it('are whole where the clock goes back across midnight and a date is met twice', () => {
    const zone = 'America/St_Johns';
    const midnight = toInstant('2010-11-07T00:00', zone, 'earlier');
    const within = (from: number, to: number) => ({
      start: midnight + from * HOUR_MS,
      end: midnight + to * HOUR_MS,
    });
    expect(openSpans([rule(6, '23:00', '24:00', zone)], [], within(0, 3))).toEqual([within(0, 1)]);
    expect(openSpans([rule(7, '00:00', '01:00', zone)], [], within(-1, 0.5))).toEqual([within(0, 0.5)]);
  });

  it('are none on 29 February unless the year has one', () => {
    const days = (year: number) =>
      openSpans(
        [1, 2, 3, 4, 5, 6, 7].map((weekday) => rule(weekday as 1, '09:00', '10:00')),
        [],
        span(`${year}-02-28T00:00`, `${year}-03-02T00:00`),
      ).length;
    expect([days(2027), days(2028)]).toEqual([2, 3]);
  });
});

describe('a mistake in the hours is named', () => {
  const within = span('2027-06-01T00:00', '2027-07-01T00:00');

  it.each([
    [{ weekday: 0 }, 'rules[0].weekday'],
    [{ weekday: 8 }, 'rules[0].weekday'],
    [{ from: '9:00' }, 'rules[0].from'],
    [{ from: '24:00' }, 'rules[0].from'],
    [{ to: '24:01' }, 'rules[0].to'],
    [{ to: '09:00' }, 'rules[0].to'],
    [{ to: '08:00' }, 'rules[0].to'],
    [{ timeZone: 'Lisbon' }, 'rules[0].timeZone'],
    [{ validFrom: '2027-02-29' }, 'rules[0].validFrom'],
    [{ validTo: 'soon' }, 'rules[0].validTo'],
    [{ validFrom: '2027-02-02', validTo: '2027-02-01' }, 'rules[0].validTo'],
  ])('%o', (mistake, field) => {
    const wrong = { ...rule(1, '09:00', '17:00'), ...mistake } as WeeklyRule;
    expect(() => openSpans([wrong], [], within)).toThrow(InvalidRuleError);
    expect(() => openSpans([wrong], [], within)).toThrow(expect.objectContaining({ field }));
    expect(() => checkRule(wrong)).toThrow(InvalidRuleError);
  });

  it.each([
    { kind: 'maybe', from: '2027-06-01T00:00', to: '2027-06-02T00:00', timeZone: LISBON },
    { kind: 'closed', from: '2027-06-01', to: '2027-06-02T00:00', timeZone: LISBON },
    { kind: 'closed', from: '2027-06-02T00:00', to: '2027-06-02T00:00', timeZone: LISBON },
    { kind: 'closed', from: '2027-02-29T00:00', to: '2027-06-02T00:00', timeZone: LISBON },
    { kind: 'open', from: '2027-06-01T00:00', to: '2027-06-02T00:00', timeZone: 'Nowhere' },
  ])('%o', (wrong) => {
    expect(() => openSpans([], [wrong as never], within)).toThrow(InvalidExceptionError);
  });

  it('and so is a span that ends before it starts', () => {
    expect(() => openSpans([], [], { start: 2, end: 1 })).toThrow(InvalidSpanError);
  });
});

describe('a closure of one place', () => {
  const monday = { weekday: 1, timeZone: 'UTC' } as const;
  const within = { start: Date.UTC(2026, 2, 2), end: Date.UTC(2026, 2, 3) };
  const closed = {
    kind: 'closed',
    from: '2026-03-02T00:00',
    to: '2026-03-03T00:00',
    timeZone: 'UTC',
  } as const;
  const rules = [
    { ...monday, from: '09:00', to: '12:00', place: 'harbour' },
    { ...monday, from: '14:00', to: '16:00', place: 'mill' },
    { ...monday, from: '18:00', to: '19:00' },
  ];
  const hours = (exceptions: Parameters<typeof openSpans>[1]) =>
    openSpans(rules, exceptions, within).map(({ start }) => new Date(start).getUTCHours());

  it('takes away the hours that are worked there, and no others', () => {
    expect(hours([{ ...closed, place: 'harbour' }])).toEqual([14, 18]);
    expect(
      hours([
        { ...closed, place: 'harbour' },
        { ...closed, place: 'mill' },
      ]),
    ).toEqual([18]);
    expect(hours([{ ...closed, place: 'elsewhere' }])).toEqual([9, 14, 18]);
  });

  it('without a name takes away everything', () => {
    expect(hours([closed])).toEqual([]);
  });
});
