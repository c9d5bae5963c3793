import type { ClockChange } from './clock-changes.ts';

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

interface Onset {
  readonly year: number;
  readonly month: number;
  readonly weekday: number;
  readonly timeOfDay: number;
  /** Which of its weekday in the month this day is: 1 for the first. */
  readonly fromStart: number;
  /** The same counted from the end: -1 for the last. */
  readonly fromEnd: number;
}

/**
 * The RRULE of changes that come once a year, such as "last Sunday of March at 02:00", or null where no such
 * rule gives every one of them. Only weekday rules are tried: many calendars read no other form in a VTIMEZONE.
 */
export function yearlyRule(changes: readonly ClockChange[]): string | null {
  const onsets = changes.map(onsetOf);
  const [first, ...later] = onsets;
  if (!first) return null;
  const regular = later.every(
    (onset, index) =>
      onset.year === first.year + index + 1 &&
      onset.month === first.month &&
      onset.weekday === first.weekday &&
      onset.timeOfDay === first.timeOfDay,
  );
  if (!regular) return null;
  const ordinal = sharedOrdinal(onsets);
  return ordinal === null
    ? null
    : `FREQ=YEARLY;BYMONTH=${first.month + 1};BYDAY=${ordinal}${WEEKDAYS[first.weekday]}`;
}

/** "The last" is preferred to "the fourth", and "the fourth" is not guessed from a few short months. */
function sharedOrdinal(onsets: readonly Onset[]): number | null {
  for (const side of ['fromEnd', 'fromStart'] as const) {
    const ordinals = new Set(onsets.map((onset) => onset[side]));
    const [only] = ordinals;
    if (ordinals.size === 1 && only !== undefined && Math.abs(only) <= (side === 'fromEnd' ? 1 : 4))
      return only;
  }
  return null;
}

/** An onset is told in the local time that the clocks showed until then (RFC 5545, section 3.6.5). */
function onsetOf(change: ClockChange): Onset {
  const local = new Date(change.at + change.offsetBefore);
  const year = local.getUTCFullYear();
  const month = local.getUTCMonth();
  const day = local.getUTCDate();
  const daysInMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return {
    year,
    month,
    weekday: local.getUTCDay(),
    timeOfDay: (change.at + change.offsetBefore) % 86_400_000,
    fromStart: Math.ceil(day / 7),
    fromEnd: -Math.ceil((daysInMonth - day + 1) / 7),
  };
}
