/** A point of a drawing: x to the right, y down, in the drawing's own units. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Centre of a limb with its thickness towards the back and the front of the body. */
export interface Girth {
  readonly at: Point;
  readonly back: number;
  readonly front: number;
}

export const point = (x: number, y: number): Point => ({ x, y });

/** Reads an outline written as `x y, x y`. */
export function outline(text: string): Point[] {
  return text.split(',').map((pairText) => {
    const [x = 0, y = 0] = pairText.trim().split(' ').map(Number);
    return point(x, y);
  });
}

/** Moves a point by a length in a direction: 0° is up, 90° is to the right. */
export function reach(from: Point, length: number, directionDeg: number): Point {
  const angle = (directionDeg * Math.PI) / 180;
  return point(from.x + length * Math.sin(angle), from.y - length * Math.cos(angle));
}

/** Turns a shape clockwise about the origin, then moves it to a place. */
export function placed(shape: readonly Point[], at: Point, turnDeg: number, scale = 1): Point[] {
  const angle = (turnDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  return shape.map(({ x, y }) => point(at.x + x * cos - y * sin, at.y + x * sin + y * cos));
}

/** Value between two numbers; `t` 0 gives `a`, 1 gives `b`. */
export const between = (a: number, b: number, t: number): number => a + (b - a) * t;

/**
 * A smooth path through all points, closed or open: Catmull-Rom as cubic curves. The handles on both sides of a
 * point mirror each other, so the short form `S` says all after the first curve.
 */
export function smoothPath(points: readonly Point[], closed = false): string {
  const count = points.length;
  const at = (index: number): Point => {
    const wrapped = closed ? (index + count) % count : Math.min(Math.max(index, 0), count - 1);
    return points[wrapped] ?? point(0, 0);
  };
  const spans = closed ? count : count - 1;
  const into = (i: number): Point => {
    const [before, end, after] = [at(i - 1), at(i), at(i + 1)];
    return point(end.x - (after.x - before.x) / 6, end.y - (after.y - before.y) / 6);
  };
  const [start, reflected] = [at(0), into(0)];
  const out = point(2 * start.x - reflected.x, 2 * start.y - reflected.y);
  let path = `M${pair(start)}C${pair(out)} ${pair(into(1))} ${pair(at(1))}`;
  for (let i = 2; i <= spans; i += 1) path += `S${pair(into(i))} ${pair(at(i))}`;
  return closed ? `${path}Z` : path;
}

/** A path of straight lines through all points. */
export function linePath(points: readonly Point[]): string {
  return `M${points.map(pair).join('L')}`;
}

/** The outline of a limb or trunk that follows a line of centres, round at both ends. */
export function tube(girths: readonly Girth[]): string {
  const first = girths[0];
  const last = girths.at(-1);
  if (!first || !last || girths.length < 2) throw new RangeError('a tube needs two centres or more');
  const directions = girths.map((_, i) => directionAt(girths, i));
  const backs = girths.map((g, i) => sideways(g.at, directions[i] ?? point(0, -1), -g.back));
  const fronts = girths.map((g, i) => sideways(g.at, directions[i] ?? point(0, -1), g.front));
  const end = cap(last, directions.at(-1) ?? point(0, -1), 1);
  const start = cap(first, directions[0] ?? point(0, -1), -1);
  return smoothPath([...backs, ...end, ...fronts.toReversed(), ...start], true);
}

/** A coordinate or length for a path, to a tenth. */
export const short = (value: number): string => String(Math.round(value * 10) / 10);

const pair = ({ x, y }: Point): string => `${short(x)} ${short(y)}`;

function directionAt(girths: readonly Girth[], index: number): Point {
  const from = girths[Math.max(index - 1, 0)]?.at ?? point(0, 0);
  const to = girths[Math.min(index + 1, girths.length - 1)]?.at ?? point(0, -1);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return point((to.x - from.x) / length, (to.y - from.y) / length);
}

/** To the right of the way the line runs: for a body facing right and drawn upwards, to its front. */
function sideways(at: Point, direction: Point, distance: number): Point {
  return point(at.x - direction.y * distance, at.y + direction.x * distance);
}

/** Three points that round off one end; `sense` 1 at the end, -1 at the start. */
function cap(girth: Girth, direction: Point, sense: 1 | -1): Point[] {
  const radius = (girth.back + girth.front) / 2;
  const ahead = (amount: number) =>
    point(girth.at.x + direction.x * amount * sense, girth.at.y + direction.y * amount * sense);
  const corner = ahead(radius * 0.7);
  const back = sideways(corner, direction, -girth.back * 0.7);
  const front = sideways(corner, direction, girth.front * 0.7);
  return sense === 1 ? [back, ahead(radius), front] : [front, ahead(radius), back];
}
