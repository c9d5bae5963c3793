import { type Axes, cardanYXZ, DEGREES, type Frame, into, LAB, outOf } from '../geometry/axes.ts';
import { add, scale, subtract, unit, type Vector } from '../geometry/vector.ts';
import type { Angles } from '../model/angles.ts';
import type { Joint } from '../model/kinematics.ts';
import { bothSides, leftward, type Side, type Sided } from '../side.ts';
import { type BodyShape, footOffsetsOf } from './body-shape.ts';
import { type PlacedFoot, pointOfFoot } from './foot-motion.ts';
import { hipTurn, kneeTurn, type LegChoice } from './leg-angles.ts';
import { type Turn, turnedBy } from './turn.ts';

/** A body in the lab by its joint angles: what the markers are put on. */
export interface Skeleton {
  readonly pelvis: Frame;
  readonly thorax: Frame;
  readonly legs: Sided<Limbs>;
}

export interface Limbs {
  readonly hip: Vector;
  readonly knee: Vector;
  readonly ankle: Vector;
  readonly thigh: Axes;
  readonly shank: Axes;
  readonly foot: PlacedFoot;
  readonly hipTurn: Turn;
  readonly kneeTurn: Turn;
}

/** What places a leg: where its hip and foot are, and the knee's flexion that fits between them. */
export interface LegPlaces {
  readonly choice: LegChoice;
  readonly hip: Vector;
  readonly foot: PlacedFoot;
  readonly kneeFlexionDeg: number;
}

/** The joint angles of the whole body, and the body that they make, from the pelvis downwards. */
export function skeletonOf(pelvis: Frame, thorax: Axes, legs: Sided<LegPlaces>, shape: BodyShape): Skeleton {
  const joint = add(pelvis.origin, outOf(pelvis, shape.lumbarJoint));
  const origin = add(joint, outOf(thorax, [75, 0, shape.thoraxHeightMm]));
  return { pelvis, thorax: { ...thorax, origin }, legs: bothSides((side) => limbsOf(pelvis, legs[side])) };
}

function limbsOf(pelvis: Frame, { choice, hip, foot, kneeFlexionDeg }: LegPlaces): Limbs {
  const atHip = hipTurn(choice, pelvis, subtract(foot.ankle, hip), kneeFlexionDeg);
  const atKnee = kneeTurn(choice, kneeFlexionDeg);
  const thigh = turnedBy(pelvis, atHip);
  const shank = turnedBy(thigh, atKnee);
  const knee = subtract(hip, scale(thigh.z, choice.thighMm));
  const ankle = subtract(knee, scale(shank.z, choice.shankMm));
  return { hip, knee, ankle, thigh, shank, foot: { ...foot, ankle }, hipTurn: atHip, kneeTurn: atKnee };
}

/** Every marker of the set, in the lab, without error. */
export function markersOn(skeleton: Skeleton, shape: BodyShape): Record<string, Vector> {
  const on = (frame: Frame, places: Readonly<Record<string, Vector>>) =>
    Object.entries(places).map(([name, place]) => [name, add(frame.origin, outOf(frame, place))] as const);
  const legs = (['left', 'right'] as const).flatMap((side) => {
    const { knee, ankle, thigh, shank, foot } = skeleton.legs[side];
    const [s, prefix] = [leftward(side), side === 'left' ? 'L' : 'R'];
    const beside = (from: Vector, axes: Axes, outwards: number, up: number): Vector =>
      add(from, add(scale(axes.y, s * outwards), scale(axes.z, up)));
    const [kneeMm, ankleMm] = [shape.kneeMarkerMm[side], shape.ankleMarkerMm[side]];
    return [
      [`${prefix}THI`, beside(knee, thigh, 1.6 * kneeMm, 0.45 * shape.thighMm[side])],
      [`${prefix}KNE`, beside(knee, thigh, kneeMm, 0)],
      [`${prefix}TIB`, beside(ankle, shank, 1.9 * ankleMm, 0.5 * shape.shankMm[side])],
      [`${prefix}ANK`, beside(ankle, shank, ankleMm, 0)],
      [`${prefix}HEE`, pointOfFoot(foot, shape.foot[side], shape.foot[side].heelMarker)],
      [`${prefix}TOE`, pointOfFoot(foot, shape.foot[side], shape.foot[side].toeMarker)],
    ] as const;
  });
  return Object.fromEntries([
    ...on(skeleton.pelvis, shape.pelvisMarkers),
    ...legs,
    ...on(skeleton.thorax, shape.thoraxMarkers),
  ]);
}

/**
 * The angles that a skeleton was made by, under the names of the model. Hip and knee are the turns that were put in; the
 * foot of the model has no marker for its roll, so that it follows from shank and toe marker as the model defines it.
 */
export function anglesOf(skeleton: Skeleton, shape: BodyShape, side: Side): Record<Joint, Angles> {
  const s = leftward(side);
  const { pelvis, thorax, legs } = skeleton;
  const limbs = legs[side];
  const foot = modelFoot(limbs, shape, side);
  const atAnkle = degrees(limbs.shank, foot);
  const progress = degrees(LAB, foot);
  const onPelvis = degrees(thorax, pelvis);
  const inLab = (axes: Axes): Angles => {
    const { y, x, z } = degrees(LAB, axes);
    return [y, s * x, -s * z];
  };
  const { hipTurn: hip, kneeTurn: knee } = limbs;
  return {
    pelvis: inLab(pelvis),
    thorax: inLab(thorax),
    hip: [-hip.y, -s * hip.x, -s * hip.z],
    knee: [knee.y, -s * knee.x, -s * knee.z],
    ankle: [-atAnkle.y - 90 + (atAnkle.y > 90 ? 360 : 0), -s * atAnkle.z, -s * atAnkle.x],
    footProgress: [progress.y, s * progress.z, -s * progress.x],
    spine: [-onPelvis.y, s * onPelvis.x, -s * onPelvis.z],
  };
}

/** The foot of the model: z from the toe marker to the ankle, told by two turns in the shank, then its calibration. */
function modelFoot({ shank, ankle, foot }: Limbs, shape: BodyShape, side: Side): Axes {
  const toe = pointOfFoot(foot, shape.foot[side], shape.foot[side].toeMarker);
  const [x, y, z] = into(shank, unit(subtract(ankle, toe)));
  const uncorrected = turnedBy(shank, {
    y: Math.atan2(x, z) * DEGREES,
    x: -Math.asin(y) * DEGREES,
    z: 0,
  });
  const { plantarFlexion, rotationOffset } = footOffsetsOf(shape.foot[side], side);
  return turnedBy(uncorrected, {
    y: -plantarFlexion * DEGREES,
    x: -leftward(side) * rotationOffset * DEGREES,
    z: 0,
  });
}

function degrees(parent: Axes, child: Axes): Turn {
  const { y, x, z } = cardanYXZ(parent, child);
  return { y: y * DEGREES, x: x * DEGREES, z: z * DEGREES };
}
