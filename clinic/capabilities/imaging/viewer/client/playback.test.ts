import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDroppedFrames, framesPassed, frameToDraw } from './dropped-frames.ts';
import { durationOf, frameAt, rateOf } from './frame-times.ts';
import { clampSpan, letPass, spanOfBoth } from './play-clock.ts';

const even = (frames: number, rate: number) => Array.from({ length: frames }, (_, frame) => frame / rate);
const steps = fc.array(fc.double({ min: 0.001, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 60 });
const uneven = steps.map((all) => {
  let at = 0;
  return [0, ...all.map((step) => (at += step))];
});

describe('the frame of a moment', () => {
  it('is the last that began by then, however uneven the times are', () => {
    fc.assert(
      fc.property(uneven, fc.double({ min: -1, max: 20, noNaN: true }), (times, seconds) => {
        const frame = frameAt(times, seconds);
        if (seconds >= 0) expect(times[frame]).toBeLessThanOrEqual(seconds);
        else expect(frame).toBe(0);
        if (frame + 1 < times.length && seconds >= 0) expect(times[frame + 1]).toBeGreaterThan(seconds);
      }),
    );
  });

  it('of a still is its only one; a clip lasts as long as its last frame stands', () => {
    expect(frameAt([0], 5)).toBe(0);
    expect(durationOf([0])).toBe(1);
    expect(durationOf(even(25, 25))).toBeCloseTo(1);
    expect(rateOf(even(87, 29.97))).toBeCloseTo(29.97);
    expect(rateOf([0])).toBe(0);
  });
});

describe('the clock', () => {
  it('stays in its span and goes on by just the seconds that passed', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (from, length, share, seconds) => {
          const span = { from, to: from + length };
          const start = from + share * length;
          const { time, wrapped } = letPass(start, seconds, span);
          expect(time).toBeGreaterThanOrEqual(span.from);
          expect(time).toBeLessThanOrEqual(span.to);
          if (!wrapped) expect(time - start).toBeCloseTo(seconds, 9);
          const rounds = (start + seconds - time) / length;
          expect(Math.abs(rounds - Math.round(rounds))).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it('begins at the span where it stood outside, and knows when either of two clips moves', () => {
    expect(letPass(9, 0.1, { from: 1, to: 2 })).toEqual({ time: 1, wrapped: true });
    expect(spanOfBoth(3, null, 0)).toEqual({ from: 0, to: 3 });
    expect(spanOfBoth(3, 3, 1.5)).toEqual({ from: 0, to: 4.5 });
    expect(spanOfBoth(3, 2, -1)).toEqual({ from: -1, to: 3 });
    expect(clampSpan({ from: -1, to: 9 }, 3, 0.1)).toEqual({ from: 0, to: 3 });
    expect(clampSpan({ from: 2.95, to: 9 }, 3, 0.1)).toBeNull();
  });
});

/** Plays a clip on a screen that draws at some moments, as the player does. */
function play(times: readonly number[], moments: readonly number[]) {
  const count = countDroppedFrames();
  const shown = new Set<number>();
  let frame = 0;
  for (const seconds of moments) {
    const next = frameToDraw(times, seconds, frame);
    count.turnTo(framesPassed(frame, next, null));
    frame = next;
    shown.add(frame);
    count.drawn();
  }
  return { ...{ due: count.due, dropped: count.dropped }, shown, last: frame };
}

describe('dropped frames', () => {
  it('are those that nobody saw, no more and no fewer, on a screen that draws whenever it can', () => {
    fc.assert(
      fc.property(
        uneven,
        fc.array(fc.double({ min: 0, max: 8, noNaN: true }), { minLength: 1, maxLength: 80 }),
        (times, unsorted) => {
          const moments = unsorted.toSorted((a, b) => a - b);
          const { due, dropped, shown, last } = play(times, [0, ...moments]);
          expect(due).toBe(last);
          expect(dropped).toBe(last + 1 - shown.size);
        },
      ),
    );
  });

  it('are none for a clip at the rate of the screen, although the screen trembles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3e-3, max: 3e-3, noNaN: true }), { minLength: 300, maxLength: 300 }),
        (tremble) => {
          const times = even(301, 60);
          const moments = tremble.map((by, at) => (at + 0.5) / 60 + by);
          expect(play(times, moments).dropped).toBe(0);
        },
      ),
    );
  });

  it('are most of a clip that is four times as fast as the screen', () => {
    const moments = Array.from({ length: 60 }, (_, at) => at / 60);
    expect(play(even(240, 240), moments).dropped).toBeGreaterThan(170);
  });

  it('count a frame that never came in time, and begin anew when asked', () => {
    const count = countDroppedFrames();
    count.turnTo(1);
    count.turnTo(1);
    count.drawn();
    expect([count.due, count.dropped]).toEqual([2, 1]);
    count.restart();
    expect([count.due, count.dropped]).toEqual([0, 0]);
  });

  it('are counted around the end of a loop', () => {
    expect(framesPassed(9, 4, { first: 3, last: 10 })).toBe(3);
    expect(framesPassed(10, 3, { first: 3, last: 10 })).toBe(1);
    expect(framesPassed(4, 7, null)).toBe(3);
  });
});
