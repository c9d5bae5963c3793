import { type Axes, type Frame, LAB, outOf } from '../geometry/axes.ts';
import { add, length, middle, scale, subtract, type Vector } from '../geometry/vector.ts';
import { bothSides, type Side, type Sided } from '../side.ts';
import type { BodyShape } from './body-shape.ts';
import { footAxes, type PlacedFoot, standingFoot } from './foot-motion.ts';
import { kneeFlexionFor, type LegChoice, legLengthMm } from './leg-angles.ts';
import { pelvisHeights } from './pelvis-height.ts';
import { type Curve, splineThrough } from './smooth.ts';
import type { Step, Steps } from './steps.ts';
import { clearOfTheFloor, type Swing, swingBetween } from './swing.ts';
import { turnedBy } from './turn.ts';
import { footfallOf, LEG_PATTERN, pelvisPattern, thoraxPattern, type WalkPattern } from './walk-pattern.ts';

/** Where everything is that the joint angles follow from, at one place in the order of steps. */
export interface Stance {
  readonly pelvis: Frame;
  readonly thorax: Axes;
  readonly legs: Sided<LegState>;
}

export interface LegState {
  readonly choice: LegChoice;
  readonly hip: Vector;
  readonly foot: PlacedFoot;
  readonly kneeFlexionDeg: number;
  /** The step that this foot stands on; null while it swings. */
  readonly standsOn: Step | null;
}

/** A walking body: its state at any place in the order of steps, from the second step to the last but one. */
export interface Walker {
  readonly at: (place: number) => Stance;
  /** The middle between both hips. */
  readonly hipsAt: (place: number) => Vector;
}

/** The hips are in front of the middle between the feet at a strike, in millimetres; they sway and surge by so much. */
const HIPS_AHEAD_MM = 42;
const SWAY_MM = 20;
const SURGE_MM = 5;
/**
 * The walker of a pattern. The pelvis is carried at the height that lets the knee of the standing leg do what it likes;
 * both feet stay on the floor while they stand, and all that swings joins what stands without a jump in acceleration.
 */
export function walkerOf(walk: WalkPattern, shape: BodyShape, steps: Steps): Walker {
  const firstLeft = steps.all[0]?.side === 'left' ? 0 : 1;
  const pelvisAxes = segment(pelvisPattern(walk), firstLeft);
  const thoraxAxes = segment(thoraxPattern(walk), firstLeft);
  const forwards = forwardPath(steps);
  const hipMiddle = middle(shape.hip.left, shape.hip.right);

  const choiceOf = (side: Side, step: Step, place: number): LegChoice => {
    const share = (place - step.n) / 2;
    return {
      side,
      thighMm: shape.thighMm[side],
      shankMm: shape.shankMm[side],
      kneeVarusDeg: LEG_PATTERN.kneeVarus(share),
      kneeRotationDeg: LEG_PATTERN.kneeRotation(share),
      hipRotationDeg: LEG_PATTERN.hipRotation(share),
    };
  };
  const footfall = bothSides((side) => footfallOf(walk, side));
  const standing = (step: Step, place: number): PlacedFoot =>
    standingFoot(step, shape.foot[step.side], place, footfall[step.side]);

  /** The pelvis with its origin on the floor below it. */
  const above = (place: number): Frame => {
    const axes = pelvisAxes(place);
    const hips = outOf(axes, hipMiddle);
    const y = SWAY_MM * Math.cos(Math.PI * (place - firstLeft - 0.6));
    return { ...axes, origin: [forwards(place) - hips[0], y - hips[1], 0] };
  };
  const groundAt = (step: Step, place: number, floor: Frame) => {
    const hip = add(floor.origin, outOf(floor, shape.hip[step.side]));
    const { ankle } = standing(step, place);
    const choice = choiceOf(step.side, step, place);
    const across = Math.hypot(ankle[0] - hip[0], ankle[1] - hip[1]);
    /** How high the pelvis is over a knee that is bent so much. */
    return (kneeDeg: number) =>
      ankle[2] + Math.sqrt(Math.max(0, legLengthMm(choice, kneeDeg) ** 2 - across ** 2)) - hip[2];
  };
  const heightAt = pelvisHeights(steps, (step, place) => groundAt(step, place, above(place)));
  const pelvisAt = (place: number): Frame => {
    const floor = above(place);
    return { ...floor, origin: [floor.origin[0], floor.origin[1], heightAt(place)] };
  };
  const hipAt = (side: Side, pelvis: Frame): Vector => add(pelvis.origin, outOf(pelvis, shape.hip[side]));

  const onTheFloor = (step: Step, place: number, pelvis = pelvisAt(place)): LegState => {
    const hip = hipAt(step.side, pelvis);
    const foot = standing(step, place);
    const choice = choiceOf(step.side, step, place);
    const kneeFlexionDeg = kneeFlexionFor(choice, length(subtract(foot.ankle, hip)));
    return { choice, hip, foot, kneeFlexionDeg, standsOn: step };
  };
  const swingingLeg = (step: Step, swing: Swing, place: number, pelvis: Frame): LegState => {
    const choice = choiceOf(step.side, step, place);
    const hip = hipAt(step.side, pelvis);
    const kneeFlexionDeg = swing.kneeFlexion(place);
    const [a, b] = [swing.along(place), swing.aside(place)];
    const direction: Vector = [Math.cos(b) * Math.sin(a), Math.sin(b), -Math.cos(b) * Math.cos(a)];
    const ankle = add(hip, scale(direction, legLengthMm(choice, kneeFlexionDeg)));
    const foot = { ankle, axes: footAxes(swing.yaw(place), swing.pitch(place)) };
    return { choice, hip, foot, kneeFlexionDeg, standsOn: null };
  };
  const swings = new Map<number, Swing>();
  const swingAfter = (step: Step): Swing => {
    const known = swings.get(step.n);
    if (known) return known;
    const next = steps.all[step.n + 2];
    if (!next) throw new RangeError(`Step ${step.n} has no next one of the same foot.`);
    const made = clearOfTheFloor(
      swingBetween(step, next, footfall[step.side], (one, place) => onTheFloor(one, place)),
      (swing, place) => swingingLeg(step, swing, place, pelvisAt(place)).foot,
      shape.foot[step.side],
    );
    swings.set(step.n, made);
    return made;
  };
  const legAt = (side: Side, place: number, pelvis: Frame): LegState => {
    const step = steps.all.findLast((one) => one.side === side && one.n <= place);
    if (!step) throw new RangeError(`At ${place} the ${side} foot has not stood yet.`);
    if (place <= step.off) return onTheFloor(step, place, pelvis);
    return swingingLeg(step, swingAfter(step), place, pelvis);
  };
  return {
    at: (place) => {
      const pelvis = pelvisAt(place);
      return { pelvis, thorax: thoraxAxes(place), legs: bothSides((side) => legAt(side, place, pelvis)) };
    },
    hipsAt: (place) => {
      const pelvis = pelvisAt(place);
      return middle(hipAt('left', pelvis), hipAt('right', pelvis));
    },
  };
}

function segment(pattern: ReturnType<typeof pelvisPattern>, firstLeft: number): (place: number) => Axes {
  return (place) => {
    const share = (place - firstLeft) / 2;
    return turnedBy(LAB, { y: pattern.y(share), x: pattern.x(share), z: pattern.z(share) });
  };
}

/** Where the middle of the hips is along the way: halfway between the feet at each strike, fastest soon after it. */
function forwardPath({ all }: Steps): Curve {
  const middles = all.map(
    (step, n) => (step.x + (all[n - 1]?.x ?? step.x - ((all[1]?.x ?? 0) - step.x))) / 2,
  );
  const mean = splineThrough(
    all.map(({ n }) => n),
    middles,
  );
  return (place) => mean(place) + HIPS_AHEAD_MM + SURGE_MM * Math.sin(2 * Math.PI * (place - 0.1));
}
