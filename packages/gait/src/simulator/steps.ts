import type { Side } from '../side.ts';
import { leftward } from '../side.ts';
import type { Random } from './random.ts';
import { type Curve, splineThrough } from './smooth.ts';
import type { WalkPattern } from './walk-pattern.ts';

/** One placing of a foot. Its place in the order of steps is also the walk's own time: step `n` strikes at `n`. */
export interface Step {
  readonly n: number;
  readonly side: Side;
  /** In the order of steps: where this foot leaves the floor again. */
  readonly off: number;
  /** Where the floor below the ankle is while the foot stands flat, in the lab, in millimetres. */
  readonly x: number;
  readonly y: number;
  /** Of the foot about the vertical; positive turns to the left. */
  readonly yawDeg: number;
  /** Greatest knee flexion of the swing that follows. */
  readonly swingKneeDeg: number;
}

/** The steps of a walk, and its clock. */
export interface Steps {
  readonly all: readonly Step[];
  /** Seconds at which the walk is at a place in the order of steps. */
  readonly timeAt: Curve;
  /** The place in the order of steps at a time. */
  readonly placeAt: Curve;
}

/** Places and times of `count` steps of a walk that starts with `first`, along x. */
export function layOutSteps(walk: WalkPattern, count: number, first: Side, random: Random): Steps {
  const all: Step[] = [];
  const times: number[] = [];
  const meanS = 60 / walk.cadencePerMin;
  let [x, timeS] = [0, 0];
  for (let n = 0; n < count; n++) {
    const side: Side = (n % 2 === 0) === (first === 'left') ? 'left' : 'right';
    const { variation } = walk;
    const asymmetry = (leftward(side) * walk.timeAsymmetry) / 2;
    if (n > 0) {
      timeS += meanS * (1 + asymmetry + variation.stepTime * random.normal());
      x += walk.stepLengthMm[side] + variation.stepLengthMm * random.normal();
    }
    times.push(timeS);
    all.push({
      n,
      side,
      off: n + walk.stancePercent[side] / 50,
      x,
      y: (leftward(side) * walk.stepWidthMm) / 2 + variation.stepWidthMm * random.normal(),
      yawDeg: leftward(side) * walk.toeOutDeg[side],
      swingKneeDeg: walk.swingKneeDeg[side] + variation.swingKneeDeg * random.normal(),
    });
  }
  const timeAt = splineThrough(
    times.map((_, n) => n),
    times,
  );
  return { all, timeAt, placeAt: inverseOf(timeAt, meanS) };
}

/** Newton's method from the place that the mean step's time would give. */
function inverseOf(timeAt: Curve, meanS: number): Curve {
  return (timeS) => {
    let place = timeS / meanS;
    for (let round = 0; round < 20; round++) {
      const slope = (timeAt(place + 1e-4) - timeAt(place - 1e-4)) / 2e-4;
      const error = (timeAt(place) - timeS) / slope;
      place -= error;
      if (Math.abs(error) < 1e-12) break;
    }
    return place;
  };
}
