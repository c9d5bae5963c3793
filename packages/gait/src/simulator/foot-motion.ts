import { type Axes, LAB, outOf } from '../geometry/axes.ts';
import { add, subtract, type Vector } from '../geometry/vector.ts';
import type { FootShape } from './body-shape.ts';
import { bridge, loopThrough } from './smooth.ts';
import type { Step } from './steps.ts';
import { turnedBy } from './turn.ts';
import type { Footfall } from './walk-pattern.ts';

/** How the foot is pitched while it stands, by place after its strike; degrees, positive with the heel up. */
const STRIKE_PITCH_DEG = -18;
/** It turns down as fast as this when the heel strikes, in degrees for each place: it is on its way already. */
const STRIKE_TURN_DEG = 40;
/** Flat on the floor from here. */
const FLAT_FROM = 0.2;
/** The heel begins to rise here. */
const HEEL_RISES = 0.52;
/** How far it has risen when a foot with a usual push-off leaves the floor at 1.22. */
const OFF_PITCH_DEG = 58;

/**
 * A standing foot rolls over its heel, lies flat, and rolls over its ball: at rest where one becomes the other.
 */
export function standingPitchDeg(after: number, { pushOff, size, pace }: Footfall): number {
  if (after < FLAT_FROM * pace) return size * footSlap(after / pace);
  if (after < HEEL_RISES) return 0;
  const s = (after - HEEL_RISES) / (1.22 - HEEL_RISES);
  return pushOff * (0.35 + 0.65 * size) * OFF_PITCH_DEG * s * s * s * (1.6 - 0.6 * s);
}

const footSlap = bridge(0, { value: STRIKE_PITCH_DEG, slope: STRIKE_TURN_DEG, bend: 0 }, FLAT_FROM, {
  value: 0,
  slope: 0,
  bend: 0,
});

/** What the foot's pitch does from one strike to the next in a usual walk, by share of the stride. */
const PITCH: readonly (readonly [number, number])[] = [
  [0, -18],
  [0.05, -7],
  [0.1, 0],
  [0.2, 0],
  [0.3, 0.5],
  [0.4, 6],
  [0.5, 20],
  [0.56, 37],
  [0.61, 55],
  [0.65, 60],
  [0.7, 43],
  [0.76, 20],
  [0.82, 1],
  [0.88, -10],
  [0.93, -17],
  [0.97, -20],
];

/** The pitch that a foot in the air likes to have, by share of the stride, in degrees. */
export const SWINGING_PITCH_DEG = loopThrough(PITCH);

/** A foot somewhere: its ankle in the lab and its axes (x to the toes, z up through the instep). */
export interface PlacedFoot {
  readonly ankle: Vector;
  readonly axes: Axes;
}

export function footAxes(yawDeg: number, pitchDeg: number): Axes {
  return turnedBy(turnedBy(LAB, { y: 0, x: 0, z: yawDeg }), { y: pitchDeg, x: 0, z: 0 });
}

/** The forefoot is taken for a rocker of this radius, as toes that bend make it; in parts of the foot's length. */
const ROCKER = 0.55;

/** A heel that strikes is still on its way, along the floor and into its own pad, in mm for each place. */
const STRIKE_SLIDE = 270;
const STRIKE_SINK = 80;
/** It comes to rest within this time, in places. */
const RESTS_AFTER = 0.15;

/** How much of the way is left, for a speed of 1 at the strike. */
function wayToRest(after: number, { size, pace }: Footfall): number {
  const left = Math.max(0, Math.min(1, 1 - after / (RESTS_AFTER * pace)));
  return ((size * RESTS_AFTER) / 4) * left ** 4;
}

/** A foot on the floor: what touches it does not slide. It turns about its heel, and rolls over its forefoot. */
export function standingFoot(step: Step, shape: FootShape, place: number, footfall: Footfall): PlacedFoot {
  const after = place - step.n;
  const pitchDeg = standingPitchDeg(after, footfall);
  const axes = footAxes(step.yawDeg, pitchDeg);
  const flat = footAxes(step.yawDeg, 0);
  const radius = pitchDeg < 0 ? 0 : ROCKER * (shape.ballPoint[0] - shape.heelPoint[0]);
  const pivot = add(pitchDeg < 0 ? shape.heelPoint : shape.ballPoint, [0, 0, radius]);
  const left = wayToRest(after, footfall);
  const rolled = add(pivot, [
    (radius * pitchDeg * Math.PI) / 180 - STRIKE_SLIDE * left,
    0,
    // A heel that comes down slowly is let fall the last millimetres.
    (STRIKE_SINK * left) / footfall.pace ** 3,
  ]);
  const ankle = add(add([step.x, step.y, 0], outOf(flat, rolled)), outOf(axes, subtract(shape.ankle, pivot)));
  return { ankle, axes };
}

/** Where a point of the foot's shape is. */
export function pointOfFoot({ ankle, axes }: PlacedFoot, shape: FootShape, point: Vector): Vector {
  return add(ankle, outOf(axes, subtract(point, shape.ankle)));
}
