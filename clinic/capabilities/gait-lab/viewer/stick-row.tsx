import { legStrokes, placeFigures } from './figures.ts';
import type { MotionData } from './motion.ts';

const SIZE = { width: 720, height: 250 };

/** The walk as a row of figures from the side, drawn from the measured points: it needs no script. */
export function StickRow({ motion }: { motion: MotionData }) {
  const figures = placeFigures(motion, SIZE);
  if (!figures) return <p class="notice">The markers were not seen well enough to draw the walk.</p>;
  const { frames, floor, put, spine } = figures;
  return (
    <svg
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      class="stick-row"
      role="img"
      aria-label={`The walk from the side in ${frames.length} figures, walking to the right; left leg solid, right leg dashed.`}
    >
      <path class="axis" d={`M0 ${floor}H${SIZE.width}`} />
      {frames.map((frame) => (
        <g key={frame}>
          <path class="series right" d={legStrokes(motion, 'right', frame, put)} />
          <path class="spine-line" d={spine(frame)} />
          <path class="series left" d={legStrokes(motion, 'left', frame, put)} />
        </g>
      ))}
    </svg>
  );
}
