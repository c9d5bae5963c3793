import { type Curve, ease, hump, splineThrough } from './smooth.ts';
import type { Step, Steps } from './steps.ts';

/** The height of the pelvis over a standing foot, for a knee that is bent by so many degrees. */
export type HeightOver = (step: Step, place: number) => (kneeDeg: number) => number;

/** What the knee of a standing leg would like to do, by place after its strike. */
const STANDING_KNEE = splineThrough(
  [-0.3, 0, 0.07, 0.15, 0.26, 0.44, 0.64, 0.78, 0.9, 1.02, 1.22],
  [6, 8, 12, 16, 18, 15, 9, 8, 10, 16, 38],
);
/** How sharply the lower of two heights is taken. */
const SOFTNESS_MM = 8;
const NOT_ASKED_MM = 600;
const NOT_YET_MM = 80;
/** Places between two heights that are computed; the rest is a spline. */
const GRID = 0.02;
/** A body does not follow every jolt of its legs: heights are smoothed with this standard deviation, in places. */
const SMOOTHING = 0.07;
/** A knee on the floor is never straighter than this: near zero its angle runs away from the leg's length. */
const LEAST_KNEE_DEG = 6;
/** The pelvis gives way by a dip of this width about each strike where a leg would not reach, in places. */
const DIP_WIDTH = 0.9;
const DIP_MIDDLE = -0.02;

/**
 * The height of the pelvis by place: what lets the knee of the standing leg do what it likes, smoothed, and lowered about
 * the strikes by as much as both legs need to reach the floor with bent knees.
 */
export function pelvisHeights({ all }: Steps, heightOver: HeightOver): Curve {
  const [first, last] = [all[0]?.n ?? 0, all.at(-1)?.n ?? 0];
  const count = Math.floor((last - first) / GRID);
  const places = Array.from({ length: count + 1 }, (_, n) => first + n * GRID);
  const wished = smoothed(places.map((place) => wishedHeight(all, place, heightOver)));
  const most = places.map((place) => greatestHeight(all, place, heightOver));
  const heights = [...wished];
  // Each dip lowers its neighbours a little too, so that a second round finds less to do.
  for (let round = 0; round < 2; round++)
    for (const { n } of all) {
      const near = places.flatMap((place, index) => (Math.abs(place - n) <= 0.4 ? [index] : []));
      const depth = Math.max(
        0,
        ...near.map((index) => {
          const over = (heights[index] as number) - (most[index] as number);
          return over > 0 ? over / dip((places[index] as number) - n) : 0;
        }),
      );
      for (const [index, place] of places.entries())
        heights[index] = (heights[index] as number) - depth * dip(place - n);
    }
  return splineThrough(places, heights);
}

function dip(after: number): number {
  return hump((after - DIP_MIDDLE) / DIP_WIDTH + 0.5);
}

function wishedHeight(all: readonly Step[], place: number, heightOver: HeightOver): number {
  const asked = all.flatMap((step) => {
    const after = place - step.n;
    if (after < -0.3 || after > 1.7) return [];
    // A foot that is about to land asks for what it will need then: far in front it would ask for too much.
    const landed = after < 0 ? step.n + after * (1 - ease(-after / 0.12)) : place;
    const over = heightOver(step, landed);
    return [
      over(STANDING_KNEE(landed - step.n)) +
        NOT_YET_MM * ease(-after / 0.3) +
        NOT_ASKED_MM * ease((after - 0.92) / 0.5),
    ];
  });
  return softLeast(asked, SOFTNESS_MM);
}

/** As high as the knees of the feet on the floor allow. */
function greatestHeight(all: readonly Step[], place: number, heightOver: HeightOver): number {
  const heights = all
    .filter(({ n, off }) => n <= place && place <= off)
    .map((step) => heightOver(step, place)(LEAST_KNEE_DEG));
  return Math.min(Number.POSITIVE_INFINITY, ...heights);
}

/**
 * About the least of several numbers, smoothly: between the softmin, which is too low where two are equal, and their mean
 * by its weights, which is a little too high where they differ.
 */
function softLeast(values: readonly number[], softness: number): number {
  const least = Math.min(...values);
  const parts = values.map((value) => Math.exp((least - value) / softness));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const mean = values.reduce((sum, value, n) => sum + ((parts[n] as number) / total) * value, 0);
  const soft = least - softness * Math.log(total);
  return 0.35 * mean + 0.65 * soft;
}

/** By a bell curve; at the ends by the part of it that is there. */
function smoothed(values: readonly number[]): number[] {
  const reach = Math.ceil((4 * SMOOTHING) / GRID);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, n) =>
    Math.exp(-(((n - reach) * GRID) ** 2) / (2 * SMOOTHING ** 2)),
  );
  return values.map((_, at) => {
    let [sum, total] = [0, 0];
    for (const [n, weight] of weights.entries()) {
      const value = values[at + n - reach];
      if (value === undefined) continue;
      sum += weight * value;
      total += weight;
    }
    return sum / total;
  });
}
