export { type Axes, type Cardan, cardanYXZ, type Frame } from './geometry/axes.ts';
export type { Vector } from './geometry/vector.ts';
export { type Calibration, calibrate } from './model/calibration.ts';
export {
  JOINTS,
  type Joint,
  type Kinematics,
  kinematicsOf,
  type Pose,
  type PosedLeg,
} from './model/kinematics.ts';
export type { LabSettings, Subject } from './model/subject.ts';
export { GaitError, type Plate, type Recording, recordingOf, type VendorEvent } from './recording.ts';
export { bothSides, leftward, SIDES, type Side, type Sided } from './side.ts';
