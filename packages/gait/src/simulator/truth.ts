import type { Vector } from '../geometry/vector.ts';
import { JOINTS, type Joint } from '../model/kinematics.ts';
import type { VendorEvent } from '../recording.ts';
import { bothSides, type Side } from '../side.ts';
import { type BodyShape, footOffsetsOf } from './body-shape.ts';
import { anglesOf, type Skeleton } from './skeleton.ts';
import { pathOf, type Truth } from './trial.ts';

/** What skeletons and floor know for certain. */
export function truthOf(
  skeletons: readonly Skeleton[],
  shape: BodyShape,
  floor: {
    readonly events?: readonly VendorEvent[];
    readonly platedSides?: readonly Side[];
    readonly centreOfMassMm?: readonly Vector[];
    readonly totalForceN?: readonly Vector[];
  } = {},
): Truth {
  const offsets = bothSides((side) => footOffsetsOf(shape.foot[side], side));
  return {
    angles: bothSides((side) => {
      const frames = skeletons.map((skeleton) => anglesOf(skeleton, shape, side));
      return Object.fromEntries(
        JOINTS.map((joint) => [joint, Float64Array.from(frames.flatMap((angles) => [...angles[joint]]))]),
      ) as Record<Joint, Float64Array>;
    }),
    jointCentres: bothSides((side) => ({
      hip: pathOf(skeletons.map(({ legs }) => legs[side].hip)),
      knee: pathOf(skeletons.map(({ legs }) => legs[side].knee)),
      ankle: pathOf(skeletons.map(({ legs }) => legs[side].ankle)),
    })),
    calibration: {
      interAsisMm: shape.interAsisMm,
      plantarFlexion: bothSides((side) => offsets[side].plantarFlexion),
      rotationOffset: bothSides((side) => offsets[side].rotationOffset),
    },
    events: floor.events ?? [],
    platedSides: floor.platedSides ?? [],
    centreOfMassMm: pathOf(floor.centreOfMassMm ?? []),
    totalForceN: pathOf(floor.totalForceN ?? []),
  };
}
