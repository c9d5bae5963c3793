import type { Side } from '../side.ts';

export type EventKind = 'foot-strike' | 'foot-off';

/** Where an event comes from, the most trusted first. */
export const EVENT_SOURCES = ['vendor', 'force-plate', 'heel-braking', 'zeni', 'foot-velocity'] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

export type Confidence = 'high' | 'medium' | 'low';

/** A moment at which a foot meets or leaves the floor, and why we think so. */
export interface GaitEvent {
  readonly side: Side;
  readonly kind: EventKind;
  readonly timeS: number;
  readonly source: EventSource;
  readonly confidence: Confidence;
  /** In words, for the report. */
  readonly why: string;
  /** The plate of the recording, counted from 0; null for events that no plate saw. */
  readonly plate: number | null;
  /** Whether it may be used; a partial hit of a plate is kept as a candidate only. */
  readonly usable: boolean;
}

/** All that was found, and what the cycles are cut by. */
export interface GaitEvents {
  /** In order of time, one per moment. */
  readonly chosen: readonly GaitEvent[];
  /** Every candidate of every source in order of time, the chosen ones included. */
  readonly candidates: readonly GaitEvent[];
}
