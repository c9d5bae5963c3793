import { legStrokes, placeFigures } from './figures.ts';
import type { MotionData } from './motion.ts';

const WIDE = { width: 720, height: 250, figures: 8 };
/** A telephone has room for fewer, and they stand taller. */
const NARROW = { width: 360, height: 300, figures: 4 };

/** The walk as a row of figures from the side, drawn from the measured points: it needs no script. */
export function StickRow({ motion }: { motion: MotionData }) {
  return (
    <>
      <Row motion={motion} size={WIDE} class="wide-row" />
      <Row motion={motion} size={NARROW} class="narrow-row" />
    </>
  );
}

function Row(props: { motion: MotionData; size: typeof WIDE; class: string }) {
  const { motion, size } = props;
  const figures = placeFigures(motion, size);
  if (!figures)
    return <p class={`notice ${props.class}`}>The markers were not seen well enough to draw the walk.</p>;
  const { frames, floor, put, spine } = figures;
  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      class={`stick-row ${props.class}`}
      role="img"
      aria-label={`The walk from the side in ${frames.length} figures, walking to the right; left leg solid, right leg dashed.`}
    >
      <path class="axis" d={`M0 ${floor}H${size.width}`} />
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
