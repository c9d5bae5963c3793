import { DAY_MS, type Instant, MINUTE_MS, type Span } from './instant.ts';
import { type OffsetSegment, segmentAt } from './zone-table.ts';

/** The instants that may be a start, by the clock alone. */
export interface Grid {
  readonly timeZone: string;
  readonly stepMin: number;
  /** The last local date, in days since 1970-01-01. */
  readonly lastDay: number;
}

/** Whether the local clock stands at a whole multiple of the step after midnight. */
export function isOnGrid(instant: Instant, timeZone: string, stepMin: number): boolean {
  const wall = instant + segmentAt(timeZone, instant).offsetMs;
  const sinceMidnight = wall - Math.floor(wall / DAY_MS) * DAY_MS;
  return sinceMidnight % (stepMin * MINUTE_MS) === 0;
}

/**
 * The grid's instants inside `within`, ascending. Where the clock repeats an hour, both passes are in it; what the
 * clock skips is not.
 */
export function gridInstants({ timeZone, stepMin, lastDay }: Grid, within: Span): Float64Array {
  const instants: number[] = [];
  let from = within.start;
  while (from < within.end) {
    const segment = segmentAt(timeZone, from);
    addSegment(instants, segment, from, Math.min(within.end, segment.end), stepMin * MINUTE_MS, lastDay);
    from = segment.end;
  }
  return Float64Array.from(instants);
}

function addSegment(
  instants: number[],
  { offsetMs }: OffsetSegment,
  from: Instant,
  to: Instant,
  stepMs: number,
  lastDay: number,
): void {
  const firstDay = Math.floor((from + offsetMs) / DAY_MS);
  for (let day = firstDay; day <= lastDay; day++) {
    const midnight = day * DAY_MS - offsetMs;
    if (midnight >= to) return;
    const end = Math.min(to, midnight + DAY_MS);
    const skipped = Math.max(0, Math.ceil((from - midnight) / stepMs));
    for (let instant = midnight + skipped * stepMs; instant < end; instant += stepMs) instants.push(instant);
  }
}
