import { at, type Path, type Plate, type Recording } from '../recording.ts';
import type { Side } from '../side.ts';
import { quantile } from '../signal/statistics.ts';

/** How a foot stands on a plate while the plate is loaded. */
export interface FootOnPlate {
  readonly side: Side;
  /** Whether it stands on the plate, with heel or toes, in any part of the loading. */
  readonly stands: boolean;
  readonly heelOn: boolean;
  readonly toesOn: boolean;
}

type Point = readonly [x: number, y: number];

/** A marker of a standing foot moves more slowly than this along the floor, in mm/s. */
const STILL_MM_PER_S = 400;
/** And is at most this much higher than while it stands, in millimetres. */
const LOW_MM = 40;
/** That height: below it lies this share of the heights at which it is still, which also has some with the heel up. */
const STANDING_SHARE = 0.2;
/** It must stand for this part of the loading: a foot that comes down on a neighbouring plate's rim does not. */
const LEAST_PART = 0.1;
/** How far the toes reach beyond the toe marker, as a part of the way from heel to toe marker. */
const TOE_REACH = 0.3;

/**
 * Whether a foot stands on a plate between two times: heel and toe markers that are low and still, and lie within the
 * corners of the plate. The toes end in front of their marker, on the head of the second metatarsal; the heel's marker
 * is at its back. A trial without heel and toe markers has no foot that can be named.
 */
export function footOnPlate(
  recording: Recording,
  plate: Plate,
  side: Side,
  startS: number,
  endS: number,
): FootOnPlate {
  const prefix = side === 'left' ? 'L' : 'R';
  const [heel, toe] = [recording.markers.get(`${prefix}HEE`), recording.markers.get(`${prefix}TOE`)];
  if (!heel || !toe) return { side, stands: false, heelOn: false, toesOn: false };
  const { rateHz, firstTimeS, frames } = recording;
  const first = Math.max(1, Math.ceil((startS - firstTimeS) * rateHz));
  const last = Math.min(frames - 2, Math.floor((endS - firstTimeS) * rateHz));
  const heels: Point[] = [];
  const tips: Point[] = [];
  const [heelFloor, toeFloor] = [standingHeight(heel, rateHz), standingHeight(toe, rateHz)];
  for (let frame = first; frame <= last; frame++) {
    const [h, t] = [at(heel, frame), at(toe, frame)];
    if (isDown(heel, frame, rateHz, heelFloor)) heels.push([h[0], h[1]]);
    if (isDown(toe, frame, rateHz, toeFloor))
      tips.push([t[0] + TOE_REACH * (t[0] - h[0]), t[1] + TOE_REACH * (t[1] - h[1])]);
  }
  const long = LEAST_PART * (last - first + 1);
  const inside = (points: readonly Point[]): boolean =>
    points.length > 0 &&
    points.filter((point) => isWithin(plate.cornersMm, point)).length >= points.length / 2;
  const heelOn = heels.length >= long && inside(heels);
  const toesOn = tips.length >= long && inside(tips);
  const touches = (points: readonly Point[]): boolean =>
    points.filter((point) => isWithin(plate.cornersMm, point)).length >= long;
  return { side, stands: touches(heels) || touches(tips), heelOn, toesOn };
}

function isDown(path: Path, frame: number, rateHz: number, standingMm: number): boolean {
  return isStill(path, frame, rateHz) && at(path, frame)[2] < standingMm + LOW_MM;
}

function isStill(path: Path, frame: number, rateHz: number): boolean {
  const [before, after] = [at(path, frame - 1), at(path, frame + 1)];
  return (Math.hypot(after[0] - before[0], after[1] - before[1]) * rateHz) / 2 < STILL_MM_PER_S;
}

/** How high a marker is while its part of the foot stands; a marker that dips in swing does not lower the floor. */
function standingHeight(path: Path, rateHz: number): number {
  const heights: number[] = [];
  for (let frame = 1; frame < path.length / 3 - 1; frame++)
    if (isStill(path, frame, rateHz)) heights.push(at(path, frame)[2]);
  return quantile(heights, STANDING_SHARE);
}

/** Whether a point of the floor lies within the four corners, whichever way they go round. */
function isWithin(corners: readonly number[], [x, y]: Point): boolean {
  let sign = 0;
  for (let corner = 0; corner < 4; corner++) {
    const next = (corner + 1) % 4;
    const [x0, y0] = [corners[3 * corner] as number, corners[3 * corner + 1] as number];
    const [x1, y1] = [corners[3 * next] as number, corners[3 * next + 1] as number];
    const turn = Math.sign((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0));
    if (turn !== 0 && sign !== 0 && turn !== sign) return false;
    if (turn !== 0) sign = turn;
  }
  return sign !== 0;
}
