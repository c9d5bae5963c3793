import { describe, expect, test } from 'vitest';
import { describeWith } from '../../testing/describe-with.ts';
import { hasSharedData, readTrial, subjectOf, vendorCurve } from '../../testing/shared-data.ts';
import { calibrate } from '../model/calibration.ts';
import { type Kinematics, kinematicsOf } from '../model/kinematics.ts';
import { recordingOf } from '../recording-of-file.ts';
import { bothSides, SIDES } from '../side.ts';
import { AS_PLUG_IN_GAIT, GRAVITY, WINTER } from './body-segments.ts';
import { contactsOf } from './floor-contacts.ts';
import { type Kinetics, kineticsOf, LEG_JOINTS } from './inverse-dynamics.ts';

const subject = {
  massKg: 60,
  heightMm: 1700,
  legLengthMm: { left: 850, right: 850 },
  kneeWidthMm: { left: 100, right: 100 },
  ankleWidthMm: { left: 70, right: 70 },
  interAsisMm: 240,
  asisTrochanterMm: null,
};

/** A straight leg that swings about the hip as one piece, by an angle in radians at each time in seconds. */
function swingingLeg(angle: (timeS: number) => number, rateHz = 1000, frames = 400): Kinematics {
  const poses = Array.from({ length: frames }, (_, frame) => {
    const a = angle(frame / rateHz);
    const axes = {
      x: [Math.cos(a), 0, Math.sin(a)] as const,
      y: [0, 1, 0] as const,
      z: [-Math.sin(a), 0, Math.cos(a)] as const,
    };
    const along = (mm: number) => [Math.sin(a) * mm, 0, 1000 - Math.cos(a) * mm] as const;
    const leg = {
      hip: along(0),
      knee: along(400),
      ankle: along(800),
      toe: along(950),
      thigh: { origin: along(400), ...axes },
      shank: { origin: along(800), ...axes },
      foot: { origin: along(950), ...axes },
    };
    const pelvis = {
      origin: [0, 0, 1000] as const,
      x: [1, 0, 0] as const,
      y: [0, 1, 0] as const,
      z: [0, 0, 1] as const,
    };
    return { pelvis, thorax: null, legs: { left: leg, right: leg } };
  });
  const walking = { x: [1, 0, 0] as const, y: [0, 1, 0] as const, z: [0, 0, 1] as const };
  return {
    rateHz,
    frames,
    firstTimeS: 0,
    walking,
    poses,
    angles: bothSides(() => ({})) as Kinematics['angles'],
  };
}

const inTheAir = (frames: number) => bothSides(() => Array.from({ length: frames }, () => null));
const PARTS = [
  { ...WINTER.thigh, from: 0, length: 0.4 },
  { ...WINTER.shank, from: 0.4, length: 0.4 },
  { ...WINTER.foot, from: 0.8, length: 0.15 },
];
const FIRST_MOMENT = PARTS.reduce((sum, one) => sum + one.mass * (one.from + one.centre * one.length), 0);
const INERTIA = PARTS.reduce(
  (sum, one) =>
    sum + one.mass * ((one.gyration * one.length) ** 2 + (one.from + one.centre * one.length) ** 2),
  0,
);

describe('a leg in the air', () => {
  test('hangs by its weight: the hip holds what gravity pulls, per kilogram', () => {
    const kinetics = kineticsOf(
      swingingLeg(() => 0.5),
      subject,
      inTheAir(400),
    );
    expect(Math.abs(kinetics.moments.left.hip[3 * 200] ?? 0)).toBeCloseTo(
      GRAVITY * Math.sin(0.5) * FIRST_MOMENT,
      6,
    );
    expect(kinetics.powers.left.hip[200]).toBeCloseTo(0, 9);
  });

  test('that swings freely as a compound pendulum needs nothing of the hip', () => {
    const omega = Math.sqrt((GRAVITY * FIRST_MOMENT) / INERTIA);
    const small = 0.01;
    const kinetics = kineticsOf(
      swingingLeg((t) => small * Math.cos(omega * t)),
      subject,
      inTheAir(400),
    );
    const held = GRAVITY * small * FIRST_MOMENT;
    for (const frame of [10, 100, 200, 390]) {
      expect(Math.abs(kinetics.moments.left.hip[3 * frame] ?? 1)).toBeLessThan(held * 1e-3);
      expect(Math.abs(kinetics.moments.right.hip[3 * frame] ?? 1)).toBeLessThan(held * 1e-3);
    }
  });

  test('costs the hip the work that its energy gains', () => {
    // A quarter of a turn in 0.4 s with the speed of a sine: from rest to rest, only height is gained.
    const angle = (t: number) => (Math.PI / 4) * (1 - Math.cos((Math.PI * t) / 0.4)) * 0.5;
    const kinetics = kineticsOf(swingingLeg(angle), subject, inTheAir(400));
    const work = kinetics.powers.left.hip.subarray(2, 398).reduce((sum, power) => sum + power / 1000, 0);
    expect(work).toBeCloseTo(GRAVITY * FIRST_MOMENT * (1 - Math.cos(Math.PI / 4)), 3);
  });
});

describeWith(hasSharedData(), 'the trial with whole steps on two plates', () => {
  const trial = readTrial('PiG_Motion-FlatFoot-Full.c3d');
  const standing = readTrial('PiG_Calibration-FlatFoot-Full.c3d');
  const person = subjectOf(trial, standing);
  const lab = { markerRadiusMm: 8, footFlat: true };
  const recording = recordingOf(trial);
  const kinematics = kinematicsOf(recording, person, lab, calibrate(recordingOf(standing), person, lab));
  // The vendor's own forces say which foot stood on which plate, and when.
  const stances = [
    { side: 'right', startS: 2.56, endS: 3.14, plate: 0 },
    { side: 'left', startS: 3.06, endS: 3.66, plate: 1 },
  ] as const;
  const contacts = contactsOf(recording, stances);

  function worst(kinetics: Kinetics, what: 'moment' | 'power'): number {
    const differences = SIDES.flatMap((side) =>
      LEG_JOINTS.map((joint) => {
        const name = `${side === 'left' ? 'L' : 'R'}${joint[0]?.toUpperCase()}${joint.slice(1)}`;
        const vendor = vendorCurve(trial, `${name}${what === 'moment' ? 'Moment' : 'Power'}`) ?? [];
        const stance = stances.find((one) => one.side === side);
        const [from, to] = [stance?.startS ?? 0, stance?.endS ?? 0].map((s) =>
          Math.round((s - recording.firstTimeS) * recording.rateHz),
        ) as [number, number];
        let [sum, n] = [0, 0];
        for (let frame = from + 4; frame < to - 4; frame++) {
          const ours =
            what === 'moment'
              ? kinetics.moments[side][joint][3 * frame]
              : kinetics.powers[side][joint][frame];
          const theirs = what === 'moment' ? (vendor[3 * frame] ?? Number.NaN) / 1000 : vendor[3 * frame + 2];
          const difference = (ours ?? Number.NaN) - (theirs ?? Number.NaN);
          if (!Number.isFinite(difference)) continue;
          sum += difference ** 2;
          n++;
        }
        expect(n).toBeGreaterThan(30);
        return Math.sqrt(sum / n);
      }),
    );
    return Math.max(...differences);
  }

  test('has the vendor’s sagittal moments within 0.03 Nm/kg and powers within 0.1 W/kg, RMS, with the vendor’s inertia', () => {
    const kinetics = kineticsOf(kinematics, person, contacts, AS_PLUG_IN_GAIT);
    expect(worst(kinetics, 'moment')).toBeLessThan(0.03);
    expect(worst(kinetics, 'power')).toBeLessThan(0.1);
  });

  test('stays within 0.045 Nm/kg of them with the inertia of the literature', () => {
    const kinetics = kineticsOf(kinematics, person, contacts);
    expect(worst(kinetics, 'moment')).toBeLessThan(0.045);
    expect(worst(kinetics, 'power')).toBeLessThan(0.1);
  });

  test('knows nothing of a foot that stands beside the plates', () => {
    const beside = contactsOf(recording, [{ side: 'left', startS: 2.02, endS: 2.65, plate: null }]);
    const kinetics = kineticsOf(kinematics, person, beside);
    const frame = Math.round((2.3 - recording.firstTimeS) * recording.rateHz);
    expect(kinetics.moments.left.hip[3 * frame]).toBeNaN();
  });
});
