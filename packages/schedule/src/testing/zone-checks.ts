import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { addDays, type Disambiguation, dateAt, offsetMs, startOfDay, toInstant, toLocal } from '../index.ts';
import { CHANGES } from './moments.ts';

const HOUR_MS = 3_600_000;

/** Throws unless the local reading of an instant is what Temporal says. */
export function checkReading(instant: number, zone: string): void {
  const truth = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  assert.deepEqual(toLocal(instant, zone), {
    year: truth.year,
    month: truth.month,
    day: truth.day,
    hour: truth.hour,
    minute: truth.minute,
    second: truth.second,
    date: truth.toPlainDate().toString(),
    weekday: truth.dayOfWeek,
  });
  assert.equal(offsetMs(zone, instant), truth.offsetNanoseconds / 1e6);
}

/** Throws unless a local time means what Temporal says, in each of the three ways to read it. */
export function checkMeaning(local: string, zone: string): void {
  for (const disambiguation of ['compatible', 'earlier', 'later'] satisfies Disambiguation[]) {
    const truth = Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation });
    assert.equal(toInstant(local, zone, disambiguation), truth.epochMilliseconds, `${local} ${zone}`);
  }
}

/** Throws unless the day begins when Temporal says. */
export function checkDayStart(date: string, zone: string): void {
  const truth = Temporal.PlainDate.from(date).toZonedDateTime(zone);
  assert.equal(startOfDay(date, zone), truth.epochMilliseconds, `${date} ${zone}`);
}

/** Walks through the days around every clock change. Returns how many checks it made. */
export function checkAllChanges(): number {
  let checks = 0;
  for (const { zone, date } of CHANGES) {
    const middle = Date.UTC(
      Number(date.slice(0, 4)),
      Number(date.slice(5, 7)) - 1,
      Number(date.slice(8)),
      12,
    );
    for (let minutes = -36 * 60; minutes <= 36 * 60; minutes += 15) {
      const instant = middle + minutes * (HOUR_MS / 60);
      checkReading(instant, zone);
      checkMeaning(new Date(instant).toISOString().slice(0, 16), zone);
      checks += 2;
    }
    for (let days = -3; days <= 3; days++) {
      checkDayStart(addDays(date, days), zone);
      checks++;
    }
    assert.equal(dateAt(startOfDay(addDays(date, 1), zone), zone), addDays(date, 1));
  }
  return checks;
}
