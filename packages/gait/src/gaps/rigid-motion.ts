import { add, dot, scale, subtract, type Vector } from '../geometry/vector.ts';

/** Moves a point as a rigid body was moved. */
export type RigidMotion = (point: Vector) => Vector;

/**
 * The motion that brings points nearest to others, in the sense of least squares; at least three that are not in a line.
 * Source: Horn BKP. J Opt Soc Am A 1987;4:629–42.
 */
export function rigidMotion(from: readonly Vector[], to: readonly Vector[]): RigidMotion {
  const [a, b] = [centre(from), centre(to)];
  const rows = rotationOf(dominant(hornMatrix(from, to, a, b)));
  return (point) => {
    const arm = subtract(point, a);
    return add(b, [dot(rows[0], arm), dot(rows[1], arm), dot(rows[2], arm)]);
  };
}

function centre(points: readonly Vector[]): Vector {
  return scale(
    points.reduce((total, point) => add(total, point), [0, 0, 0] as Vector),
    1 / points.length,
  );
}

type Matrix4 = readonly (readonly number[])[];

function hornMatrix(from: readonly Vector[], to: readonly Vector[], a: Vector, b: Vector): Matrix4 {
  const s = [0, 1, 2].map((row) =>
    [0, 1, 2].map((column) =>
      from.reduce((total, point, index) => {
        const [p, q] = [subtract(point, a), subtract(to[index] as Vector, b)];
        return total + (p[row] as number) * (q[column] as number);
      }, 0),
    ),
  );
  const at = (row: number, column: number): number => s[row]?.[column] as number;
  const [xx, yy, zz] = [at(0, 0), at(1, 1), at(2, 2)];
  const [x, y, z] = [at(1, 2) - at(2, 1), at(2, 0) - at(0, 2), at(0, 1) - at(1, 0)];
  const [xy, xz, yz] = [at(0, 1) + at(1, 0), at(0, 2) + at(2, 0), at(1, 2) + at(2, 1)];
  return [
    [xx + yy + zz, x, y, z],
    [x, xx - yy - zz, xy, xz],
    [y, xy, yy - xx - zz, yz],
    [z, xz, yz, zz - xx - yy],
  ];
}

/** Squarings that raise the matrix to a power of 2²⁰, where the greatest eigenvalue has outgrown the others. */
const SQUARINGS = 20;

/** The eigenvector of the greatest eigenvalue, by squaring the matrix, moved so that no eigenvalue is negative. */
function dominant(matrix: Matrix4): readonly number[] {
  const size = Math.max(...matrix.flat().map(Math.abs), Number.MIN_VALUE) * 4;
  let power = matrix.map((row, i) => row.map((value, j) => value / size + (i === j ? 1 : 0)));
  for (let step = 0; step < SQUARINGS; step++) {
    const squared = power.map((row) =>
      [0, 1, 2, 3].map((j) => row.reduce((total, value, k) => total + value * (power[k]?.[j] as number), 0)),
    );
    const largest = Math.max(...squared.flat().map(Math.abs));
    power = squared.map((row) => row.map((value) => value / largest));
  }
  // Every column is a multiple of the vector; the one with the greatest diagonal is the most exact.
  const best = [0, 1, 2, 3].reduce((a, b) => ((power[b]?.[b] as number) > (power[a]?.[a] as number) ? b : a));
  const vector = power.map((row) => row[best] as number);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function rotationOf([w = 1, x = 0, y = 0, z = 0]: readonly number[]): readonly [Vector, Vector, Vector] {
  return [
    [w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z],
  ];
}
