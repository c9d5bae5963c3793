import type { Side } from '@rectus/gait';
import { LEG_BONES, legPoint, type MotionData, type Point3, pointAt, SPINE } from './motion.ts';

const MOST_FIGURES = 8;
const FOOT_ROOM = 0.09;

/** How much room a row of figures has. */
export interface Placing {
  readonly width: number;
  readonly height: number;
  /** How many figures stand in it (default: 8). */
  readonly figures?: number;
}

type Put = (place: Point3) => string;

export interface PlacedFigures {
  /** One for each figure, evenly over a stride. */
  readonly frames: readonly number[];
  /** How far down the floor is. */
  readonly floor: number;
  readonly put: Put;
  /** The line from the hip along the spine in a frame, as a path; empty where its markers were not seen. */
  readonly spine: (frame: number) => string;
}

/** The walk from the side as a row of figures, true to scale; null where no point was seen. */
export function placeFigures(
  motion: MotionData,
  { width, height, figures = MOST_FIGURES }: Placing,
): PlacedFigures | null {
  const frames = framesOf(motion, figures);
  const places = frames.flatMap((frame) =>
    motion.points.flatMap((name): Point3[] => {
      const place = pointAt(motion, name, frame);
      return place ? [place] : [];
    }),
  );
  if (places.length === 0) return null;
  const floor = Math.round(height * (1 - FOOT_ROOM));
  const [least, greatest] = [Math.min(...places.map(([x]) => x)), Math.max(...places.map(([x]) => x))];
  const highest = Math.max(...places.map(([, , z]) => z));
  const scale = Math.min((width - 40) / Math.max(greatest - least, 1), (floor - 16) / highest);
  const shift = (width - (greatest - least) * scale) / 2;
  const put: Put = ([x, , z]) =>
    `${(shift + (x - least) * scale).toFixed(1)} ${(floor - z * scale).toFixed(1)}`;
  return {
    frames,
    floor,
    put,
    spine: (frame) => chain(motion, [legPoint('left', 'hip'), ...SPINE], frame, put),
  };
}

/** Evenly over the first whole stride. */
function framesOf(motion: MotionData, figures: number): number[] {
  const cycle = motion.cycles.left[0] ?? motion.cycles.right[0] ?? { start: 0, end: motion.frames - 1 };
  return Array.from({ length: figures }, (_, n) =>
    Math.round(cycle.start + ((cycle.end - cycle.start) * n) / (figures - 1)),
  ).filter((frame) => frame >= 0 && frame < motion.frames);
}

/** A leg's bones in a frame, as a path. */
export function legStrokes(motion: MotionData, side: Side, frame: number, put: Put): string {
  return LEG_BONES.map(([from, to]) =>
    chain(motion, [legPoint(side, from), legPoint(side, to)], frame, put),
  ).join('');
}

/** A line through the points that were seen. */
function chain(motion: MotionData, names: readonly string[], frame: number, put: Put): string {
  const seen = names.flatMap((name) => {
    const place = pointAt(motion, name, frame);
    return place ? [put(place)] : [];
  });
  return seen.length < 2 ? '' : `M${seen.join('L')}`;
}
