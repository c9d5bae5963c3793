import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normally } from '../../testing/measuring.ts';
import type { Clip } from '../clip.ts';
import { measureGap } from '../measure/lengths.ts';
import { placeInFrame } from '../measure/region-of.ts';
import { makePhantom, tearScene } from '../phantom/index.ts';
import { trackClip } from '../track/track-clip.ts';
import type { TrackedPoint } from '../track/tracked.ts';
import { type PointPx, px } from '../units.ts';
import { findPhases, type TrackedSignal } from './find-phases.ts';

const FRAME_RATE = 30;

interface Made {
  readonly count: number;
  readonly restFrames?: number;
  readonly rampFrames?: number;
  readonly holdFrames?: number;
  readonly rest?: number;
  readonly peak?: number;
  readonly noise?: number;
  readonly seed?: number;
}

/** Contractions with half-cosine flanks, and normal noise from a seed. */
function made({
  count,
  restFrames = 20,
  rampFrames = 15,
  holdFrames = 10,
  rest = 4,
  peak = 12,
  noise = 0,
  seed = 1,
}: Made) {
  const levels: number[] = [];
  const truth: { onset: number; peak: number; release: number; end: number }[] = [];
  const still = () => levels.push(...Array.from({ length: restFrames }, () => 0));
  for (let n = 0; n < count; n++) {
    still();
    const onset = levels.length - 1;
    for (let i = 1; i <= rampFrames; i++) levels.push((1 - Math.cos((Math.PI * i) / rampFrames)) / 2);
    const top = levels.length - 1;
    levels.push(...Array.from({ length: holdFrames }, () => 1));
    const release = levels.length - 1;
    for (let i = 1; i <= rampFrames; i++) levels.push((1 + Math.cos((Math.PI * i) / rampFrames)) / 2);
    truth.push({ onset, peak: top, release, end: levels.length - 1 });
  }
  still();
  const random = normally(seed);
  const values = Float64Array.from(levels, (level) => rest + level * (peak - rest) + noise * random());
  return { truth, signal: signalOf(values, Math.max(noise, 1e-6)) };
}

function signalOf(values: Float64Array, error: number): TrackedSignal {
  return {
    times: Float64Array.from(values, (_, frame) => frame / FRAME_RATE),
    values,
    standardErrors: Float64Array.from(values, (value) => (Number.isNaN(value) ? Number.NaN : error)),
  };
}

describe('the phases of a contraction', () => {
  test('are found where they are in a clean signal', () => {
    const { truth, signal } = made({ count: 1 });
    const { contractions, direction } = findPhases(signal);
    const [one] = contractions;
    const [right] = truth;
    expect(direction).toBe('grows');
    expect(contractions).toHaveLength(1);
    expect(Math.abs((one?.onset ?? 0) - (right?.onset ?? 0))).toBeLessThanOrEqual(4);
    expect(one?.peak).toBeGreaterThanOrEqual((right?.peak ?? 0) - 2);
    expect(one?.peak).toBeLessThanOrEqual(right?.release ?? 0);
    expect(Math.abs((one?.release ?? 0) - (right?.release ?? 0))).toBeLessThanOrEqual(4);
    expect(Math.abs((one?.end ?? 0) - (right?.end ?? 0))).toBeLessThanOrEqual(4);
    expect(one?.restValue).toBeCloseTo(4, 1);
    expect(one?.peakValue).toBeCloseTo(12, 1);
  });

  test('are found in a distance that shrinks as in one that grows', () => {
    const { signal } = made({ count: 2, rest: 20, peak: 14, noise: 0.1 });
    const { direction, average } = findPhases(signal);
    expect(direction).toBe('shrinks');
    expect(average?.change.mean).toBeCloseTo(-6, 0);
  });

  test('repeated contractions are parted and averaged with their number', () => {
    const { signal } = made({ count: 5, noise: 0.3, seed: 3 });
    const { average, contractions } = findPhases(signal);
    expect(contractions).toHaveLength(5);
    expect(average?.change.count).toBe(5);
    expect(Math.abs((average?.change.mean ?? 0) - 8)).toBeLessThan(0.5);
    expect(average?.change.standardDeviation).toBeLessThan(0.5);
  });

  test('the count is right and the peaks lie on the plateaus, at any size, length and noise below a twelfth', () => {
    const shapes = fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      restFrames: fc.integer({ min: 12, max: 40 }),
      rampFrames: fc.integer({ min: 6, max: 25 }),
      holdFrames: fc.integer({ min: 6, max: 30 }),
      rest: fc.double({ min: -5, max: 30, noNaN: true }),
      rise: fc.double({ min: 0.5, max: 20, noNaN: true }),
      noiseShare: fc.double({ min: 0, max: 1 / 12, noNaN: true }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(shapes, ({ rise, noiseShare, ...shape }) => {
        const { truth, signal } = made({ ...shape, peak: shape.rest + rise, noise: rise * noiseShare });
        const { contractions } = findPhases(signal);
        expect(contractions).toHaveLength(truth.length);
        contractions.forEach((one, at) => {
          const right = truth[at];
          expect(one.peak).toBeGreaterThan((right?.peak ?? 0) - shape.rampFrames / 2);
          expect(one.peak).toBeLessThan((right?.release ?? 0) + shape.rampFrames / 2);
          expect(one.rest).toBeLessThanOrEqual(one.onset);
          expect(one.onset).toBeLessThan(one.peak);
        });
      }),
      { numRuns: 200 },
    );
  });

  test('noise alone is no contraction', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const random = normally(seed);
        const values = Float64Array.from({ length: 120 }, () => 10 + 0.2 * random());
        expect(findPhases(signalOf(values, 0.2)).reason).toBe('no-change-above-noise');
      }),
      { numRuns: 100 },
    );
  });

  test('lost frames are left out, counted and never a peak', () => {
    const { signal } = made({ count: 3, noise: 0.1 });
    const values = signal.values.slice();
    for (let frame = 90; frame < 100; frame++) values[frame] = Number.NaN;
    const { contractions, lostFrames } = findPhases(signalOf(values, 0.1));
    expect(lostFrames).toBe(10);
    expect(contractions).toHaveLength(3);
    for (const { peak, rest } of contractions) {
      expect(Number.isNaN(values[peak])).toBe(false);
      expect(Number.isNaN(values[rest])).toBe(false);
    }
    expect(contractions.reduce((sum, one) => sum + one.lostFrames, 0)).toBeGreaterThan(0);
  });

  test('a signal that is mostly lost is not judged', () => {
    const { signal } = made({ count: 1 });
    const values = signal.values.map((value, frame) => (frame % 3 === 0 ? value : Number.NaN));
    expect(findPhases(signalOf(values, 0.1))).toMatchObject({ reason: 'mostly-lost', average: null });
  });

  test('a clip that ends in contraction has no release', () => {
    const { signal, truth } = made({ count: 1, holdFrames: 30 });
    const cut = signal.values.slice(0, (truth[0]?.peak ?? 0) + 20);
    const [one] = findPhases(signalOf(cut, 0.01)).contractions;
    expect(one).toMatchObject({ release: null, end: null });
  });

  test('arrays of different lengths are refused', () => {
    const { signal } = made({ count: 1 });
    expect(() => findPhases({ ...signal, times: signal.times.slice(1) })).toThrow('as many as each other');
  });

  test('the phantom tear opens and closes where it was told to', () => {
    const { truth } = makePhantom({
      scene: tearScene(),
      contraction: { count: 2, restFrames: 10, onsetFrames: 20, holdFrames: 10, releaseFrames: 20 },
    });
    const gap = truth.series.gapMm ?? new Float64Array();
    const random = normally(5);
    const values = gap.map((value) => value + 0.15 * random());
    const { contractions } = findPhases(signalOf(values, 0.15));
    expect(contractions).toHaveLength(2);
    contractions.forEach((one, at) => {
      const right = truth.phases[at];
      expect(one.peak).toBeGreaterThanOrEqual((right?.peak ?? 0) - 6);
      expect(one.peak).toBeLessThanOrEqual((right?.release ?? 0) + 6);
      expect(Math.abs((one.release ?? 0) - (right?.release ?? 0))).toBeLessThanOrEqual(6);
      expect(Math.abs((one.end ?? 0) - (right?.end ?? 0))).toBeLessThanOrEqual(6);
    });
  });

  test('a tear followed by the tracker: its gap is measured in each frame, and its phases are those that were made', async () => {
    const { clip, truth } = makePhantom({
      scene: tearScene({ retractionMm: 6 }),
      width: 400,
      height: 300,
      contraction: { count: 1, restFrames: 5, onsetFrames: 8, holdFrames: 5, releaseFrames: 8 },
    });
    const { 'proximal end': left, 'distal end': right } = truth.landmarks;
    if (!left || !right) throw new Error('the tear has two ends');
    const beside = (end: PointPx, by: number) => ({ x: px(end.x + by), y: end.y });
    const { points } = await trackClip(clip, { points: [beside(left, -38), beside(right, 38)] });
    const { contractions, lostFrames } = findPhases(gapSignal(clip, points));
    expect(lostFrames).toBeLessThan(clip.frameCount / 4);
    expect(contractions).toHaveLength(1);
    const [one] = contractions;
    const [made] = truth.phases;
    expect(one?.peak).toBeGreaterThanOrEqual((made?.peak ?? 0) - 5);
    expect(one?.peak).toBeLessThanOrEqual((made?.release ?? 0) + 5);
    expect(Math.abs((one?.onset ?? 0) - (made?.onset ?? 0))).toBeLessThanOrEqual(6);
    const opened = (truth.series.gapMm?.[made?.peak ?? 0] ?? 0) - (truth.series.gapMm?.[0] ?? 0);
    expect(Math.abs((one?.peakValue ?? 0) - (one?.restValue ?? 0) - opened)).toBeLessThan(1.5);
  });
});

/** The distance between the first two points in each frame, with its error; NaN where one was lost. */
function gapSignal(clip: Clip, points: readonly TrackedPoint[]): TrackedSignal {
  const values = new Float64Array(clip.frameCount).fill(Number.NaN);
  const standardErrors = values.slice();
  const [one, other] = points;
  for (let frame = 0; one && other && frame < clip.frameCount; frame++) {
    if (one.lost[frame] === 1 || other.lost[frame] === 1) continue;
    const gap = measureGap(clip.regions, [placeInFrame(one, frame), placeInFrame(other, frame)]);
    values[frame] = gap.value;
    standardErrors[frame] = gap.standardError;
  }
  return { times: clip.times, values, standardErrors };
}
