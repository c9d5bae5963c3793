export { type Axes, type Cardan, cardanYXZ, type Frame } from './geometry/axes.ts';
export type { Vector } from './geometry/vector.ts';
export {
  AS_PLUG_IN_GAIT,
  type Contacts,
  type FloorContact,
  GRAVITY,
  type SegmentTable,
  WINTER,
} from './kinetics/body-segments.ts';
export { contactsOf, type Stance } from './kinetics/floor-contacts.ts';
export { type Kinetics, kineticsOf, LEG_JOINTS, type LegJoint } from './kinetics/inverse-dynamics.ts';
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
