import { add, type Vector } from '../geometry/vector.ts';
import { GRAVITY } from '../kinetics/body-segments.ts';
import type { Sided } from '../side.ts';
import type { BodyShape } from './body-shape.ts';
import type { Curve } from './smooth.ts';
import type { Step, Steps } from './steps.ts';

/** The floor on one foot: a force at a point, without a turn about the vertical. */
export interface FootLoad {
  readonly step: Step;
  readonly forceN: Vector;
  readonly centreOfPressureMm: Vector;
}

/** The whole body as one point. */
export interface BodyPoint {
  readonly positionMm: Vector;
  readonly accelerationMmPerS2: Vector;
}

/** The trunk and arms do not follow each jolt of the pelvis: its path, smoothed with this standard deviation in seconds. */
const SMOOTHING_S = 0.06;
/** The centre of mass is so far above the middle of the hips. */
const ABOVE_HIPS_MM = 90;
/** How much of the path is needed before and after, in seconds. */
export const SMOOTHING_REACH_S = 6 * SMOOTHING_S;

/**
 * The centre of mass of the simulated body: the middle of the hips, smoothed by a bell curve in time and raised. This is
 * a model of the whole body as one point, not a sum over segments.
 *
 * @param hips one for each sample, with `SMOOTHING_REACH_S` more before the first and after the last that is asked for
 */
export function bodyPoints(hips: readonly Vector[], rateHz: number): BodyPoint[] {
  const reach = Math.round(SMOOTHING_REACH_S * rateHz);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, n) => {
    const t = (n - reach) / (rateHz * SMOOTHING_S);
    return Math.exp(-(t * t) / 2) / (rateHz * SMOOTHING_S * Math.sqrt(2 * Math.PI));
  });
  const bends = weights.map((weight, n) => {
    const t = (n - reach) / (rateHz * SMOOTHING_S);
    return (weight * (t * t - 1)) / SMOOTHING_S ** 2;
  });
  // One array of numbers for each axis: the sums are long, and a loop over these takes a tenth of the time.
  const [x, y, z] = [0, 1, 2].map((axis) => Float64Array.from(hips, (hip) => hip[axis] as number)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const summed = (from: number, by: Float64Array, path: Float64Array): number => {
    let sum = 0;
    for (let n = 0; n < by.length; n++) sum += (by[n] as number) * (path[from + n] as number);
    return sum;
  };
  return Array.from({ length: Math.max(0, hips.length - 2 * reach) }, (_, from) => {
    const along = (by: Float64Array): Vector => [
      summed(from, by, x),
      summed(from, by, y),
      summed(from, by, z),
    ];
    return { positionMm: add(along(weights), [0, 0, ABOVE_HIPS_MM]), accelerationMmPerS2: along(bends) };
  });
}

/**
 * What each foot carries at a place in the order of steps. Both together carry the weight and the acceleration of the
 * centre of mass, exactly. While both feet stand, the load passes from the one behind to the one in front, each force
 * pointing about to the centre of mass; the body's turning is not modelled.
 */
export function footLoads(
  place: number,
  body: BodyPoint,
  massKg: number,
  steps: Steps,
  shape: Sided<BodyShape['foot']['left']>,
): FootLoad[] {
  const [ax, ay, az] = body.accelerationMmPerS2;
  const total: Vector = [(massKg * ax) / 1000, (massKg * ay) / 1000, massKg * (az / 1000 + GRAVITY)];
  const standing = steps.all.filter(({ n, off }) => n <= place && place < off);
  const [behind, front] = standing;
  if (!behind) return [];
  const passed = front ? transfer((place - front.n) / (behind.off - front.n)) : 0;
  const shares = front ? [1 - passed, passed] : [1];
  const centres = standing.map((step) => pressureAt(step, place, shape));
  const vertical = shares.map((share) => share * total[2]);
  const leaning = (axis: 0 | 1): number[] =>
    vertical.map(
      (load, index) =>
        (load * (body.positionMm[axis] - (centres[index] as Vector)[axis])) / body.positionMm[2],
    );
  const along = ([0, 1] as const).map((axis) => {
    const towards = leaning(axis);
    const rest = total[axis] - towards.reduce((sum, one) => sum + one, 0);
    return towards.map((one, index) => one + (shares[index] as number) * rest);
  });
  return standing.map((step, index) => ({
    step,
    forceN: [along[0]?.[index] ?? 0, along[1]?.[index] ?? 0, vertical[index] ?? 0],
    centreOfPressureMm: centres[index] as Vector,
  }));
}

/** The share that has passed to the foot in front: from 0 to 1, quickly at both ends as a heel strikes and a toe leaves. */
const transfer: Curve = (at) => at - (0.35 * Math.sin(2 * Math.PI * at)) / (2 * Math.PI);

/** From the heel to the ball by the time the heel rises, then to the toes, along the middle of the foot. */
function pressureAt(step: Step, place: number, shape: Sided<BodyShape['foot']['left']>): Vector {
  const foot = shape[step.side];
  const share = (place - step.n) / (step.off - step.n);
  const forwards = share - Math.sin(4 * Math.PI * share) / (5 * Math.PI);
  const [from, to] = [0.8 * foot.heelPoint[0], foot.toeTip[0]];
  const along = from + (to - from) * forwards;
  const yaw = (step.yawDeg * Math.PI) / 180;
  return [step.x + along * Math.cos(yaw), step.y + along * Math.sin(yaw), 0];
}
