import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LumaFrame } from '../clip.ts';
import { blockScene, makePhantom, muscleScene, type Phantom, tearScene } from '../phantom/index.ts';
import { SonographyError } from '../sonography-error.ts';
import { type PointPx, px } from '../units.ts';
import { type Move, placeAfter, smoothFrame } from './testing/smooth-frame.ts';
import { trackClip } from './track-clip.ts';
import { createTracker, type PointState } from './tracker.ts';

const at = (x: number, y: number): PointPx => ({ x: px(x), y: px(y) });
const SIZE = [200, 150] as const;

function gridOf(left: number, top: number, right: number, bottom: number, step: number): PointPx[] {
  const places: PointPx[] = [];
  for (let y = top; y <= bottom; y += step) for (let x = left; x <= right; x += step) places.push(at(x, y));
  return places;
}

describe('a smooth picture', () => {
  it('is followed to a few hundredths of a pixel through any small shift and stretch', () => {
    const shift = fc.double({ min: -4, max: 4, noNaN: true });
    const strain = fc.double({ min: -0.02, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(shift, shift, strain, fc.integer({ min: 1, max: 1000 }), (x, y, stretch, seed) => {
        const move: Move = { x, y, strain: stretch };
        const marks = gridOf(40, 40, 160, 110, 30);
        const tracker = createTracker(smoothFrame(...SIZE, seed), marks);
        const states = tracker.step(smoothFrame(...SIZE, seed, move));
        states.forEach((state, n) => {
          const mark = marks[n] as PointPx;
          const truth = placeAfter(move, ...SIZE, mark.x, mark.y);
          expect(state.lost).toBe(false);
          expect(Math.hypot(state.x - truth.x, state.y - truth.y)).toBeLessThan(0.06);
        });
      }),
      { numRuns: 8 },
    );
  });

  it('is followed at its very border as far as the border allows', () => {
    const marks = [at(0, 0), at(199, 149), at(5, 75), at(100, 146)];
    const move = { x: 0.6, y: -0.4 };
    const tracker = createTracker(smoothFrame(...SIZE, 3), marks);
    const states = tracker.step(smoothFrame(...SIZE, 3, move));
    states.forEach((state, n) => {
      if (state.lost) return;
      const mark = marks[n] as PointPx;
      expect(Math.hypot(state.x - mark.x - move.x, state.y - mark.y - move.y)).toBeLessThan(0.1);
    });
    expect(states.filter(({ lost }) => !lost).length).toBeGreaterThanOrEqual(2);
  });

  it('that is not there gives lost points, never a number', () => {
    const flat: LumaFrame = { width: 200, height: 150, luma: new Uint8Array(30_000).fill(90) };
    const tracker = createTracker(smoothFrame(...SIZE, 5), gridOf(40, 40, 160, 110, 40));
    let states: readonly PointState[] = [];
    for (let n = 0; n < 3; n++) states = tracker.step(flat);
    for (const { x, y, lost, confidence, standardError } of states)
      expect({ x, y, lost, confidence, standardError }).toEqual({
        x: Number.NaN,
        y: Number.NaN,
        lost: true,
        confidence: 0,
        standardError: Number.NaN,
      });
  });

  it('gives the same answer each time', () => {
    const run = () => {
      const tracker = createTracker(smoothFrame(...SIZE, 8), gridOf(30, 30, 170, 120, 35));
      return [1, 2, 3].map((n) => tracker.step(smoothFrame(...SIZE, 8, { x: n * 1.3, y: -n * 0.7 })));
    };
    expect(run()).toEqual(run());
  });
});

describe('marks that make no sense', () => {
  it('are refused', () => {
    const frame = smoothFrame(...SIZE, 1);
    expect(() => createTracker(frame, [at(300, 20)])).toThrow(SonographyError);
    expect(() => createTracker(frame, [at(Number.NaN, 20)])).toThrow(SonographyError);
    const tiny = { width: 20, height: 20, luma: new Uint8Array(400) };
    expect(() => createTracker(tiny, [at(5, 5)])).toThrow(/36/);
    const tracker = createTracker(frame, [at(50, 50)]);
    expect(() => tracker.step(smoothFrame(100, 100, 1))).toThrow(/one size/);
  });
});

/** Errors of all seen points against the truth, px along each axis, with the standard errors told. */
async function errorsOf(phantom: Phantom, marks: readonly PointPx[]) {
  const tracked = await trackClip(phantom.clip, { points: marks }, { passes: 1 });
  const errors: { frame: number; dx: number; dy: number; told: number }[] = [];
  let seen = 0;
  let lost = 0;
  for (let frame = 1; frame < phantom.clip.frameCount; frame++)
    tracked.points.forEach((point, n) => {
      const truth = phantom.truth.at(frame, marks[n] as PointPx);
      if (truth === 'lost') return;
      seen += 1;
      if (point.lost[frame] === 1) {
        lost += 1;
        return;
      }
      const dx = (point.x[frame] as number) - truth.x;
      const dy = (point.y[frame] as number) - truth.y;
      errors.push({ frame, dx, dy, told: point.standardError[frame] as number });
    });
  return { errors, falseLost: lost / seen };
}

const small = { width: 320, height: 240 };
const rootMeanSquare = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, one) => sum + one * one, 0) / values.length);

describe('a phantom', () => {
  const motion = { lateralMm: 2, axialMm: 1, lateralStrain: 0.04, axialStrain: -0.04 };

  it.each([
    ['returns', 20, 0.95],
    ['fades', 20, 0.95],
    ['returns', 12, 0.98],
  ] as const)(
    'whose speckle %s at %i dB and a correlation of %f errs as much as it says',
    async (speckle, snrDb, correlation) => {
      const phantom = makePhantom({
        ...small,
        scene: blockScene(motion),
        snrDb,
        correlation,
        speckle,
        seed: 11,
        contraction: { restFrames: 4, holdFrames: 4 },
      });
      const { errors, falseLost } = await errorsOf(phantom, gridOf(70, 60, 250, 180, 30));
      expect(falseLost).toBeLessThan(0.01);
      const told = errors.flatMap(({ dx, dy, told: error }) => [dx / error, dy / error]);
      expect(rootMeanSquare(told)).toBeGreaterThan(0.6);
      expect(rootMeanSquare(told)).toBeLessThan(1.5);
    },
  );

  it('that is contracted again and again does not drift', async () => {
    const phantom = makePhantom({
      ...small,
      scene: blockScene(motion),
      speckle: 'returns',
      correlation: 0.95,
      contraction: { count: 4, restFrames: 3, holdFrames: 2 },
    });
    const { errors } = await errorsOf(phantom, gridOf(90, 80, 230, 160, 40));
    const last = errors.filter(({ frame }) => frame >= phantom.clip.frameCount - 2);
    expect(rootMeanSquare(last.flatMap(({ dx, dy }) => [dx, dy]))).toBeLessThan(0.15);
  });

  it('whose probe tilts out of the plane is lost within three frames, and found again when it is back', async () => {
    const phantom = makePhantom({
      ...small,
      scene: muscleScene(),
      correlation: 0.95,
      speckle: 'returns',
      activation: new Float64Array(30),
      planeLosses: [{ from: 12, to: 18 }],
    });
    const marks = gridOf(90, 70, 230, 170, 35);
    const { points } = await trackClip(phantom.clip, { points: marks }, { passes: 1 });
    const lostIn = (frame: number) => points.filter(({ lost }) => lost[frame] === 1).length / points.length;
    expect(lostIn(11)).toBeLessThan(0.05);
    expect(lostIn(14)).toBeGreaterThan(0.95);
    expect(lostIn(17)).toBeGreaterThan(0.95);
    expect(lostIn(29)).toBeLessThan(0.05);
  });
});

describe('a tear', () => {
  it('opens as far as it really does, measured from its two ends', async () => {
    const phantom = makePhantom({
      width: 512,
      height: 384,
      scene: tearScene(),
      correlation: 0.97,
      speckle: 'returns',
    });
    const scale = phantom.clip.regions[0]?.scale?.lateral ?? Number.NaN;
    const { 'proximal end': left, 'distal end': right } = phantom.truth.landmarks;
    if (!left || !right) throw new Error('the phantom has no ends');
    const points = [
      { ...left, tissue: at(left.x - 60, left.y) },
      { ...right, tissue: at(right.x + 60, right.y) },
    ];
    const peak = phantom.truth.phases[0]?.peak ?? 0;
    const tracked = await trackClip(phantom.clip, { points }, { to: peak });
    const [one, other] = tracked.points;
    if (!one || !other) throw new Error('two marks give two points');
    const gap = ((other.x[peak] ?? Number.NaN) - (one.x[peak] ?? 0)) * scale;
    const told = Math.hypot(one.standardError[peak] ?? 0, other.standardError[peak] ?? 0) * scale;
    const error = Math.abs(gap - (phantom.truth.series.gapMm?.[peak] ?? 0));
    expect(error).toBeLessThan(0.5);
    expect(error).toBeLessThan(2 * told);
  });
});
