import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameAtX, frameOf, linePath, lostPath, runsOf, ticksOf, xOf, yOf } from './curve-geometry.ts';

const size = { width: 800, height: 240 };
const times = [0, 0.04, 0.08, 0.12, 0.16, 0.2];
const values = [1, 2, null, null, 8, 7];
const errors = [0.1, 0.1, null, null, 0.5, 0.5];

describe('a curve under the clip', () => {
  it('begins a length at nought and holds every value with its error', () => {
    const frame = frameOf(size, times, values, errors);
    expect(frame.ticks[0]).toBe(0);
    expect(frame.ticks.at(-1)).toBeGreaterThanOrEqual(8.5);
    expect(yOf(frame, 0)).toBe(frame.bottom);
  });

  it('has round steps for whatever lies between', () => {
    expect(ticksOf(0, 60)).toEqual([0, 20, 40, 60]);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 5_000, noNaN: true }), (most) => {
        const ticks = ticksOf(0, most);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-6));
      }),
    );
  });

  it('leaves a gap where marks were lost, with a dotted line that claims no value', () => {
    const frame = frameOf(size, times, values, errors);
    const runs = runsOf(values);
    expect(runs).toEqual([
      { first: 0, last: 1, lost: false },
      { first: 2, last: 3, lost: true },
      { first: 4, last: 5, lost: false },
    ]);
    const [seen, lost] = runs;
    if (!seen || !lost) throw new Error('There are runs');
    expect(linePath(frame, times, values, seen).match(/[ML]/g)).toHaveLength(2);
    expect(lostPath(frame, times, values, lost)).toContain(xOf(frame, 0.16).toFixed(1));
    expect(lostPath(frame, [0], [null], { first: 0, last: 0, lost: true })).toBeNull();
  });

  it('finds the frame under the pointer, whatever the times between frames are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 0.5, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.nat(40),
        (steps, which) => {
          let time = 0;
          const uneven = [0, ...steps].map((step) => (time += step));
          const at = which % uneven.length;
          const frame = frameOf(
            size,
            uneven,
            uneven.map(() => 1),
            uneven.map(() => 0),
          );
          expect(frameAtX(frame, uneven, xOf(frame, uneven[at] ?? 0))).toBe(at);
        },
      ),
    );
  });
});
