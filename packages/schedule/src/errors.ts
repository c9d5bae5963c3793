/** What every error of this package tells: the field, what was expected there and what was found. */
export interface Complaint {
  readonly field: string;
  readonly expected: string;
  readonly found: unknown;
}

const FOUND_LIMIT = 80;

function shown(found: unknown): string {
  const text = typeof found === 'string' ? JSON.stringify(found) : String(found);
  return text.length > FOUND_LIMIT ? `${text.slice(0, FOUND_LIMIT)}…` : text;
}

/** The common ancestor of all errors that this package throws on purpose. */
export class ScheduleError extends Error {
  override readonly name: string = 'ScheduleError';
  readonly field: string;
  readonly expected: string;
  readonly found: unknown;

  constructor({ field, expected, found }: Complaint) {
    super(`${field}: expected ${expected}, found ${shown(found)}`);
    this.field = field;
    this.expected = expected;
    this.found = found;
  }
}

/** A time zone that the runtime's IANA database does not know. */
export class UnknownTimeZoneError extends ScheduleError {
  override readonly name = 'UnknownTimeZoneError';
}

/** Text that is no calendar date, month or local time, such as 2027-02-29. */
export class InvalidDateError extends ScheduleError {
  override readonly name = 'InvalidDateError';
}

/** A number that is no instant: not whole milliseconds, or outside the years 1000 to 9999. */
export class InvalidInstantError extends ScheduleError {
  override readonly name = 'InvalidInstantError';
}

/** A span that ends before it starts. */
export class InvalidSpanError extends ScheduleError {
  override readonly name = 'InvalidSpanError';
}

/** A weekly rule that cannot be read, or that ends before it begins. */
export class InvalidRuleError extends ScheduleError {
  override readonly name = 'InvalidRuleError';
}

/** An exception to the weekly rules that cannot be read, or that ends before it begins. */
export class InvalidExceptionError extends ScheduleError {
  override readonly name = 'InvalidExceptionError';
}

/** A service whose duration, buffers, lead, horizon, step or needs make no sense. */
export class InvalidServiceError extends ScheduleError {
  override readonly name = 'InvalidServiceError';
}

/** A resource or candidate without an id of its own, or with a load that is no number. */
export class InvalidResourceError extends ScheduleError {
  override readonly name = 'InvalidResourceError';
}

/** A count of results that is no whole number from 0 upwards. */
export class InvalidCountError extends ScheduleError {
  override readonly name = 'InvalidCountError';
}
