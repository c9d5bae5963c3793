import { UnknownTimeZoneError } from './errors.ts';
import { DAY_MS, type Instant } from './instant.ts';

/** A stretch of time through which a zone's offset from UTC stays the same. */
export interface OffsetSegment {
  readonly start: Instant;
  readonly end: Instant;
  /** Local wall time minus UTC, in milliseconds. */
  readonly offsetMs: number;
}

/** What has been learnt about one zone so far: sorted segments, a block of about a year at a time. */
interface ZoneTable {
  readonly format: Intl.DateTimeFormat;
  readonly blocks: Map<number, readonly OffsetSegment[]>;
  recent: OffsetSegment;
}

const BLOCK_MS = 366 * DAY_MS;
// The shortest time between two changes of any zone since 1900 is 3.99 days (Freetown, September 1939; IANA database),
// so a probe every three days sees them all.
const PROBE_MS = 3 * DAY_MS;
const SECOND_MS = 1000;
// Zone names may be spelt in any case; the limit keeps odd spellings from filling the memory.
const TABLE_LIMIT = 1000;

const tables = new Map<string, ZoneTable>();

function createTable(zone: string): ZoneTable {
  try {
    const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return { format, blocks: new Map(), recent: { start: 0, end: 0, offsetMs: 0 } };
  } catch {
    throw new UnknownTimeZoneError({ field: 'timeZone', expected: 'an IANA time zone', found: zone });
  }
}

function tableOf(zone: string): ZoneTable {
  const known = tables.get(zone);
  if (known !== undefined) return known;
  // Without this, Intl would read `undefined` as the zone of the process.
  if (typeof zone !== 'string') {
    throw new UnknownTimeZoneError({ field: 'timeZone', expected: 'an IANA time zone', found: zone });
  }
  const table = createTable(zone);
  if (tables.size >= TABLE_LIMIT) tables.clear();
  tables.set(zone, table);
  return table;
}

/** Asks Intl what the clock shows at a whole second. Slow: used only to fill the tables. */
function probeOffset(format: Intl.DateTimeFormat, instant: Instant): number {
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
    format.format(instant).match(/\d+/g) ?? []
  ).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}

/** The first second in (from, to] at which the offset is no longer that of `from`. */
function findChange(format: Intl.DateTimeFormat, from: Instant, to: Instant, offsetMs: number): Instant {
  let same = from;
  let changed = to;
  while (changed - same > SECOND_MS) {
    const middle = same + Math.floor((changed - same) / 2 / SECOND_MS) * SECOND_MS;
    if (probeOffset(format, middle) === offsetMs) same = middle;
    else changed = middle;
  }
  return changed;
}

function buildBlock(format: Intl.DateTimeFormat, index: number): readonly OffsetSegment[] {
  const blockEnd = (index + 1) * BLOCK_MS;
  const segments: OffsetSegment[] = [];
  let start = index * BLOCK_MS;
  let offsetMs = probeOffset(format, start);
  let cursor = start;
  while (cursor < blockEnd) {
    const next = Math.min(cursor + PROBE_MS, blockEnd);
    if (probeOffset(format, next) === offsetMs) {
      cursor = next;
      continue;
    }
    const change = findChange(format, cursor, next, offsetMs);
    if (change === blockEnd) break;
    segments.push({ start, end: change, offsetMs });
    start = change;
    cursor = change;
    offsetMs = probeOffset(format, change);
  }
  segments.push({ start, end: blockEnd, offsetMs });
  return segments;
}

/**
 * The segment of constant offset around an instant. Segments are cut at the borders of blocks, so two neighbours
 * may have the same offset. Throws UnknownTimeZoneError.
 */
export function segmentAt(zone: string, instant: Instant): OffsetSegment {
  const table = tableOf(zone);
  const { recent } = table;
  if (instant >= recent.start && instant < recent.end) return recent;
  const index = Math.floor(instant / BLOCK_MS);
  let block = table.blocks.get(index);
  if (block === undefined) {
    block = buildBlock(table.format, index);
    table.blocks.set(index, block);
  }
  for (const segment of block) {
    if (instant < segment.end) {
      table.recent = segment;
      return segment;
    }
  }
  throw new RangeError(`No segment of ${zone} around ${instant}`);
}

/** Whether the runtime knows the zone. */
export function isTimeZone(zone: unknown): zone is string {
  if (typeof zone !== 'string') return false;
  try {
    tableOf(zone);
    return true;
  } catch (error) {
    if (error instanceof UnknownTimeZoneError) return false;
    throw error;
  }
}
