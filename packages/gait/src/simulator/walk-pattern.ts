import type { Side, Sided } from '../side.ts';
import { bothSides, leftward } from '../side.ts';
import { type Curve, fourier, hump, loopThrough } from './smooth.ts';

/** How a simulated person walks. Every default is that of a healthy adult at a comfortable speed. */
export interface WalkPattern {
  /** Steps per minute; with the mean step length it makes the speed. */
  readonly cadencePerMin: number;
  readonly stepLengthMm: Sided<number>;
  readonly stepWidthMm: number;
  /** Toes outwards. */
  readonly toeOutDeg: Sided<number>;
  /** Share of the stride from each foot's strike to its off, in percent; above 50. */
  readonly stancePercent: Sided<number>;
  /** How much longer a left step takes than a right one, as a share of the mean step's time. */
  readonly timeAsymmetry: number;
  /** Greatest knee flexion in swing, in degrees; about 60 is usual, 45 is a stiff knee. */
  readonly swingKneeDeg: Sided<number>;
  /** From 0, no push-off, to 1, a usual one: how far the heel rises before the foot leaves the floor. */
  readonly pushOff: Sided<number>;
  /** The trunk against its usual posture: forwards, and to the subject's left. */
  readonly trunkLeanDeg: { readonly forward: number; readonly left: number };
  /** The pelvis against its usual tilt: forwards, in degrees (default: 0). */
  readonly pelvisTiltDeg?: number;
  /** From 0, the thorax turns against the pelvis as usual, to 1, it turns with it (default: 0). */
  readonly trunkInPhase?: number;
  /** How far one hip is hitched while its leg swings, in degrees. */
  readonly hipHitchDeg: Sided<number>;
  /** Standard deviations from stride to stride. */
  readonly variation: {
    readonly stepTime: number;
    readonly stepLengthMm: number;
    readonly stepWidthMm: number;
    readonly swingKneeDeg: number;
  };
}

export const USUAL_WALK: WalkPattern = {
  cadencePerMin: 112,
  stepLengthMm: { left: 640, right: 640 },
  stepWidthMm: 110,
  toeOutDeg: { left: 6, right: 6 },
  stancePercent: { left: 61, right: 61 },
  timeAsymmetry: 0,
  swingKneeDeg: { left: 60, right: 60 },
  pushOff: { left: 1, right: 1 },
  trunkLeanDeg: { forward: 0, left: 0 },
  hipHitchDeg: { left: 0, right: 0 },
  variation: { stepTime: 0.012, stepLengthMm: 9, stepWidthMm: 6, swingKneeDeg: 1.2 },
};

/** The same walk without any difference between strides. */
export function withoutVariation(walk: WalkPattern): WalkPattern {
  return { ...walk, variation: { stepTime: 0, stepLengthMm: 0, stepWidthMm: 0, swingKneeDeg: 0 } };
}

/** A knee that bends little in swing, with the hip hitched to clear the floor. */
export function withStiffKnee(side: Side, walk: WalkPattern = USUAL_WALK): WalkPattern {
  return {
    ...walk,
    swingKneeDeg: { ...walk.swingKneeDeg, [side]: 45 },
    pushOff: { ...walk.pushOff, [side]: 0.85 },
    hipHitchDeg: { ...walk.hipHitchDeg, [side]: 5 },
    timeAsymmetry: walk.timeAsymmetry + 0.04 * leftward(side),
  };
}

/** Calf muscles that do not lift the heel, and the shorter step of the other foot that follows. */
export function withWeakPushOff(side: Side, walk: WalkPattern = USUAL_WALK): WalkPattern {
  const other = side === 'left' ? 'right' : 'left';
  return {
    ...walk,
    pushOff: { ...walk.pushOff, [side]: 0.75 },
    swingKneeDeg: { ...walk.swingKneeDeg, [side]: 54 },
    stepLengthMm: { ...walk.stepLengthMm, [other]: 0.88 * walk.stepLengthMm[other] },
  };
}

/**
 * A walk that spares a sore back: slower, with shorter and wider steps and longer double support, pelvis and thorax turning
 * more as one, as groups of people with lasting back pain walk (Smith JA, Stabbert H, Bagwell JJ, Teng HL, Wade V, Lee SP.
 * J Sport Health Sci 2022;11:450–65: slower, shorter strides, trunk more in phase with the pelvis, no less motion). Leaning
 * forwards and to the other side and tipping the pelvis back belong to this one picture; no pattern belongs to every back.
 *
 * @param side the side that hurts
 * @param severity from 0, the walk as it was, to 1; a second session after treatment may take 0.3
 */
export function withBackPain(side: Side, severity = 1, walk: WalkPattern = USUAL_WALK): WalkPattern {
  const times = (part: number) => 1 + (part - 1) * severity;
  const both = ({ left, right }: Sided<number>, part: number) => ({
    left: left * times(part),
    right: right * times(part),
  });
  return {
    ...walk,
    cadencePerMin: walk.cadencePerMin * times(0.88),
    stepLengthMm: both(walk.stepLengthMm, 0.78),
    stepWidthMm: walk.stepWidthMm * times(1.15),
    stancePercent: both(walk.stancePercent, 1.02),
    pushOff: both(walk.pushOff, 0.92),
    timeAsymmetry: walk.timeAsymmetry - 0.04 * severity * leftward(side),
    trunkLeanDeg: {
      forward: walk.trunkLeanDeg.forward + 7 * severity,
      left: walk.trunkLeanDeg.left - 4 * severity * leftward(side),
    },
    pelvisTiltDeg: (walk.pelvisTiltDeg ?? 0) - 5 * severity,
    trunkInPhase: (walk.trunkInPhase ?? 0) + 0.5 * severity,
  };
}

/** How a foot meets the floor and leaves it. */
export interface Footfall {
  /** From 0, no push-off, to 1, a usual one. */
  readonly pushOff: number;
  /** Of the steps, 1 for usual ones: short steps land flatter and leave with a lower heel. */
  readonly size: number;
  /** Against usual steps a minute: whoever walks slowly still lands quickly. */
  readonly pace: number;
}

/** How a foot of this walk meets the floor and leaves it. */
export function footfallOf({ stepLengthMm, cadencePerMin, pushOff }: WalkPattern, side: Side): Footfall {
  const { left, right } = USUAL_WALK.stepLengthMm;
  return {
    pushOff: pushOff[side],
    size: within(0.4, (stepLengthMm.left + stepLengthMm.right) / (left + right), 1.1),
    pace: within(0.4, cadencePerMin / USUAL_WALK.cadencePerMin, 1),
  };
}

function within(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** The speed that follows from cadence and step length, in metres per second. */
export function speedOf({ cadencePerMin, stepLengthMm }: WalkPattern): number {
  return ((cadencePerMin / 60) * (stepLengthMm.left + stepLengthMm.right)) / 2000;
}

/** What a swinging knee likes to do, by share of the stride. */
export const USUAL_KNEE_DEG = loopThrough([
  [0, 7],
  [0.05, 12],
  [0.13, 18],
  [0.22, 15],
  [0.32, 9],
  [0.4, 7],
  [0.48, 11],
  [0.55, 23],
  [0.62, 41],
  [0.71, 62],
  [0.76, 57],
  [0.81, 46],
  [0.86, 31],
  [0.91, 15],
  [0.95, 6.5],
  [0.98, 5.5],
]);

/** The smaller turns of a leg over its own stride, from foot strike (0) to foot strike (1), in degrees. */
export const LEG_PATTERN = {
  kneeVarus: fourier(2, [1, 1.6, 0.7], [2, 0.8, 0.4]),
  kneeRotation: fourier(-4, [1, 4, 0.25], [2, 2, 0.3]),
  hipRotation: fourier(1, [1, 3.5, 0.2], [2, 1.5, 0.1]),
} as const;

/** Turns of a segment against the way that the person walks, in degrees, by share of the left side's stride. */
export interface SegmentPattern {
  readonly y: Curve;
  readonly x: Curve;
  readonly z: Curve;
}

export function pelvisPattern({ hipHitchDeg, pelvisTiltDeg = 0 }: WalkPattern): SegmentPattern {
  const usual = fourier(0, [1, 3.6, 0.17], [3, 0.9, 0.45]);
  const hitch = bothSides((side) => (at: number) => {
    const swing = at + (side === 'left' ? 0 : 0.5);
    return hipHitchDeg[side] * hump((swing - Math.floor(swing) - 0.52) / 0.46);
  });
  return {
    y: fourier(10 + pelvisTiltDeg, [2, 1.1, 0.6], [4, 0.2, 0.2]),
    x: (at) => usual(at) + hitch.left(at) - hitch.right(at),
    z: fourier(0, [1, -4.6, 0.03], [3, 0.5, 0.2]),
  };
}

export function thoraxPattern({ trunkLeanDeg, trunkInPhase = 0 }: WalkPattern): SegmentPattern {
  return {
    y: fourier(3 + trunkLeanDeg.forward, [2, 1, 0.15]),
    x: fourier(-trunkLeanDeg.left, [1, -1.6, 0.15]),
    z: fourier(0, [1, 4.2, 0.05 + 0.5 * trunkInPhase]),
  };
}
