import { cross, dot, unit, type Vector } from './vector.ts';

/** A right-handed set of unit axes: x forwards, y to the subject's left, z upwards unless said otherwise. */
export interface Axes {
  readonly x: Vector;
  readonly y: Vector;
  readonly z: Vector;
}

/** Axes with a place. */
export interface Frame extends Axes {
  readonly origin: Vector;
}

export const LAB: Frame = { origin: [0, 0, 0], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };

/** Axes whose z is exact and whose y is as near to `towardsY` as a right angle to z allows. */
export function axesFromZ(z: Vector, towardsY: Vector): Axes {
  const exact = unit(z);
  const x = unit(cross(towardsY, exact));
  return { x, y: cross(exact, x), z: exact };
}

/** A vector of the lab, told along the axes of a frame. */
export function into(axes: Axes, vector: Vector): Vector {
  return [dot(axes.x, vector), dot(axes.y, vector), dot(axes.z, vector)];
}

/** A vector told along the axes of a frame, in the lab. */
export function outOf({ x, y, z }: Axes, [a, b, c]: Vector): Vector {
  return [a * x[0] + b * y[0] + c * z[0], a * x[1] + b * y[1] + c * z[1], a * x[2] + b * y[2] + c * z[2]];
}

/** Axes turned by `angle` radians about their own y, then by `roll` about the x that results. */
export function turned(axes: Axes, angle: number, roll: number): Axes {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const [cr, sr] = [Math.cos(roll), Math.sin(roll)];
  return {
    x: outOf(axes, [c, 0, -s]),
    y: outOf(axes, [s * sr, cr, c * sr]),
    z: outOf(axes, [s * cr, -sr, c * cr]),
  };
}

/** Rotations in the order y, x′, z″ that turn `parent` into `child`, in radians. */
export interface Cardan {
  readonly y: number;
  readonly x: number;
  readonly z: number;
}

/**
 * The angles between two frames in the order flexion (y), adduction (x), rotation (z), as Plug-in Gait uses them.
 * Source: Kadaba MP, Ramakrishnan HK, Wootten ME. J Orthop Res 1990;8:383–92.
 */
export function cardanYXZ(parent: Axes, child: Axes): Cardan {
  return {
    y: Math.atan2(dot(parent.x, child.z), dot(parent.z, child.z)),
    x: Math.asin(Math.max(-1, Math.min(1, -dot(parent.y, child.z)))),
    z: Math.atan2(dot(parent.y, child.x), dot(parent.y, child.y)),
  };
}

export const DEGREES = 180 / Math.PI;
