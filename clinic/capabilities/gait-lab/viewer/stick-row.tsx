import type { Side } from '@rectus/gait';
import { LEG_BONES, legPoint, type MotionData, type Point3, pointAt, SPINE } from './motion.ts';

const FIGURES = 8;
const WIDE = 720;
const TALL = 250;
const FLOOR = 228;

/** The walk as a row of figures from the side, drawn from the measured points: a stride and its way, without a script. */
export function StickRow({ motion }: { motion: MotionData }) {
  const frames = framesOf(motion);
  const places = frames.flatMap((frame) => visible(motion, frame));
  if (places.length === 0)
    return <p class="notice">The markers were not seen well enough to draw the walk.</p>;
  const [least, greatest] = [Math.min(...places.map(([x]) => x)), Math.max(...places.map(([x]) => x))];
  const highest = Math.max(...places.map(([, , z]) => z));
  const scale = Math.min((WIDE - 40) / Math.max(greatest - least, 1), (FLOOR - 16) / highest);
  const shift = (WIDE - (greatest - least) * scale) / 2;
  const put = ([x, , z]: Point3): string =>
    `${(shift + (x - least) * scale).toFixed(1)} ${(FLOOR - z * scale).toFixed(1)}`;
  return (
    <svg
      viewBox={`0 0 ${WIDE} ${TALL}`}
      class="stick-row"
      role="img"
      aria-label={`The walk from the side in ${frames.length} figures, walking to the right; left leg solid, right leg dashed.`}
    >
      <path class="axis" d={`M0 ${FLOOR}H${WIDE}`} />
      {frames.map((frame) => (
        <g key={frame}>
          <path class="series right" d={legPath(motion, 'right', frame, put)} />
          <path class="spine-line" d={chain(motion, SPINE, frame, put)} />
          <path class="series left" d={legPath(motion, 'left', frame, put)} />
        </g>
      ))}
    </svg>
  );
}

/** Evenly over the first whole stride, from a little before to its end. */
function framesOf(motion: MotionData): number[] {
  const cycle = motion.cycles.left[0] ?? motion.cycles.right[0] ?? { start: 0, end: motion.frames - 1 };
  return Array.from({ length: FIGURES }, (_, n) =>
    Math.round(cycle.start + ((cycle.end - cycle.start) * n) / (FIGURES - 1)),
  ).filter((frame) => frame >= 0 && frame < motion.frames);
}

function visible(motion: MotionData, frame: number): Point3[] {
  return motion.points.flatMap((name) => {
    const place = pointAt(motion, name, frame);
    return place ? [place] : [];
  });
}

type Put = (place: Point3) => string;

function legPath(motion: MotionData, side: Side, frame: number, put: Put): string {
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
