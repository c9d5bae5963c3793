import { expect, test } from 'vitest';
import { describeWith } from '../../testing/describe-with.ts';
import { hasSharedData, PIG_TRIALS, readTrial, subjectOf, vendorCurve } from '../../testing/shared-data.ts';
import { recordingOf } from '../recording-of-file.ts';
import { SIDES } from '../side.ts';
import { calibrate } from './calibration.ts';
import { kinematicsOf } from './kinematics.ts';

const VENDOR_NAMES = {
  pelvis: 'PelvisAngles',
  hip: 'HipAngles',
  knee: 'KneeAngles',
  ankle: 'AnkleAngles',
  footProgress: 'FootProgressAngles',
  thorax: 'ThoraxAngles',
  spine: 'SpineAngles',
} as const;

const there = hasSharedData();

for (const [trialName, standingName, markerRadiusMm] of PIG_TRIALS)
  describeWith(there, trialName, () => {
    const trial = readTrial(trialName);
    const standing = readTrial(standingName);
    const subject = subjectOf(trial, standing);
    const lab = { markerRadiusMm, footFlat: true };
    const calibration = calibrate(recordingOf(standing), subject, lab);
    const kinematics = kinematicsOf(recordingOf(trial), subject, lab, calibration);

    test.each(Object.entries(VENDOR_NAMES))(
      'tells the %s as the vendor does, to a thousandth of a degree',
      (joint, name) => {
        for (const side of SIDES) {
          const vendor = vendorCurve(trial, `${side === 'left' ? 'L' : 'R'}${name}`);
          if (!vendor) continue;
          const ours = kinematics.angles[side][joint as keyof typeof VENDOR_NAMES];
          const worst = vendor.reduce((most, value, index) => {
            const difference = Math.abs(value - (ours[index] ?? Number.NaN)) % 360;
            return Number.isNaN(difference) ? most : Math.max(most, Math.min(difference, 360 - difference));
          }, 0);
          expect(worst).toBeLessThan(0.001);
        }
      },
    );

    test('has the joint centres where the vendor has them, to a hundredth of a millimetre', () => {
      for (const side of SIDES) {
        const prefix = side === 'left' ? 'L' : 'R';
        for (const [joint, label] of [
          ['hip', 'FEP'],
          ['knee', 'FEO'],
          ['ankle', 'TIO'],
        ] as const) {
          const path = recordingOf(trial).markers.get(`${prefix}${label}`);
          if (!path) continue;
          for (const [frame, pose] of kinematics.poses.entries()) {
            const there = path.subarray(3 * frame, 3 * frame + 3);
            const apart = Math.hypot(
              ...pose.legs[side][joint].map((value, axis) => value - (there[axis] ?? Number.NaN)),
            );
            if (Number.isFinite(apart)) expect(apart).toBeLessThan(0.01);
          }
        }
      }
    });
  });
