import { frameAt, standsFor } from './frame-times.ts';

/** Counts honestly which frames were due while a clip ran, and which of them nobody saw. */
export interface DroppedFrames {
  /** Frames that were due since the count began. */
  readonly due: number;
  /** Of them, those that another took the place of before they were drawn. */
  readonly dropped: number;
  /** Another frame is due: so many on from the one before, and those in between went by unseen. */
  turnTo(passed: number): void;
  /** The frame that is due was drawn. */
  drawn(): void;
  restart(): void;
}

export function countDroppedFrames(): DroppedFrames {
  let due = 0;
  let dropped = 0;
  let isDrawn = true;
  return {
    get due() {
      return due;
    },
    get dropped() {
      return dropped;
    },
    turnTo(passed) {
      if (passed < 1) return;
      due += passed;
      dropped += passed - 1 + (isDrawn ? 0 : 1);
      isDrawn = false;
    },
    drawn() {
      isDrawn = true;
    },
    restart() {
      [due, dropped, isDrawn] = [0, 0, true];
    },
  };
}

/** A frame may be shown late by this share of its own time, rather than not at all: screens and clips beat. */
const LATE_SHARE = 0.5;

/**
 * The frame to draw at a moment, when `last` was drawn before. That is the frame of the moment; but where exactly one
 * would be passed over and its time is only just up, that one is drawn, a little late.
 */
export function frameToDraw(times: readonly number[], seconds: number, last: number): number {
  const due = frameAt(times, seconds);
  if (due !== last + 2) return due;
  const late = seconds - (times[due] ?? 0);
  return late < LATE_SHARE * standsFor(times, last + 1) ? last + 1 : due;
}

/** How many frames became due on the way from one to the next; `wrapped` where the clock came round in between. */
export function framesPassed(
  from: number,
  to: number,
  round: { readonly first: number; readonly last: number } | null,
): number {
  if (!round) return Math.max(0, to - from);
  return Math.max(0, round.last - from) + Math.max(0, to - round.first) + 1;
}
