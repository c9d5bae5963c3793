import type { Side, Sided } from '@rectus/gait';

/** A stride in frames of the motion, which may lie between two of them. */
export interface MotionCycle {
  readonly start: number;
  readonly end: number;
}

/**
 * A walk as it is drawn: points of the body frame by frame, the forces under the feet, the plates. Whole millimetres,
 * x along the way, y to the subject's left, z upwards. It holds no name and no words about a person.
 */
export interface MotionData {
  readonly rateHz: number;
  readonly frames: number;
  readonly points: readonly string[];
  /** x, y, z of point `p` in frame `f` at 3 (f · points + p); null where it was not seen. */
  readonly xyzMm: readonly (number | null)[];
  /** Six numbers a frame: where the force acts, then its parts in per cent of body weight; null in the air or unknown. */
  readonly forces: Sided<readonly (number | null)[]>;
  /** Four corners of each plate, twelve numbers. */
  readonly plates: readonly (readonly number[])[];
  readonly cycles: Sided<readonly MotionCycle[]>;
}

export type Point3 = readonly [x: number, y: number, z: number];

/** Where a point is in a frame, or null where it was not seen or is not part of the motion. */
export function pointAt(motion: MotionData, name: string, frame: number): Point3 | null {
  const index = motion.points.indexOf(name);
  return index < 0 ? null : triple(motion.xyzMm, 3 * (frame * motion.points.length + index));
}

/** Where the force under a foot acts and what it is, or null. */
export function forceAt(
  motion: MotionData,
  side: Side,
  frame: number,
): { readonly from: Point3; readonly percentOfWeight: Point3 } | null {
  const from = triple(motion.forces[side], 6 * frame);
  const percentOfWeight = triple(motion.forces[side], 6 * frame + 3);
  return from && percentOfWeight ? { from, percentOfWeight } : null;
}

/** How far a leg is in its own cycle at a frame, in per cent; null outside of its strides. */
export function cyclePercent(motion: MotionData, side: Side, frame: number): number | null {
  const cycle = motion.cycles[side].find(({ start, end }) => start <= frame && frame <= end);
  return cycle ? (100 * (frame - cycle.start)) / (cycle.end - cycle.start) : null;
}

/** Where a viewer begins: as the first stride's foot carries most, else as it strikes the floor. */
export function firstFrame(motion: MotionData): number {
  for (const side of ['left', 'right'] as const)
    for (const { start, end } of motion.cycles[side]) {
      let [most, at] = [0, -1];
      for (let frame = Math.ceil(start); frame <= end; frame++) {
        const up = forceAt(motion, side, frame)?.percentOfWeight[2] ?? 0;
        if (up > most) [most, at] = [up, frame];
      }
      if (at >= 0) return at;
    }
  return Math.round((motion.cycles.left[0] ?? motion.cycles.right[0])?.start ?? 0);
}

function triple(values: readonly (number | null)[], at: number): Point3 | null {
  const [x, y, z] = [values[at], values[at + 1], values[at + 2]];
  return typeof x === 'number' && typeof y === 'number' && typeof z === 'number' ? [x, y, z] : null;
}

type Joined = readonly [from: string, to: string];

/** What is joined by a bone, from a leg's points. */
export const LEG_BONES: readonly Joined[] = [
  ['hip', 'knee'],
  ['knee', 'ankle'],
  ['ankle', 'heel'],
  ['heel', 'toe'],
  ['ankle', 'toe'],
];
/** The bones of the trunk; a ring for the pelvis, a kite for the ribs where their markers were worn. */
export const TRUNK_BONES: readonly Joined[] = [
  ['LASI', 'RASI'],
  ['LASI', 'LPSI'],
  ['RASI', 'RPSI'],
  ['LPSI', 'RPSI'],
  ['CLAV', 'STRN'],
  ['CLAV', 'C7'],
  ['C7', 'T10'],
  ['STRN', 'T10'],
];
/** The spine: from between the markers of the back of the pelvis to the neck. */
export const SPINE: readonly string[] = ['sacrum', 'T10', 'C7'];
export const LEG_POINTS = ['hip', 'knee', 'ankle', 'heel', 'toe'] as const;
export const TRUNK_POINTS = ['LASI', 'RASI', 'LPSI', 'RPSI', 'CLAV', 'STRN', 'C7', 'T10'] as const;

/** A leg's point under the name that it has in the motion. */
export function legPoint(side: Side, point: string): string {
  return `${side} ${point}`;
}
