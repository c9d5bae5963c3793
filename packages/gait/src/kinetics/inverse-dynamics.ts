import { type Axes, into } from '../geometry/axes.ts';
import { add, cross, dot, length, scale, subtract, type Vector } from '../geometry/vector.ts';
import type { Kinematics } from '../model/kinematics.ts';
import type { Subject } from '../model/subject.ts';
import { bothSides, leftward, type Side, type Sided } from '../side.ts';
import { type Contacts, GRAVITY, type LegSegment, type SegmentTable, WINTER } from './body-segments.ts';
import { accelerationOf, angularMomentum, angularVelocityOf, velocityOf } from './derivatives.ts';

export const LEG_JOINTS = ['hip', 'knee', 'ankle'] as const;
export type LegJoint = (typeof LEG_JOINTS)[number];

/**
 * What the joints of both legs carry, frame by frame, as internal moments: what muscles and ligaments do. NaN where
 * a marker or the force under the foot is not known.
 */
export interface Kinetics {
  /**
   * Nm/kg, three of frame `f` at `3 f`, along the axes of the lower segment, signed as Plug-in Gait signs them:
   * extension (plantarflexion at the ankle), abduction, external rotation.
   */
  readonly moments: Sided<Readonly<Record<LegJoint, Float64Array>>>;
  /** W/kg, one for each frame; positive while the muscles do work. */
  readonly powers: Sided<Readonly<Record<LegJoint, Float64Array>>>;
  /** Share of the body's weight along the way, to the subject's left, and upwards. */
  readonly groundReaction: Sided<Float64Array>;
  /** Millimetres in the lab; NaN without contact. */
  readonly centreOfPressure: Sided<Float64Array>;
}

interface Segment {
  readonly kind: LegSegment;
  readonly axes: readonly Axes[];
  readonly upper: readonly Vector[];
  readonly lower: readonly Vector[];
}

interface Load {
  readonly force: Vector;
  /** About the point that the force is told at. */
  readonly moment: Vector;
  readonly at: Vector;
}

const MM = 1e-3;

/**
 * Joint moments and powers by inverse dynamics from the floor upwards: Newton's and Euler's equations for foot, shank
 * and thigh in turn. Forces from the plates are used as they are assigned to feet.
 * Source: Winter 2009, chapters 5 and 7; Kadaba MP et al. J Orthop Res 1989;7:849–60.
 */
export function kineticsOf(
  kinematics: Kinematics,
  subject: Subject,
  contacts: Contacts,
  segments: SegmentTable = WINTER,
): Kinetics {
  const legs = bothSides((side) => legKinetics(side, kinematics, subject, contacts[side], segments));
  return {
    moments: bothSides((side) => legs[side].moments),
    powers: bothSides((side) => legs[side].powers),
    groundReaction: bothSides((side) => legs[side].groundReaction),
    centreOfPressure: bothSides((side) => legs[side].centreOfPressure),
  };
}

function legKinetics(
  side: Side,
  kinematics: Kinematics,
  subject: Subject,
  contacts: Contacts['left'],
  segments: SegmentTable,
) {
  const { poses, rateHz, frames, walking } = kinematics;
  const points = (pick: (leg: (typeof poses)[number]['legs']['left']) => Vector) =>
    poses.map((pose) => scale(pick(pose.legs[side]), MM));
  const [hip, knee] = [points((leg) => leg.hip), points((leg) => leg.knee)];
  const [ankle, toe] = [points((leg) => leg.ankle), points((leg) => leg.toe)];
  const chain: readonly (Segment & { readonly joint: LegJoint; readonly above: readonly Axes[] })[] = [
    {
      kind: 'foot',
      joint: 'ankle',
      axes: poses.map((pose) => pose.legs[side].foot),
      above: poses.map((pose) => pose.legs[side].shank),
      upper: ankle,
      lower: toe,
    },
    {
      kind: 'shank',
      joint: 'knee',
      axes: poses.map((pose) => pose.legs[side].shank),
      above: poses.map((pose) => pose.legs[side].thigh),
      upper: knee,
      lower: ankle,
    },
    {
      kind: 'thigh',
      joint: 'hip',
      axes: poses.map((pose) => pose.legs[side].thigh),
      above: poses.map((pose) => pose.pelvis),
      upper: hip,
      lower: knee,
    },
  ];
  const moments = curves(3 * frames);
  const powers = curves(frames);
  const groundReaction = new Float64Array(3 * frames).fill(Number.NaN);
  const centreOfPressure = new Float64Array(3 * frames).fill(Number.NaN);
  let below: (Load | null)[] = contacts.map((contact, frame) => {
    if (contact === 'unknown') return null;
    const force = contact?.forceN ?? [0, 0, 0];
    groundReaction.set(into(walking, scale(force, 1 / (subject.massKg * GRAVITY))), 3 * frame);
    if (!contact) return { force: [0, 0, 0], moment: [0, 0, 0], at: [0, 0, 0] };
    centreOfPressure.set(contact.centreOfPressureMm, 3 * frame);
    return {
      force: contact.forceN,
      moment: [0, 0, contact.freeMomentNmm * MM],
      at: scale(contact.centreOfPressureMm, MM),
    };
  });
  for (const segment of chain) {
    const loads = balance(segment, segments, subject.massKg, rateHz, below);
    const turning = jointTurning(segment.axes, segment.above, rateHz);
    for (const [frame, load] of loads.entries()) {
      if (!load) continue;
      const moment = scale(load.moment, 1 / subject.massKg);
      moments[segment.joint].set(
        momentNames(side, segment.joint, into(segment.axes[frame] as Axes, moment)),
        3 * frame,
      );
      powers[segment.joint][frame] = dot(moment, turning[frame] as Vector);
    }
    below = loads.map(
      (load) => load && { force: scale(load.force, -1), moment: scale(load.moment, -1), at: load.at },
    );
  }
  return { moments, powers, groundReaction, centreOfPressure };
}

function curves(size: number): Record<LegJoint, Float64Array> {
  return {
    hip: new Float64Array(size).fill(Number.NaN),
    knee: new Float64Array(size).fill(Number.NaN),
    ankle: new Float64Array(size).fill(Number.NaN),
  };
}

/** What the segment above does to this one at their joint, so that this one moves as it does. */
function balance(
  segment: Segment,
  segments: SegmentTable,
  bodyMassKg: number,
  rateHz: number,
  below: readonly (Load | null)[],
): (Load | null)[] {
  const { mass, centre, gyration } = segments[segment.kind];
  const massKg = mass * bodyMassKg;
  const centres = segment.upper.map((upper, frame) =>
    add(upper, scale(subtract(segment.lower[frame] as Vector, upper), centre)),
  );
  const accelerations = accelerationOf(centres, rateHz);
  const omegas = angularVelocityOf(segment.axes, rateHz);
  const lengthM = meanLength(segment);
  const across = massKg * (gyration * lengthM) ** 2;
  const momenta = segment.axes.map((axes, frame) =>
    angularMomentum(axes, [across, across, 0], omegas[frame] as Vector),
  );
  const turns = velocityOf(momenta, rateHz);
  return below.map((load, frame) => {
    if (!load) return null;
    const upper = segment.upper[frame] as Vector;
    const inertial = scale(add(accelerations[frame] as Vector, [0, 0, GRAVITY]), massKg);
    const force = subtract(inertial, load.force);
    const ofInertia = add(turns[frame] as Vector, cross(subtract(centres[frame] as Vector, upper), inertial));
    const ofLoad = add(load.moment, cross(subtract(load.at, upper), load.force));
    return { force, moment: subtract(ofInertia, ofLoad), at: upper };
  });
}

function meanLength({ upper, lower }: Segment): number {
  let [sum, n] = [0, 0];
  for (const [frame, one] of upper.entries()) {
    const value = length(subtract(one, lower[frame] as Vector));
    if (!Number.isFinite(value)) continue;
    sum += value;
    n++;
  }
  return sum / n;
}

/** How fast the lower segment turns against the upper, in the lab. */
function jointTurning(lower: readonly Axes[], upper: readonly Axes[], rateHz: number): Vector[] {
  const [a, b] = [angularVelocityOf(lower, rateHz), angularVelocityOf(upper, rateHz)];
  return a.map((omega, frame) => subtract(omega, b[frame] as Vector));
}

function momentNames(side: Side, joint: LegJoint, [x, y, z]: Vector): Vector {
  const s = leftward(side);
  if (joint === 'ankle') return [y, -s * z, s * x];
  return joint === 'knee' ? [-y, s * x, s * z] : [y, s * x, s * z];
}
