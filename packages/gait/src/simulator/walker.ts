import { type Axes, type Frame, LAB, outOf } from '../geometry/axes.ts';
import { add, length, middle, scale, subtract, type Vector } from '../geometry/vector.ts';
import { bothSides, type Side, type Sided } from '../side.ts';
import type { BodyShape } from './body-shape.ts';
import {
  footAxes,
  type PlacedFoot,
  SWINGING_PITCH_DEG,
  standingFoot,
  standingPitchDeg,
} from './foot-motion.ts';
import { kneeFlexionFor, type LegChoice, legLengthMm } from './leg-angles.ts';
import { bridge, type Curve, ease, hump, type Jet, jetOf, minus, splineThrough } from './smooth.ts';
import type { Step, Steps } from './steps.ts';
import { turnedBy } from './turn.ts';
import {
  LEG_PATTERN,
  pelvisPattern,
  thoraxPattern,
  USUAL_KNEE_DEG,
  type WalkPattern,
} from './walk-pattern.ts';

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

/** What the knee of a standing leg would like to do, by place after its strike. */
const STANDING_KNEE = splineThrough(
  [-0.3, 0, 0.07, 0.15, 0.26, 0.44, 0.64, 0.78, 0.9, 1.02, 1.22],
  [5, 7, 11, 15.5, 18, 15, 9, 7, 9, 16, 38],
);
/** The hips are in front of the middle between the feet at a strike, in millimetres; they sway and surge by so much. */
const HIPS_AHEAD_MM = 42;
const SWAY_MM = 20;
const SURGE_MM = 5;
/** How sharply the lower of two heights is taken. */
const SOFTNESS_MM = 8;
const NOT_ASKED_MM = 600;
const NOT_YET_MM = 80;
/** The foot behind no longer says how high the pelvis is, but its knee is never made straighter than this. */
const LEAST_KNEE_DEG = 2;

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
  const standing = (step: Step, place: number): PlacedFoot =>
    standingFoot(step, shape.foot[step.side], standingPitchDeg(place - step.n, walk.pushOff[step.side]));

  /** The pelvis with its origin on the floor below it. */
  const above = (place: number): Frame => {
    const axes = pelvisAxes(place);
    const hips = outOf(axes, hipMiddle);
    const y = SWAY_MM * Math.cos(Math.PI * (place - firstLeft - 0.6));
    return { ...axes, origin: [forwards(place) - hips[0], y - hips[1], 0] };
  };
  const pelvisAt = (place: number): Frame => {
    const floor = above(place);
    const asked: number[] = [];
    const ask = (height: number) => asked.push(height);
    for (const step of steps.all) {
      const after = place - step.n;
      if (after < -0.3 || after > 1.7) continue;
      // A foot that is about to land asks for what it will need then: far in front it would ask for too much.
      const landed = after < 0 ? step.n + after * (1 - ease(-after / 0.12)) : place;
      const ground = landed === place ? floor : above(landed);
      const hip = add(ground.origin, outOf(ground, shape.hip[step.side]));
      const { ankle } = standing(step, landed);
      const choice = choiceOf(step.side, step, landed);
      const across = Math.hypot(ankle[0] - hip[0], ankle[1] - hip[1]);
      const heightFor = (kneeDeg: number) =>
        ankle[2] + Math.sqrt(Math.max(0, legLengthMm(choice, kneeDeg) ** 2 - across ** 2)) - hip[2];
      ask(
        heightFor(STANDING_KNEE(landed - step.n)) +
          NOT_YET_MM * ease(-after / 0.3) +
          7 * hump(-after / 0.12) +
          NOT_ASKED_MM * ease((after - 0.92) / 0.5),
      );
      const notYet = 1 - ease((after - 0.72) / 0.22);
      ask(heightFor(LEAST_KNEE_DEG) + NOT_ASKED_MM * (notYet + ease((place - step.off - 0.02) / 0.3)));
    }
    const height = softLeast(asked, SOFTNESS_MM);
    return { ...floor, origin: [floor.origin[0], floor.origin[1], height] };
  };
  const hipAt = (side: Side, pelvis: Frame): Vector => add(pelvis.origin, outOf(pelvis, shape.hip[side]));

  const onTheFloor = (step: Step, place: number, pelvis = pelvisAt(place)): LegState => {
    const hip = hipAt(step.side, pelvis);
    const foot = standing(step, place);
    const choice = choiceOf(step.side, step, place);
    const kneeFlexionDeg = kneeFlexionFor(choice, length(subtract(foot.ankle, hip)));
    return { choice, hip, foot, kneeFlexionDeg, standsOn: step };
  };
  const swings = new Map<number, Swing>();
  const swingAfter = (step: Step): Swing => {
    const known = swings.get(step.n);
    if (known) return known;
    const next = steps.all[step.n + 2];
    if (!next) throw new RangeError(`Step ${step.n} has no next one of the same foot.`);
    const made = swingBetween(step, next, walk.pushOff[step.side], (one, place) => onTheFloor(one, place));
    swings.set(step.n, made);
    return made;
  };
  const legAt = (side: Side, place: number, pelvis: Frame): LegState => {
    const step = steps.all.findLast((one) => one.side === side && one.n <= place);
    if (!step) throw new RangeError(`At ${place} the ${side} foot has not stood yet.`);
    if (place <= step.off) return onTheFloor(step, place, pelvis);
    const { along, aside, kneeFlexion, pitch, yaw } = swingAfter(step);
    const choice = choiceOf(side, step, place);
    const hip = hipAt(side, pelvis);
    const kneeFlexionDeg = kneeFlexion(place);
    const [a, b] = [along(place), aside(place)];
    const direction: Vector = [Math.cos(b) * Math.sin(a), Math.sin(b), -Math.cos(b) * Math.cos(a)];
    const ankle = add(hip, scale(direction, legLengthMm(choice, kneeFlexionDeg)));
    const foot = { ankle, axes: footAxes(yaw(place), pitch(place)) };
    return { choice, hip, foot, kneeFlexionDeg, standsOn: null };
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

/**
 * About the least of several numbers, smoothly: between the softmin, which is too low where two are equal, and their mean
 * by its weights, which is a little too high where they differ.
 */
function softLeast(values: readonly number[], softness: number): number {
  const least = Math.min(...values);
  const parts = values.map((value) => Math.exp((least - value) / softness));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const mean = values.reduce((sum, value, n) => sum + ((parts[n] as number) / total) * value, 0);
  const soft = least - softness * Math.log(total);
  return 0.35 * mean + 0.65 * soft;
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

/** A foot in the air between two steps, by place: the leg's direction in radians, the rest in degrees. */
interface Swing {
  readonly along: Curve;
  readonly aside: Curve;
  readonly kneeFlexion: Curve;
  readonly pitch: Curve;
  readonly yaw: Curve;
}

function swingBetween(
  from: Step,
  to: Step,
  pushOff: number,
  standing: (step: Step, place: number) => LegState,
): Swing {
  const toAnkle = ({ foot, hip }: LegState) => subtract(foot.ankle, hip);
  const along = (leg: LegState) => Math.atan2(toAnkle(leg)[0], -toAnkle(leg)[2]);
  const aside = (leg: LegState) => Math.asin(toAnkle(leg)[1] / length(toAnkle(leg)));
  const between = (own: (step: Step) => Curve, less: Curve, jolts = true): Curve => {
    const start = minus(jetOf(own(from), from.off, -1), jetOf(less, from.off, -1));
    // A landing foot is stopped by the floor: its speed joins, its acceleration need not.
    const landing = minus(jetOf(own(to), to.n, 1), jetOf(less, to.n, 1));
    const end = jolts ? { ...landing, bend: 0 } : landing;
    const correction = bridge(from.off, start, to.n, end);
    return (place) => less(place) + correction(place);
  };
  const read =
    (what: (leg: LegState) => number) =>
    (step: Step): Curve =>
    (place) =>
      what(standing(step, place));
  const pitch =
    (step: Step): Curve =>
    (place) =>
      standingPitchDeg(place - step.n, pushOff);
  const still = (value: number): Jet => ({ value, slope: 0, bend: 0 });
  const kneeFlexion = between(
    read((leg) => leg.kneeFlexionDeg),
    (place) => USUAL_KNEE_DEG((place - from.n) / 2),
  );
  return {
    along: between(read(along), () => 0),
    aside: between(read(aside), () => 0),
    kneeFlexion: withPeak(kneeFlexion, from.off, to.n, from.swingKneeDeg),
    pitch: between(pitch, (place) => SWINGING_PITCH_DEG((place - from.n) / 2), false),
    yaw: bridge(from.off, still(from.yawDeg), to.n, still(to.yawDeg)),
  };
}

/** A curve with a hump added that makes its highest point `peak`, and leaves both ends as they join. */
function withPeak(curve: Curve, from: number, to: number, peak: number): Curve {
  const raised =
    (by: number): Curve =>
    (at) =>
      curve(at) + by * hump((at - from) / (to - from));
  const highest = (of: Curve) => {
    let most = Number.NEGATIVE_INFINITY;
    for (let n = 0; n <= 100; n++) most = Math.max(most, of(from + (n / 100) * (to - from)));
    return most;
  };
  let [low, high] = [-60, 60];
  for (let round = 0; round < 40; round++) {
    const half = (low + high) / 2;
    if (highest(raised(half)) < peak) low = half;
    else high = half;
  }
  return raised((low + high) / 2);
}
