/** Three components along the axes of whatever frame is meant. */
export type Vector = readonly [number, number, number];

export function add(a: Vector, b: Vector): Vector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function subtract(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function scale(a: Vector, by: number): Vector {
  return [a[0] * by, a[1] * by, a[2] * by];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function length(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

export function distance(a: Vector, b: Vector): number {
  return length(subtract(a, b));
}

/** The direction of a vector; NaN in all components for one without length. */
export function unit(a: Vector): Vector {
  return scale(a, 1 / length(a));
}

/** What is left of a vector when its part along a unit vector is taken away. */
export function perpendicular(a: Vector, to: Vector): Vector {
  return subtract(a, scale(to, dot(a, to)));
}

export function middle(a: Vector, b: Vector): Vector {
  return scale(add(a, b), 0.5);
}

export function isKnown(a: Vector): boolean {
  return Number.isFinite(a[0]) && Number.isFinite(a[1]) && Number.isFinite(a[2]);
}
