import type { PointPx } from '../units.ts';
import type { OnLine } from './marks.ts';
import type { PointState } from './tracker.ts';

/** Rounds of reweighting, and the residual in deviations beyond which a sample hardly counts. */
const ROUNDS = 4;
const SCALE = 2.5;
/** What samples of one shape may differ by beyond their own error, px². */
const MISFIT = 0.25 ** 2;
/** A vertex is lost where less of the samples that speak for it is seen, as a share. */
const LEAST_SEEN = 0.4;

const LOST: PointState = {
  x: Number.NaN,
  y: Number.NaN,
  confidence: 0,
  standardError: Number.NaN,
  lost: true,
};

/** Robust weight of a sample at a residual. */
function weightOf(state: PointState, rx: number, ry: number): number {
  const variance = state.standardError ** 2 + MISFIT;
  const doubt = 1 + (rx * rx + ry * ry) / (2 * SCALE * SCALE * variance);
  return 1 / (doubt * doubt * variance);
}

/**
 * The vertices of a polyline from samples along it: the polyline that lies nearest to all of them, outliers left out.
 * Its vertices know no more than the samples beside them: neighbouring samples see the same tissue.
 */
export function fitLine(
  vertices: number,
  places: readonly OnLine[],
  states: readonly PointState[],
): PointState[] {
  const weights = states.map((state) => (state.lost ? 0 : weightOf(state, 0, 0)));
  let xs: number[] = [];
  let ys: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    xs = solveLine(vertices, places, weights, (n) => states[n]?.x ?? 0);
    ys = solveLine(vertices, places, weights, (n) => states[n]?.y ?? 0);
    states.forEach((state, n) => {
      const { segment, share } = places[n] as OnLine;
      const on = (of: readonly number[]) =>
        (1 - share) * (of[segment] as number) + share * (of[segment + 1] as number);
      weights[n] = state.lost ? 0 : weightOf(state, state.x - on(xs), state.y - on(ys));
    });
  }
  return xs.map((x, vertex) => {
    const near = places.flatMap(({ segment, share }, n) => {
      const say = segment === vertex ? 1 - share : segment + 1 === vertex ? share : 0;
      return say > 0 ? [{ say, state: states[n] as PointState, weight: weights[n] as number }] : [];
    });
    return summary(x, ys[vertex] as number, near);
  });
}

/** Weighted least squares of vertices, each sample between two of them: a tridiagonal system. */
function solveLine(
  vertices: number,
  places: readonly OnLine[],
  weights: readonly number[],
  value: (n: number) => number,
): number[] {
  const middle = new Array<number>(vertices).fill(1e-12);
  const beside = new Array<number>(vertices).fill(0);
  const right = new Array<number>(vertices).fill(0);
  const add = (to: number[], at: number, what: number) => {
    to[at] = (to[at] as number) + what;
  };
  places.forEach(({ segment, share }, n) => {
    const weight = weights[n] as number;
    if (weight === 0) return;
    add(middle, segment, weight * (1 - share) ** 2);
    add(middle, segment + 1, weight * share ** 2);
    add(beside, segment, weight * share * (1 - share));
    add(right, segment, weight * (1 - share) * value(n));
    add(right, segment + 1, weight * share * value(n));
  });
  for (let k = 1; k < vertices; k++) {
    const factor = (beside[k - 1] as number) / (middle[k - 1] as number);
    add(middle, k, -factor * (beside[k - 1] as number));
    add(right, k, -factor * (right[k - 1] as number));
  }
  for (let k = vertices - 1; k >= 0; k--) {
    const next = k + 1 < vertices ? (beside[k] as number) * (right[k + 1] as number) : 0;
    right[k] = ((right[k] as number) - next) / (middle[k] as number);
  }
  return right;
}

/** The vertices of a region from places inside it that were at `homes`: moved by the affine motion most agree on. */
export function fitRegion(
  vertices: readonly PointPx[],
  homes: readonly PointPx[],
  states: readonly PointState[],
): PointState[] {
  const seen = states.flatMap((state, n) => (state.lost ? [] : [{ state, home: homes[n] as PointPx }]));
  if (seen.length < 3 || seen.length < LEAST_SEEN * states.length) return vertices.map(() => LOST);
  const middleX = seen.reduce((sum, { home }) => sum + home.x, 0) / seen.length;
  const middleY = seen.reduce((sum, { home }) => sum + home.y, 0) / seen.length;
  const rows = seen.map(({ state, home }) => ({
    state,
    dx: home.x - middleX,
    dy: home.y - middleY,
    stepX: state.x - home.x,
    stepY: state.y - home.y,
    weight: weightOf(state, 0, 0),
  }));
  let across: Plane = { value: 0, slopeX: 0, slopeY: 0 };
  let down = across;
  for (let round = 0; round < ROUNDS; round++) {
    across = planeOf(rows, 'stepX');
    down = planeOf(rows, 'stepY');
    for (const row of rows)
      row.weight = weightOf(
        row.state,
        row.stepX - at(across, row.dx, row.dy),
        row.stepY - at(down, row.dx, row.dy),
      );
  }
  const say = rows.map(({ state, weight }) => ({ say: 1, state, weight }));
  return vertices.map(({ x, y }) => {
    const [dx, dy] = [x - middleX, y - middleY];
    return summary(x + at(across, dx, dy), y + at(down, dx, dy), say);
  });
}

interface Plane {
  readonly value: number;
  readonly slopeX: number;
  readonly slopeY: number;
}

function at(plane: Plane, dx: number, dy: number): number {
  return plane.value + plane.slopeX * dx + plane.slopeY * dy;
}

interface Row {
  readonly dx: number;
  readonly dy: number;
  readonly stepX: number;
  readonly stepY: number;
  weight: number;
}

/** Weighted least squares of a plane; slopes are held near nought where the rows do not span it. */
function planeOf(rows: readonly Row[], of: 'stepX' | 'stepY'): Plane {
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (value: (row: Row) => number) =>
    rows.reduce((sum, row) => sum + row.weight * value(row), 0) / total;
  const mx = mean(({ dx }) => dx);
  const my = mean(({ dy }) => dy);
  const mv = mean((row) => row[of]);
  const xx = mean(({ dx }) => (dx - mx) ** 2) + 1;
  const yy = mean(({ dy }) => (dy - my) ** 2) + 1;
  const xy = mean(({ dx, dy }) => (dx - mx) * (dy - my));
  const xv = mean((row) => (row.dx - mx) * (row[of] - mv));
  const yv = mean((row) => (row.dy - my) * (row[of] - mv));
  const det = xx * yy - xy * xy;
  const slopeX = (xv * yy - yv * xy) / det;
  const slopeY = (yv * xx - xv * xy) / det;
  return { value: mv - slopeX * mx - slopeY * my, slopeX, slopeY };
}

interface Witness {
  /** How much the sample concerns the vertex. */
  readonly say: number;
  readonly state: PointState;
  readonly weight: number;
}

/** A vertex is as sure as the samples that it was made of, no surer. */
function summary(x: number, y: number, witnesses: readonly Witness[]): PointState {
  const all = witnesses.reduce((sum, { say }) => sum + say, 0);
  const seen = witnesses.filter(({ state }) => !state.lost);
  const there = seen.reduce((sum, { say }) => sum + say, 0);
  if (!(there >= LEAST_SEEN * all) || there === 0) return LOST;
  const total = seen.reduce((sum, { say, weight }) => sum + say * weight, 0);
  const mean = (value: (state: PointState) => number) =>
    seen.reduce((sum, { say, weight, state }) => sum + say * weight * value(state), 0) / total;
  return {
    x,
    y,
    confidence: (mean(({ confidence }) => confidence) * there) / all,
    standardError: Math.sqrt(mean(({ standardError }) => standardError ** 2)),
    lost: false,
  };
}
