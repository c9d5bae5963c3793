import { type Axes, cardanYXZ, DEGREES } from '../geometry/axes.ts';
import { leftward, type Side } from '../side.ts';

/** Three angles in degrees, each with the sign of its name. */
export type Angles = readonly [sagittal: number, frontal: number, transverse: number];

/** Flexion, adduction, internal rotation. */
export function hipAngles(side: Side, pelvis: Axes, thigh: Axes): Angles {
  const { y, x, z } = cardanYXZ(pelvis, thigh);
  const s = leftward(side);
  return [-y * DEGREES, -s * x * DEGREES, -s * z * DEGREES];
}

/** Flexion, varus, internal rotation. */
export function kneeAngles(side: Side, thigh: Axes, shank: Axes): Angles {
  const { y, x, z } = cardanYXZ(thigh, shank);
  const s = leftward(side);
  return [y * DEGREES, -s * x * DEGREES, -s * z * DEGREES];
}

/** Dorsiflexion, inversion (as Plug-in Gait names it), internal rotation. */
export function ankleAngles(side: Side, shank: Axes, foot: Axes): Angles {
  const { y, x, z } = cardanYXZ(shank, foot);
  const s = leftward(side);
  return [wrap(-y * DEGREES - 90), -s * z * DEGREES, -s * x * DEGREES];
}

/** Anterior tilt, upward obliquity, internal rotation of one side, against the lab turned to the walking direction. */
export function pelvisAngles(side: Side, walking: Axes, pelvis: Axes): Angles {
  const { y, x, z } = cardanYXZ(walking, pelvis);
  const s = leftward(side);
  return [y * DEGREES, s * x * DEGREES, -s * z * DEGREES];
}

/** Pitch, roll and internal progression of the foot, against the lab turned to the walking direction. */
export function footProgressAngles(side: Side, walking: Axes, foot: Axes): Angles {
  const { y, x, z } = cardanYXZ(walking, foot);
  const s = leftward(side);
  return [y * DEGREES, s * z * DEGREES, -s * x * DEGREES];
}

/** Forward tilt, lateral lean to the side and rotation of the thorax, against the lab turned to the walking direction. */
export function thoraxAngles(side: Side, walking: Axes, thorax: Axes): Angles {
  return pelvisAngles(side, walking, thorax);
}

/** The trunk on the pelvis: flexion, lean and rotation; Plug-in Gait tells the pelvis in the thorax and turns the signs. */
export function spineAngles(side: Side, pelvis: Axes, thorax: Axes): Angles {
  const { y, x, z } = cardanYXZ(thorax, pelvis);
  const s = leftward(side);
  return [-y * DEGREES, s * x * DEGREES, -s * z * DEGREES];
}

function wrap(degrees: number): number {
  return degrees <= -180 ? degrees + 360 : degrees > 180 ? degrees - 360 : degrees;
}
