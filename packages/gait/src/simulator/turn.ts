import { type Axes, outOf } from '../geometry/axes.ts';
import type { Vector } from '../geometry/vector.ts';

/** Turns in the order y, x′, z″ from a parent to a child, in degrees. */
export interface Turn {
  readonly y: number;
  readonly x: number;
  readonly z: number;
}

const RADIANS = Math.PI / 180;

/** The axes of a child from those of its parent: R = Ry Rx Rz, written out so that nothing of the model is used. */
export function turnedBy(parent: Axes, turn: Turn): Axes {
  const [cy, sy] = [Math.cos(turn.y * RADIANS), Math.sin(turn.y * RADIANS)];
  const [cx, sx] = [Math.cos(turn.x * RADIANS), Math.sin(turn.x * RADIANS)];
  const [cz, sz] = [Math.cos(turn.z * RADIANS), Math.sin(turn.z * RADIANS)];
  const column = (vector: Vector): Vector => outOf(parent, vector);
  return {
    x: column([cy * cz + sy * sx * sz, cx * sz, cy * sx * sz - sy * cz]),
    y: column([sy * sx * cz - cy * sz, cx * cz, sy * sz + cy * sx * cz]),
    z: column([sy * cx, -sx, cy * cx]),
  };
}
