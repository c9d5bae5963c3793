import { InvalidCountError, InvalidInstantError, InvalidSpanError } from './errors.ts';

/** Milliseconds since 1970-01-01T00:00Z. Always whole. */
export type Instant = number;

/** The instants from `start` up to, but not including, `end`. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

const EARLIEST = Date.UTC(1000, 0, 1);
const LATEST = Date.UTC(10_000, 0, 1);

/** Returns the instant itself; throws InvalidInstantError unless it is whole and in the years 1000 to 9999. */
export function checkInstant(instant: Instant, field = 'instant'): Instant {
  if (Number.isInteger(instant) && instant >= EARLIEST && instant <= LATEST) return instant;
  const expected = 'whole milliseconds since 1970 within the years 1000 to 9999';
  throw new InvalidInstantError({ field, expected, found: instant });
}

/** Returns the span itself; throws InvalidInstantError, or InvalidSpanError where it ends before it starts. */
export function checkSpan(span: Span, field = 'span'): Span {
  checkInstant(span.start, `${field}.start`);
  checkInstant(span.end, `${field}.end`);
  if (span.end >= span.start) return span;
  throw new InvalidSpanError({ field: `${field}.end`, expected: `at least ${span.start}`, found: span.end });
}

/** Returns the count itself; throws InvalidCountError unless it is a whole number from 0 upwards. */
export function checkCount(count: number, field = 'count'): number {
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new InvalidCountError({ field, expected: 'a whole number from 0 upwards', found: count });
}
