import { add, isKnown, scale, type Vector } from '../geometry/vector.ts';
import { at, type Path, type Recording } from '../recording.ts';
import { rigidMotion } from './rigid-motion.ts';
import { naturalSpline } from './spline.ts';

/** Frames in which a marker was not seen, both ends included, counted from 0. */
export interface Gap {
  readonly marker: string;
  readonly firstFrame: number;
  readonly lastFrame: number;
}

export interface FilledGap extends Gap {
  /** By the other markers of its segment, or by a curve through the frames before and after. */
  readonly by: 'segment' | 'spline';
}

export interface OpenGap extends Gap {
  /** In words, for the report. */
  readonly why: string;
}

export interface FilledRecording {
  readonly recording: Recording;
  readonly filled: readonly FilledGap[];
  readonly open: readonly OpenGap[];
}

export interface GapOptions {
  /** Only these markers are looked at; all by default. */
  readonly markers?: readonly string[];
  /** The longest gap for a spline, in seconds (default: 0.1, ten frames at 100 Hz). */
  readonly splineS?: number;
  /** The longest gap for the markers of the segment, in seconds (default: 0.5). */
  readonly segmentS?: number;
  /** Markers that move together (default: pelvis, chest, head). */
  readonly segments?: readonly (readonly string[])[];
}

/** Markers of the conventional model that share a segment and are four at least: three must be left. */
export const RIGID_SEGMENTS: readonly (readonly string[])[] = [
  ['LASI', 'RASI', 'LPSI', 'RPSI', 'SACR'],
  ['CLAV', 'STRN', 'C7', 'T10', 'RBAK'],
  ['LFHD', 'RFHD', 'LBHD', 'RBHD'],
];

/** Frames on each side of a gap that a spline is laid through. */
const KNOTS = 5;

/**
 * A recording without its short gaps. A gap is filled by the other markers of its segment where three of them are seen
 * throughout, else by a spline; what is longer, or at the beginning or the end, stays open. Everything is told.
 */
export function fillGaps(recording: Recording, options: GapOptions = {}): FilledRecording {
  const { splineS = 0.1, segmentS = 0.5, segments = RIGID_SEGMENTS } = options;
  const names = options.markers ?? [...recording.markers.keys()];
  const longest = { spline: splineS * recording.rateHz, segment: segmentS * recording.rateHz };
  const filled: FilledGap[] = [];
  const open: OpenGap[] = [];
  const markers = new Map(recording.markers);
  for (const marker of names) {
    const path = recording.markers.get(marker);
    if (!path) continue;
    const copy = path.slice();
    const segment = segments.find((one) => one.includes(marker)) ?? [];
    for (const gap of gapsOf(marker, path)) {
      const result = fillOne(recording, gap, path, segment, longest);
      if (typeof result === 'string') open.push({ ...gap, why: result });
      else {
        filled.push({ ...gap, by: result.by });
        for (const [index, point] of result.points.entries()) copy.set(point, 3 * (gap.firstFrame + index));
      }
    }
    markers.set(marker, copy);
  }
  return { recording: { ...recording, markers }, filled, open };
}

/** The gaps of a path in order; a marker that was never seen has none, because it is missing. */
export function gapsOf(marker: string, path: Path): Gap[] {
  const gaps: Gap[] = [];
  let from = -1;
  const frames = path.length / 3;
  for (let frame = 0; frame <= frames; frame++) {
    const unseen = frame < frames && !isKnown(at(path, frame));
    if (unseen && from < 0) from = frame;
    if (unseen || from < 0) continue;
    if (from > 0 || frame < frames) gaps.push({ marker, firstFrame: from, lastFrame: frame - 1 });
    from = -1;
  }
  return gaps;
}

interface Filling {
  readonly by: FilledGap['by'];
  readonly points: readonly Vector[];
}

function fillOne(
  recording: Recording,
  gap: Gap,
  path: Path,
  segment: readonly string[],
  longest: { readonly spline: number; readonly segment: number },
): Filling | string {
  const length = gap.lastFrame - gap.firstFrame + 1;
  if (gap.firstFrame === 0) return 'the marker comes into view only later';
  if (gap.lastFrame === recording.frames - 1) return 'the marker goes out of view for good';
  if (length <= longest.segment) {
    const points = bySegment(recording, gap, path, segment);
    if (points) return { by: 'segment', points };
  }
  if (length > longest.spline) return `${length} frames are too many to bridge`;
  const points = bySpline(gap, path);
  return points ? { by: 'spline', points } : 'too few frames are seen beside it';
}

/** As the body moves from the frame before the gap, and back from the frame after, the nearer counting more. */
function bySegment(recording: Recording, gap: Gap, path: Path, segment: readonly string[]): Vector[] | null {
  const [before, after] = [gap.firstFrame - 1, gap.lastFrame + 1];
  const others = segment
    .filter((name) => name !== gap.marker)
    .flatMap((name) => recording.markers.get(name) ?? [])
    .filter((other) => isSeen(other, before, after));
  if (others.length < 3) return null;
  const places = (frame: number): Vector[] => others.map((other) => at(other, frame));
  const moved = (from: number, to: number): Vector => rigidMotion(places(from), places(to))(at(path, from));
  return Array.from({ length: after - before - 1 }, (_, index) => {
    const frame = gap.firstFrame + index;
    const share = (frame - before) / (after - before);
    return add(scale(moved(before, frame), 1 - share), scale(moved(after, frame), share));
  });
}

function isSeen(path: Path, from: number, to: number): boolean {
  for (let frame = from; frame <= to; frame++) if (!isKnown(at(path, frame))) return false;
  return true;
}

function bySpline(gap: Gap, path: Path): Vector[] | null {
  const seen = (frame: number): boolean => frame >= 0 && frame < path.length / 3 && isKnown(at(path, frame));
  const knots: number[] = [];
  for (let frame = gap.firstFrame - 1; frame >= gap.firstFrame - KNOTS && seen(frame); frame--)
    knots.unshift(frame);
  const left = knots.length;
  for (let frame = gap.lastFrame + 1; frame <= gap.lastFrame + KNOTS && seen(frame); frame++)
    knots.push(frame);
  if (left < 2 || knots.length - left < 2) return null;
  const inside = Array.from(
    { length: gap.lastFrame - gap.firstFrame + 1 },
    (_, index) => gap.firstFrame + index,
  );
  const axes = [0, 1, 2].map((axis) =>
    naturalSpline(
      knots,
      knots.map((frame) => path[3 * frame + axis] as number),
      inside,
    ),
  );
  return inside.map(
    (_, index) => [axes[0]?.[index], axes[1]?.[index], axes[2]?.[index]] as unknown as Vector,
  );
}
