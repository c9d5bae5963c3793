import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findEvents } from '../events/find.ts';
import { GRAVITY } from '../kinetics/body-segments.ts';
import { calibrate } from '../model/calibration.ts';
import { JOINTS, kinematicsOf } from '../model/kinematics.ts';
import { at } from '../recording.ts';
import { trialKinetics } from '../report/trial-kinetics.ts';
import { SIDES } from '../side.ts';
import { rootMeanSquare } from '../signal/statistics.ts';
import { bodyShapeOf } from './body-shape.ts';
import { pointOfFoot } from './foot-motion.ts';
import {
  CLEAN_CAPTURE,
  SIMULATED_ADULT,
  type SimulatedTrial,
  simulateStanding,
  simulateWalk,
  speedOf,
  USUAL_WALK,
  type WalkPattern,
  withBackPain,
  withStiffKnee,
  withWeakPushOff,
} from './index.ts';
import { randomFrom } from './random.ts';
import { layOutSteps } from './steps.ts';
import { walkerOf } from './walker.ts';

/** The greatest difference between what the model finds and what was put in, in degrees. */
function worstAngle(walk: SimulatedTrial, standing: SimulatedTrial): number {
  const { subject, lab } = walk.person;
  const calibration = calibrate(standing.recording, subject, lab);
  const { angles } = kinematicsOf(walk.recording, subject, lab, calibration);
  return Math.max(
    ...SIDES.flatMap((side) =>
      JOINTS.map((joint) =>
        angles[side][joint].reduce(
          (most, value, n) =>
            Math.max(most, Math.abs(value - (walk.truth.angles[side][joint][n] ?? Number.NaN))),
          0,
        ),
      ),
    ),
  );
}

const walks = fc.record({
  cadencePerMin: fc.double({ min: 80, max: 130, noNaN: true }),
  stepLengthMm: fc.record({
    left: fc.double({ min: 450, max: 680, noNaN: true }),
    right: fc.double({ min: 450, max: 680, noNaN: true }),
  }),
  stepWidthMm: fc.double({ min: 60, max: 180, noNaN: true }),
  timeAsymmetry: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
  pushOff: fc.record({
    left: fc.double({ min: 0.75, max: 1.1, noNaN: true }),
    right: fc.double({ min: 0.75, max: 1.1, noNaN: true }),
  }),
});
const seeds = fc.integer({ min: 1, max: 1_000_000 });

describe('a simulated walk', () => {
  test('gives the model back the angles that were put in, to a millionth of a degree', () => {
    fc.assert(
      fc.property(walks, seeds, (changes, seed) => {
        const walk: WalkPattern = { ...USUAL_WALK, ...changes };
        const capture = { ...CLEAN_CAPTURE, samplesPerFrame: 1, steps: 4, seed };
        const standing = simulateStanding(SIMULATED_ADULT, capture);
        expect(worstAngle(simulateWalk(SIMULATED_ADULT, walk, capture), standing)).toBeLessThan(1e-6);
      }),
      { numRuns: 25 },
    );
  });

  test('gives them back from unequal legs too, and of a stiff knee or a weak push-off', () => {
    const person = {
      ...SIMULATED_ADULT,
      subject: { ...SIMULATED_ADULT.subject, legLengthMm: { left: 890, right: 880 }, interAsisMm: 225 },
    };
    for (const walk of [withStiffKnee('left'), withStiffKnee('right'), withWeakPushOff('left')]) {
      expect(worstAngle(simulateWalk(person, walk), simulateStanding(person))).toBeLessThan(1e-6);
    }
  });

  test('has the joint centres where the model finds them', () => {
    const { recording, truth, person } = simulateWalk(SIMULATED_ADULT);
    const calibration = calibrate(simulateStanding(SIMULATED_ADULT).recording, person.subject, person.lab);
    expect(calibration.plantarFlexion.left).toBeCloseTo(truth.calibration.plantarFlexion.left, 9);
    expect(calibration.rotationOffset.right).toBeCloseTo(truth.calibration.rotationOffset.right, 9);
    const { poses } = kinematicsOf(recording, person.subject, person.lab, calibration);
    for (const [frame, pose] of poses.entries()) {
      for (const side of SIDES) {
        for (const joint of ['hip', 'knee', 'ankle'] as const) {
          const found = pose.legs[side][joint];
          const put = at(truth.jointCentres[side][joint], frame);
          expect(Math.hypot(found[0] - put[0], found[1] - put[1], found[2] - put[2])).toBeLessThan(1e-6);
        }
      }
    }
  });

  test('of a sore back is slower, with shorter steps and a trunk that leans; and less so when it is better', () => {
    const [sore, better] = [withBackPain('left'), withBackPain('left', 0.3)];
    expect(speedOf(sore)).toBeLessThan(0.75 * speedOf(USUAL_WALK));
    expect(speedOf(better)).toBeGreaterThan(0.85 * speedOf(USUAL_WALK));
    for (const walk of [sore, better])
      expect(worstAngle(simulateWalk(SIMULATED_ADULT, walk), simulateStanding(SIMULATED_ADULT))).toBeLessThan(
        1e-6,
      );
    const leanOf = (walk: WalkPattern) => {
      const { thorax } = simulateWalk(SIMULATED_ADULT, walk).truth.angles.left;
      return thorax.filter((_, n) => n % 3 === 0).reduce((sum, one, _, all) => sum + one / all.length, 0);
    };
    expect(leanOf(sore) - leanOf(USUAL_WALK)).toBeCloseTo(7, 0);
  });

  test('puts the heel and then the forefoot on the floor, where neither slides nor sinks', () => {
    const { recording, truth } = simulateWalk(SIMULATED_ADULT);
    for (const side of SIDES) {
      const prefix = side === 'left' ? 'L' : 'R';
      const strikes = truth.events.filter((one) => one.side === side && one.kind === 'foot-strike');
      for (const { timeS } of strikes) {
        // From 10 to 25 % of a stride the foot lies flat.
        const [from, to] = [timeS + 0.11, timeS + 0.26].map((s) => Math.ceil(s * recording.rateHz)) as [
          number,
          number,
        ];
        if (to >= recording.frames) continue;
        for (const marker of ['HEE', 'TOE']) {
          const path = recording.markers.get(`${prefix}${marker}`) ?? new Float64Array();
          const start = at(path, from);
          for (let frame = from; frame <= to; frame++) {
            const here = at(path, frame);
            expect(Math.hypot(here[0] - start[0], here[1] - start[1], here[2] - start[2])).toBeLessThan(1e-9);
          }
        }
      }
    }
  });

  test.each([
    ['usual', USUAL_WALK],
    ['stiff knee', withStiffKnee('left')],
    ['weak push-off', withWeakPushOff('right')],
    ['sore back', withBackPain('left')],
    ['sore back, later', withBackPain('left', 0.3)],
    ['short steps', { ...USUAL_WALK, stepLengthMm: { left: 450, right: 450 } }],
    ['slow', { ...USUAL_WALK, cadencePerMin: 80, stepLengthMm: { left: 450, right: 450 } }],
  ])('of the kind “%s” clears the floor in mid-swing as people do, by 9 to 25 mm', (_, walk) => {
    const shape = bodyShapeOf(SIMULATED_ADULT.subject, SIMULATED_ADULT.lab);
    const steps = layOutSteps(walk, 12, 'left', randomFrom(3));
    const walker = walkerOf(walk, shape, steps);
    for (const { n, side, off } of steps.all.slice(3, 7)) {
      const { heelPoint, ballPoint, toeTip } = shape.foot[side];
      const heights = Array.from({ length: 41 }, (__, k) => {
        const { foot } = walker.at(off + (0.25 + k / 80) * (n + 2 - off)).legs[side];
        const height = (point: typeof toeTip) => pointOfFoot(foot, shape.foot[side], point)[2];
        return Math.min(height(heelPoint), height(ballPoint), height(toeTip));
      });
      expect(Math.min(...heights)).toBeGreaterThan(9);
      expect(Math.min(...heights)).toBeLessThan(25);
    }
  });

  test('has moments as smooth as those of people: no jump at the hip when a foot meets or leaves the floor', () => {
    const { subject, lab } = SIMULATED_ADULT;
    const calibration = calibrate(simulateStanding(SIMULATED_ADULT).recording, subject, lab);
    for (const walk of [USUAL_WALK, withStiffKnee('left'), withBackPain('left')]) {
      const { recording } = simulateWalk(SIMULATED_ADULT, walk, { ...CLEAN_CAPTURE, marksEvents: true });
      const kinetics = trialKinetics(recording, subject, lab, calibration, findEvents(recording));
      for (const side of SIDES) {
        const hip = kinetics?.moments[side].hip.filter((__, n) => n % 3 === 0) ?? [];
        const bends = Array.from(
          hip,
          (value, n) => (hip[n - 1] ?? Number.NaN) - 2 * value + (hip[n + 1] ?? Number.NaN),
        ).filter(Number.isFinite);
        expect(bends.length).toBeGreaterThan(60);
        // In four recorded walks: 0.08 to 0.15 Nm/kg from frame to frame to frame, RMS, and at most 0.5 to 1.5.
        expect(rootMeanSquare(bends)).toBeLessThan(0.12);
        expect(Math.max(...bends.map(Math.abs))).toBeLessThan(1);
      }
    }
  });

  test('moves no marker with a jolt: no jump in speed when a foot meets or leaves the floor', () => {
    const { recording } = simulateWalk(SIMULATED_ADULT, USUAL_WALK, { ...CLEAN_CAPTURE, samplesPerFrame: 1 });
    for (const path of recording.markers.values()) {
      for (let n = 3; n < path.length - 3; n++) {
        const bend = (path[n - 3] as number) - 2 * (path[n] as number) + (path[n + 3] as number);
        // 8 g would be a blow.
        expect(Math.abs(bend) * recording.rateHz ** 2).toBeLessThan(80_000);
      }
    }
  });

  test('goes as fast as cadence and step length say', () => {
    const { truth, recording } = simulateWalk(SIMULATED_ADULT, USUAL_WALK, {
      ...CLEAN_CAPTURE,
      steps: 20,
      samplesPerFrame: 1,
    });
    const com = truth.centreOfMassMm;
    const seconds = (recording.frames - 1) / recording.rateHz;
    const speed = (at(com, recording.frames - 1)[0] - at(com, 0)[0]) / 1000 / seconds;
    expect(Math.abs(speed - speedOf(USUAL_WALK))).toBeLessThan(0.04);
  });

  test('is the same walk for the same seed and another for another', () => {
    const one = (seed: number) =>
      simulateWalk(SIMULATED_ADULT, USUAL_WALK, {
        ...CLEAN_CAPTURE,
        samplesPerFrame: 1,
        seed,
        markerNoiseMm: 1,
      });
    expect(one(5).recording.markers.get('LTOE')).toEqual(one(5).recording.markers.get('LTOE'));
    expect(one(5).recording.markers.get('LTOE')).not.toEqual(one(6).recording.markers.get('LTOE'));
  });
});

describe('the floor under a simulated walk', () => {
  const { recording, truth, person } = simulateWalk(SIMULATED_ADULT, USUAL_WALK, {
    ...CLEAN_CAPTURE,
    steps: 9,
  });
  const { massKg } = person.subject;

  test('carries what the centre of mass weighs and how it is accelerated', () => {
    const h = 1 / recording.rateHz;
    for (let frame = 1; frame < recording.frames - 1; frame++) {
      const [a, b, c] = [-1, 0, 1].map((step) => at(truth.centreOfMassMm, frame + step));
      const force = at(truth.totalForceN, frame);
      for (const axis of [0, 1, 2] as const) {
        const acceleration = ((a?.[axis] ?? 0) - 2 * (b?.[axis] ?? 0) + (c?.[axis] ?? 0)) / h ** 2 / 1000;
        const expected = massKg * (acceleration + (axis === 2 ? GRAVITY : 0));
        expect(Math.abs(force[axis] - expected)).toBeLessThan(8);
      }
    }
  });

  test('loads each plate by one whole step, with two humps above body weight and a valley below', () => {
    expect(truth.platedSides).toHaveLength(2);
    for (const plate of recording.plates) {
      const vertical = Array.from(
        { length: plate.samples },
        (_, n) => (plate.forceN[3 * n + 2] ?? 0) / (massKg * GRAVITY),
      );
      const loaded = vertical.filter((value) => value > 0.03);
      const middle = loaded[Math.floor(loaded.length / 2)] ?? 0;
      const peak = (part: readonly number[]) => Math.max(...part);
      expect(peak(loaded.slice(0, loaded.length / 2))).toBeGreaterThan(1);
      expect(peak(loaded.slice(loaded.length / 2))).toBeGreaterThan(1);
      expect(middle).toBeLessThan(0.95);
      expect(peak(loaded)).toBeLessThan(1.6);
    }
  });
});
