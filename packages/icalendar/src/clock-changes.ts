import { type Instant, offsetMs } from '@rectus/schedule';

/** A moment at which the clocks of a zone change. Offsets are ms east of UTC. */
export interface ClockChange {
  readonly at: Instant;
  readonly offsetBefore: number;
  readonly offsetAfter: number;
}

const SECOND = 1000;

/** Shorter than any span between two changes that a zone has had in modern times (Ramadan in Morocco: a month). */
const STEP = 7 * 86_400_000;

/** Every change of a zone's clocks after `from` and up to `to`, in order, exact to the second. */
export function clockChanges(zone: string, from: Instant, to: Instant): ClockChange[] {
  const changes: ClockChange[] = [];
  let offsetBefore = offsetMs(zone, from);
  for (let left = from; left < to; left += STEP) {
    const right = Math.min(left + STEP, to);
    const offsetAfter = offsetMs(zone, right);
    if (offsetAfter !== offsetBefore) {
      changes.push({ at: changeBetween(zone, left, right), offsetBefore, offsetAfter });
    }
    offsetBefore = offsetAfter;
  }
  return changes;
}

/** The first second, after `left` and up to `right`, at which the offset is no longer that of `left`. */
function changeBetween(zone: string, left: Instant, right: Instant): Instant {
  const before = offsetMs(zone, left);
  let low = Math.floor(left / SECOND);
  let high = Math.ceil(right / SECOND);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle * SECOND) === before) low = middle;
    else high = middle;
  }
  return high * SECOND;
}
