import { type Joint, SIDES } from '@rectus/gait';
import { vendorCurve } from '../../packages/gait/testing/shared-data.ts';
import { degreesApart } from './differences.ts';
import type { VendorTrial } from './vendor-trials.ts';

const NAMES = {
  hip: 'HipAngles',
  knee: 'KneeAngles',
  ankle: 'AnkleAngles',
  pelvis: 'PelvisAngles',
  footProgress: 'FootProgressAngles',
  thorax: 'ThoraxAngles',
  spine: 'SpineAngles',
} as const satisfies Record<Joint, string>;

/** How far one angle of a file is from the vendor's. */
export interface AngleDifference {
  readonly trial: VendorTrial;
  readonly joint: Joint;
  /** The most over both sides, all three components and all frames that the vendor knows, in degrees. */
  readonly maxDeg: number;
  readonly compared: number;
  /** Values that the vendor has and we do not. */
  readonly missing: number;
}

/** Every angle that the trials' own program stored, against ours, frame by frame. */
export function compareAngles(trials: readonly VendorTrial[]): AngleDifference[] {
  return trials.flatMap((trial) =>
    (Object.keys(NAMES) as Joint[]).flatMap((joint) => differenceOf(trial, joint) ?? []),
  );
}

function differenceOf(trial: VendorTrial, joint: Joint): AngleDifference | null {
  let [maxDeg, compared, missing] = [0, 0, 0];
  for (const side of SIDES) {
    const vendor = vendorCurve(trial.file, `${side === 'left' ? 'L' : 'R'}${NAMES[joint]}`);
    const ours = trial.kinematics.angles[side][joint];
    for (const [index, value] of (vendor ?? []).entries()) {
      if (!Number.isFinite(value)) continue;
      const own = ours[index] ?? Number.NaN;
      if (Number.isFinite(own)) {
        maxDeg = Math.max(maxDeg, degreesApart(value, own));
        compared++;
      } else missing++;
    }
  }
  return compared + missing === 0 ? null : { trial, joint, maxDeg, compared, missing };
}

/** The worst of some joints over the files that are judged. */
export function worstAngle(differences: readonly AngleDifference[], joints: readonly Joint[]): number {
  const judged = differences.filter(({ trial, joint }) => trial.judged && joints.includes(joint));
  return Math.max(...judged.map(({ maxDeg }) => maxDeg));
}
