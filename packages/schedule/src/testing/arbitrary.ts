import fc from 'fast-check';
import { addDays, type Exception, type Resource, type Search, type WeeklyRule, weekdayOf } from '../index.ts';
import { CHANGES } from './moments.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const two = (value: number) => String(value).padStart(2, '0');
const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** A minute of the day, with a liking for the night, when clocks change. */
const minuteOfDay = fc.oneof(
  fc.integer({ min: 0, max: 16 }).map((quarter) => quarter * 15),
  fc.integer({ min: 0, max: 24 * 60 - 1 }),
  fc.constantFrom(0, 23 * 60, 23 * 60 + 30),
);

export function arbitraryRule(date: string, timeZone: string): fc.Arbitrary<WeeklyRule> {
  return fc
    .record(
      {
        day: fc.integer({ min: -1, max: 1 }),
        from: minuteOfDay,
        length: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 300, max: 24 * 60 })),
        validFrom: fc.integer({ min: -2, max: 1 }).map((days) => addDays(date, days)),
        validTo: fc.integer({ min: 1, max: 2 }).map((days) => addDays(date, days)),
      },
      { requiredKeys: ['day', 'from', 'length'] },
    )
    .map(({ day, from, length, ...valid }) => {
      const weekday = weekdayOf(addDays(date, day));
      return { weekday, from: clock(from), to: clock(Math.min(from + length, 1440)), timeZone, ...valid };
    });
}

export function arbitraryException(date: string, timeZone: string): fc.Arbitrary<Exception> {
  return fc
    .record({
      kind: fc.constantFrom('open', 'closed'),
      day: fc.integer({ min: -1, max: 1 }),
      from: minuteOfDay,
      length: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(1440)),
    })
    .map(({ kind, day, from, length }) => {
      const local = (minutes: number) =>
        `${addDays(date, day + Math.floor(minutes / 1440))}T${clock(minutes % 1440)}`;
      return { kind, from: local(from), to: local(from + length), timeZone };
    });
}

function arbitraryResource(id: string, date: string, timeZone: string): fc.Arbitrary<Resource> {
  const noon = Date.parse(`${date}T12:00Z`);
  const busy = fc
    .tuple(fc.integer({ min: -36 * 60, max: 36 * 60 }), fc.integer({ min: 0, max: 150 }))
    .map(([from, length]) => ({ start: noon + from * MINUTE_MS, end: noon + (from + length) * MINUTE_MS }));
  return fc.record({
    id: fc.constant(id),
    kinds: fc.subarray(['clinician', 'sonographer', 'room'], { minLength: 1 }),
    rules: fc.array(arbitraryRule(date, timeZone), { minLength: 4, maxLength: 6 }),
    exceptions: fc.array(arbitraryException(date, timeZone), { maxLength: 2 }),
    busy: fc.array(busy, { maxLength: 5 }),
  });
}

const service = fc.record({
  durationMin: fc.integer({ min: 1, max: 75 }),
  bufferBeforeMin: fc.constantFrom(0, 5, 20),
  bufferAfterMin: fc.constantFrom(0, 10, 30),
  leadMin: fc.constantFrom(0, 0, 60, 600),
  horizonDays: fc.constantFrom(0, 1, 2, 3, 60, 60),
  stepMin: fc.constantFrom(5, 7, 15, 20, 30, 50, 60),
  needs: fc.array(
    fc.record(
      {
        kind: fc.constantFrom('clinician', 'sonographer', 'room'),
        count: fc.constantFrom(1, 1, 1, 2),
        among: fc.subarray(['a', 'b', 'c', 'd'], { minLength: 2 }),
      },
      { requiredKeys: ['kind', 'count'] },
    ),
    { minLength: 1, maxLength: 2 },
  ),
});

/** A question to a small random clinic in the days around a clock change, and the date of that change. */
export const clinics: fc.Arbitrary<{ readonly date: string; readonly search: Search }> = fc
  .constantFrom(...CHANGES)
  .chain(({ zone, date }) => {
    const noon = Date.parse(`${date}T12:00Z`);
    return fc
      .record({
        service,
        resources: fc.tuple(...['a', 'b', 'c', 'd'].map((id) => arbitraryResource(id, date, zone))),
        now: fc.integer({ min: -40 * 60, max: -10 * 60 }).map((minutes) => noon + minutes * MINUTE_MS),
        from: fc.integer({ min: -30, max: 0 }),
        length: fc.integer({ min: 12, max: 36 }),
      })
      .map(({ from, length, ...question }) => {
        const within = { start: noon + from * HOUR_MS, end: noon + (from + length) * HOUR_MS };
        return { date, search: { ...question, timeZone: zone, within } };
      });
  });
