import { GaitError } from '../gait-error.ts';
import { type Axes, type Frame, turned } from '../geometry/axes.ts';
import { cross, isKnown, subtract, unit, type Vector } from '../geometry/vector.ts';
import type { Recording } from '../recording.ts';
import { bothSides, leftward, type Side, type Sided } from '../side.ts';
import {
  type Angles,
  ankleAngles,
  footProgressAngles,
  hipAngles,
  kneeAngles,
  pelvisAngles,
  spineAngles,
  thoraxAngles,
} from './angles.ts';
import { type BodyFrame, bodyAt, jointsOf, requireMarkers } from './body.ts';
import type { Calibration } from './calibration.ts';
import { withCarried } from './carry.ts';
import type { LabSettings, Subject } from './subject.ts';

/** The joints whose angles are computed, and the segments that are told against the lab. */
export const JOINTS = ['pelvis', 'hip', 'knee', 'ankle', 'footProgress', 'thorax', 'spine'] as const;
export type Joint = (typeof JOINTS)[number];

/** A leg with its calibrated foot. */
export interface PosedLeg {
  readonly hip: Vector;
  readonly knee: Vector;
  readonly ankle: Vector;
  readonly toe: Vector;
  readonly thigh: Frame;
  readonly shank: Frame;
  readonly foot: Frame;
}

/** One frame of the body. */
export interface Pose {
  readonly pelvis: Frame;
  readonly thorax: Frame | null;
  readonly legs: Sided<PosedLeg>;
}

/** The whole trial. Angles in degrees: three of frame `f` at `3 f`, NaN where a marker was not seen. */
export interface Kinematics {
  readonly rateHz: number;
  readonly frames: number;
  readonly firstTimeS: number;
  /** The lab turned to where the person walks: x along the way. */
  readonly walking: Axes;
  readonly poses: readonly Pose[];
  readonly angles: Sided<Readonly<Record<Joint, Float64Array>>>;
}

/**
 * Joint angles and segment poses of a walking trial by the conventional gait model.
 * Source: Davis 1991; Kadaba 1990, with the definitions of Plug-in Gait.
 *
 * @throws GaitError `missing-marker`, `not-walking` when the pelvis goes nowhere, or `marker-set` when the standing trial
 * has its joint centres from other markers
 */
export function kinematicsOf(
  recording: Recording,
  subject: Subject,
  lab: LabSettings,
  calibration: Calibration,
): Kinematics {
  const joints = jointsOf(recording);
  if (joints !== (calibration.joints ?? 'wands'))
    throw new GaitError(
      'marker-set',
      'The standing trial and the walk need the same markers: one has wands, the other markers on the inner sides.',
    );
  const markers = requireMarkers(withCarried(recording, calibration.carried ?? []));
  const bodies: BodyFrame[] = [];
  for (let frame = 0; frame < recording.frames; frame++)
    bodies.push(bodyAt(markers, frame, subject, lab, calibration.interAsisMm, joints));
  const walking = walkingAxes(bodies);
  const poses = bodies.map((body) => posed(body, calibration));
  const angles = bothSides((side) => anglesOf(side, poses, walking));
  const { rateHz, frames, firstTimeS } = recording;
  return { rateHz, frames, firstTimeS, walking, poses, angles };
}

function posed({ pelvis, legs, thorax }: BodyFrame, calibration: Calibration): Pose {
  return {
    pelvis,
    thorax,
    legs: bothSides((side) => {
      const leg = legs[side];
      const axes = turned(
        leg.foot,
        -calibration.plantarFlexion[side],
        -leftward(side) * calibration.rotationOffset[side],
      );
      return { ...leg, foot: { origin: leg.toe, ...axes } };
    }),
  };
}

function anglesOf(side: Side, poses: readonly Pose[], walking: Axes): Record<Joint, Float64Array> {
  const curves = Object.fromEntries(
    JOINTS.map((joint) => [joint, new Float64Array(3 * poses.length).fill(Number.NaN)]),
  ) as Record<Joint, Float64Array>;
  for (const [frame, { pelvis, thorax, legs }] of poses.entries()) {
    const { thigh, shank, foot } = legs[side];
    const put = (joint: Joint, angles: Angles) => curves[joint].set(angles, 3 * frame);
    put('pelvis', pelvisAngles(side, walking, pelvis));
    put('hip', hipAngles(side, pelvis, thigh));
    put('knee', kneeAngles(side, thigh, shank));
    put('ankle', ankleAngles(side, shank, foot));
    put('footProgress', footProgressAngles(side, walking, foot));
    if (!thorax) continue;
    put('thorax', thoraxAngles(side, walking, thorax));
    put('spine', spineAngles(side, pelvis, thorax));
  }
  return curves;
}

/** How far the pelvis must go along the floor for a direction, in millimetres. */
const LEAST_WAY_MM = 300;

/** The lab's axis that the person walks along, x forwards: of the two the nearer, as Plug-in Gait takes it. */
export function walkingAxes(bodies: readonly { readonly pelvis: Frame }[]): Axes {
  const origins = bodies.map((body) => body.pelvis.origin).filter(isKnown);
  const [first, last] = [origins[0], origins.at(-1)];
  if (!first || !last) throw new GaitError('no-frames', 'In no frame are all markers of the pelvis seen.');
  const way = subtract(last, first);
  if (Math.hypot(way[0], way[1]) < LEAST_WAY_MM)
    throw new GaitError('not-walking', 'The pelvis hardly moves along the floor, so there is no direction.');
  const x: Vector =
    Math.abs(way[0]) > Math.abs(way[1]) ? [Math.sign(way[0]), 0, 0] : [0, Math.sign(way[1]), 0];
  const z: Vector = [0, 0, 1];
  return { x, y: unit(cross(z, x)), z };
}
