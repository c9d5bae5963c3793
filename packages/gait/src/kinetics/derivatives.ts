import { type Axes, outOf } from '../geometry/axes.ts';
import { add, cross, scale, subtract, type Vector } from '../geometry/vector.ts';

const UNKNOWN: Vector = [Number.NaN, Number.NaN, Number.NaN];

/** The change of a vector per second, by central differences; NaN at both ends and beside gaps. */
export function velocityOf(path: readonly Vector[], rateHz: number): Vector[] {
  return path.map((_, frame) => {
    const [before, after] = [path[frame - 1], path[frame + 1]];
    return before && after ? scale(subtract(after, before), rateHz / 2) : UNKNOWN;
  });
}

/** The second change of a vector per second, by central differences; NaN at both ends and beside gaps. */
export function accelerationOf(path: readonly Vector[], rateHz: number): Vector[] {
  return path.map((here, frame) => {
    const [before, after] = [path[frame - 1], path[frame + 1]];
    if (!before || !after) return UNKNOWN;
    return scale(add(subtract(after, here), subtract(before, here)), rateHz * rateHz);
  });
}

/** The angular velocity of a turning frame in the lab, radians a second, from its axes a frame before and after. */
export function angularVelocityOf(axes: readonly Axes[], rateHz: number): Vector[] {
  return axes.map((_, frame) => {
    const [before, after] = [axes[frame - 1], axes[frame + 1]];
    if (!before || !after) return UNKNOWN;
    // Half the sum of each axis crossed with where it goes is the turn that takes one frame to the other.
    const turn = [cross(before.x, after.x), cross(before.y, after.y), cross(before.z, after.z)].reduce(
      (sum, one) => add(sum, one),
      [0, 0, 0] as Vector,
    );
    const sine = Math.hypot(...turn) / 2;
    if (sine === 0) return [0, 0, 0];
    const angle = Math.asin(Math.min(1, sine));
    return scale(turn, (angle / sine / 2) * (rateHz / 2));
  });
}

/** I ω along the axes of a frame whose long axis is z and which has the same inertia about x and y. */
export function angularMomentum(axes: Axes, inertia: Vector, omega: Vector): Vector {
  const local: Vector = [
    inertia[0] * dotOf(axes.x, omega),
    inertia[1] * dotOf(axes.y, omega),
    inertia[2] * dotOf(axes.z, omega),
  ];
  return outOf(axes, local);
}

function dotOf(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
