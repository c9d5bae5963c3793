/** A moment at which the clocks of a zone change. Instants are epoch ms, offsets are ms east of UTC. */
export interface ClockChange {
  readonly at: number;
  readonly offsetBefore: number;
  readonly offsetAfter: number;
}

const SECOND = 1000;
const DAY = 86_400_000;

/** Shorter than any span between two changes that a zone has had in modern times (Ramadan in Morocco: a month). */
const STEP = 7 * DAY;

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clocks are ahead of UTC at an instant, in ms. Throws RangeError for an unknown zone. */
export function offsetAt(zone: string, instant: number): number {
  const whole = Math.floor(instant / SECOND) * SECOND;
  const part: Record<string, number> = {};
  for (const { type, value } of formatFor(zone).formatToParts(whole)) part[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** Every change of a zone's clocks after `from` and up to `to`, in order, exact to the second. */
export function clockChanges(zone: string, from: number, to: number): ClockChange[] {
  const changes: ClockChange[] = [];
  let offsetBefore = offsetAt(zone, from);
  for (let left = from; left < to; left += STEP) {
    const right = Math.min(left + STEP, to);
    const offsetAfter = offsetAt(zone, right);
    if (offsetAfter !== offsetBefore) {
      changes.push({ at: changeBetween(zone, left, right), offsetBefore, offsetAfter });
    }
    offsetBefore = offsetAfter;
  }
  return changes;
}

/** The first second, after `left` and up to `right`, at which the offset is no longer that of `left`. */
function changeBetween(zone: string, left: number, right: number): number {
  const before = offsetAt(zone, left);
  let low = Math.floor(left / SECOND);
  let high = Math.ceil(right / SECOND);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * SECOND) === before) low = middle;
    else high = middle;
  }
  return high * SECOND;
}

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}
