import type { Vector } from './geometry/vector.ts';
import { at, type Path, type Recording } from './recording.ts';

/** How far the pelvis must go along the floor for a direction, in millimetres. */
const LEAST_WAY_MM = 300;
/** A way that is no farther off an axis of the lab than this is along it, in degrees. */
const ALONG_DEG = 20;

/** Where a recorded person faces or goes along the floor, a unit vector, and how that is known. */
export interface WalkingDirection {
  readonly direction: Vector;
  readonly from: 'the way of the pelvis' | 'where the pelvis faces' | 'the lab’s x axis';
}

/**
 * The direction in which a recording is walked: the axis of the lab that the pelvis goes along, or its very way where that
 * lies between the axes; where the person stands, the axis nearest to where the pelvis faces; else the lab's x.
 */
export function walkingDirection({ markers, frames }: Recording): WalkingDirection {
  const middle = (names: readonly string[], frame: number): readonly [number, number] => {
    const places = names.flatMap((name) => {
      const path: Path | undefined = markers.get(name);
      return path ? [at(path, frame)] : [];
    });
    const mean = (axis: 0 | 1) => places.reduce((sum, place) => sum + place[axis] / places.length, 0);
    return places.length === names.length ? [mean(0), mean(1)] : [Number.NaN, Number.NaN];
  };
  const front = Array.from({ length: frames }, (_, frame) => middle(['LASI', 'RASI'], frame));
  const seen = front.flatMap(([x, y], frame) => (Number.isFinite(x + y) ? [frame] : []));
  const [first, last] = [seen[0] ?? 0, seen.at(-1) ?? 0];
  const between = (a: readonly [number, number], b: readonly [number, number]) =>
    [b[0] - a[0], b[1] - a[1]] as const;
  const way = between(front[first] ?? [0, 0], front[last] ?? [0, 0]);
  if (Math.hypot(...way) >= LEAST_WAY_MM)
    return { direction: nearAxis(way, ALONG_DEG), from: 'the way of the pelvis' };
  for (const back of [['LPSI', 'RPSI'], ['SACR']]) {
    const facing = between(middle(back, first), front[first] ?? [Number.NaN, Number.NaN]);
    if (Math.hypot(...facing) > 0) return { direction: nearAxis(facing, 45), from: 'where the pelvis faces' };
  }
  return { direction: [1, 0, 0], from: 'the lab’s x axis' };
}

/** The axis of the lab that is within so many degrees, or the direction itself. */
function nearAxis([x, y]: readonly [number, number], withinDeg: number): Vector {
  const axis: Vector = Math.abs(x) >= Math.abs(y) ? [Math.sign(x), 0, 0] : [0, Math.sign(y), 0];
  const along = (Math.max(Math.abs(x), Math.abs(y)) / Math.hypot(x, y)) * (1 + 1e-12);
  if (along >= Math.cos((withinDeg * Math.PI) / 180)) return axis;
  return [x / Math.hypot(x, y), y / Math.hypot(x, y), 0];
}
