import type { Recording, VendorEvent } from '../recording.ts';
import type { EventKind, GaitEvent } from './event.ts';

/** An event that the recording brought with it, and what was found for it. */
export interface JudgedEvent {
  readonly vendor: VendorEvent;
  readonly found: GaitEvent | null;
  /** Found minus marked, in seconds; null for an event that was missed. */
  readonly errorS: number | null;
}

/** An event that is farther away belongs to another step, in seconds. */
const SAME_S = 0.15;

/** Each of the recording's own events, in order of time, with the nearest that was found. */
export function judgeEvents(
  recording: Recording,
  found: readonly GaitEvent[],
  kind?: EventKind,
): JudgedEvent[] {
  return recording.events
    .filter((vendor) => kind === undefined || vendor.kind === kind)
    .toSorted((a, b) => a.timeS - b.timeS)
    .map((vendor) => {
      const near = found
        .filter((event) => event.side === vendor.side && event.kind === vendor.kind)
        .toSorted((a, b) => Math.abs(a.timeS - vendor.timeS) - Math.abs(b.timeS - vendor.timeS))[0];
      const isSame = near !== undefined && Math.abs(near.timeS - vendor.timeS) < SAME_S;
      return { vendor, found: isSame ? near : null, errorS: isSame ? near.timeS - vendor.timeS : null };
    });
}
