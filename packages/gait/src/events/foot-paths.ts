import { GaitError } from '../gait-error.ts';
import { at, type Path, type Recording } from '../recording.ts';
import { bothSides, type Sided } from '../side.ts';
import { lowPass } from '../signal/low-pass.ts';
import { series } from '../signal/series.ts';

/** What kinematic events are read from. */
export interface WalkingPaths {
  readonly heel: Sided<Path>;
  readonly toe: Sided<Path>;
  /** The back of the pelvis, or its middle where the back has no marker. */
  readonly pelvis: Path;
}

const BACKS = [['LPSI', 'RPSI'], ['SACR'], ['LASI', 'RASI']] as const;

/** @throws GaitError `missing-marker` naming all that are missing */
export function walkingPaths({ markers, frames }: Recording): WalkingPaths {
  const missing = ['LHEE', 'RHEE', 'LTOE', 'RTOE'].filter((name) => !markers.has(name));
  const feet = ['LHEE', 'RHEE', 'LTOE', 'RTOE'].flatMap((name) => markers.get(name) ?? []);
  const back = BACKS.find((names) => names.every((name) => isMostlySeen(markers.get(name), feet)));
  if (!back) missing.push('LPSI and RPSI, SACR, or LASI and RASI that is seen in most frames');
  if (missing.length > 0 || !back)
    throw new GaitError('missing-marker', `The trial has no ${missing.join(', no ')}.`);
  const path = (name: string): Path => markers.get(name) ?? new Float64Array(3 * frames).fill(Number.NaN);
  const [one, other = one] = back;
  return {
    heel: bothSides((side) => path(side === 'left' ? 'LHEE' : 'RHEE')),
    toe: bothSides((side) => path(side === 'left' ? 'LTOE' : 'RTOE')),
    pelvis: halfway(path(one), path(other)),
  };
}

/** Whether a marker is seen in half of the frames in which any of the feet is: a person may be long out of view. */
function isMostlySeen(path: Path | undefined, feet: readonly Path[]): boolean {
  if (!path) return false;
  let [seen, all] = [0, 0];
  for (let n = 0; n < path.length; n += 3) {
    if (!feet.some((foot) => Number.isFinite(foot[n]))) continue;
    all++;
    if (Number.isFinite(path[n])) seen++;
  }
  return seen > 0 && 2 * seen >= all;
}

/** The path halfway between two. */
export function halfway(a: Path, b: Path): Path {
  return a.map((value, index) => (value + (b[index] as number)) / 2);
}

/** A path without what is faster than `cutoffHz`; gaps stay gaps. */
export function smoothPath(path: Path, rateHz: number, cutoffHz: number): Path {
  const result = new Float64Array(path.length);
  for (let axis = 0; axis < 3; axis++) {
    const smooth = lowPass(component(path, axis), rateHz, cutoffHz);
    for (const [frame, value] of smooth.entries()) result[3 * frame + axis] = value;
  }
  return result;
}

export function component(path: Path, axis: number): Float64Array {
  return series(path.length / 3, (frame) => path[3 * frame + axis] as number);
}

/** Half the time over which the way of the pelvis is taken, in seconds: about half a stride to each side. */
const HALF_WINDOW_S = 0.5;
/** Less way than this in the whole window is standing, not walking. */
const LEAST_WAY_MM = 100;

/**
 * The direction along the floor in which the person walks, frame by frame: where the pelvis goes within half a second to
 * each side, and where it goes in the whole trial while it stands. Two components a frame, of length 1.
 *
 * @throws GaitError `not-walking` when the pelvis goes nowhere
 */
export function walkingDirections(pelvis: Path, rateHz: number): Float64Array {
  const frames = pelvis.length / 3;
  const known = Array.from({ length: frames }, (_, frame) => frame).filter((frame) =>
    Number.isFinite(pelvis[3 * frame]),
  );
  const whole = way(pelvis, known[0] ?? 0, known.at(-1) ?? 0);
  const reach = Math.round(HALF_WINDOW_S * rateHz);
  const result = new Float64Array(2 * frames);
  let last: readonly [number, number] | null = null;
  for (let frame = 0; frame < frames; frame++) {
    const local = way(pelvis, Math.max(0, frame - reach), Math.min(frames - 1, frame + reach));
    const taken: readonly [number, number] | null = local ?? last ?? whole;
    if (!taken)
      throw new GaitError(
        'not-walking',
        'The pelvis hardly moves along the floor, so there is no direction.',
      );
    last = taken;
    result.set(taken, 2 * frame);
  }
  return result;
}

function way(path: Path, from: number, to: number): readonly [number, number] | null {
  const [start, end] = [at(path, from), at(path, to)];
  const [x, y] = [end[0] - start[0], end[1] - start[1]];
  const length = Math.hypot(x, y);
  return length >= LEAST_WAY_MM ? [x / length, y / length] : null;
}
