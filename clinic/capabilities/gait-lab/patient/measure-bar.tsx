import type { Side } from '@rectus/gait';
import { capital, typicalWords, verdictWords, writer } from './measure-words.ts';
import type { DrawnMeasure, MeasureLine } from './measures.ts';

const SIZE = { width: 320, height: 30 };
const MARGIN = 12;
const MIDDLE = SIZE.height / 2;
/** A group without any spread is still to be seen. */
const LEAST_BAND = 4;

export interface MeasureBarProps {
  readonly measure: DrawnMeasure;
  /** When the earlier number was taken, as the page writes it; null where there is none. */
  readonly earlierDay: string | null;
}

/** A number now, beside last time and the grey of others; with what can be said of the change. */
export function MeasureBar({ measure, earlierDay }: MeasureBarProps) {
  const { name, lines } = measure;
  return (
    <figure class="measure">
      <figcaption class="small">{name}</figcaption>
      {lines.map((line) => (
        <Line key={line.side} {...{ measure, line, earlierDay }} />
      ))}
      {lines.some(({ verdict }) => verdict !== null) && <p class="tiny soft">{verdictWords(lines)}</p>}
    </figure>
  );
}

function Line({ measure, line, earlierDay }: MeasureBarProps & { line: MeasureLine }) {
  const { typical } = measure;
  const { side, now, before } = line;
  const x = (value: number): number => {
    const share = (value - measure.from) / (measure.to - measure.from);
    return MARGIN + Math.min(1, Math.max(0, share)) * (SIZE.width - 2 * MARGIN);
  };
  const write = writer(measure);
  const spoken = [
    `${side ? `${capital(side)}: ` : ''}${write(now)} now`,
    before !== null && earlierDay && `${write(before)} on ${earlierDay}`,
    typical && typicalWords(measure),
  ];
  return (
    <div class="measure-line">
      <p class="small">
        {side && <span class="soft">{capital(side)} </span>}
        <b>{write(now)}</b>
        {before !== null && earlierDay && <span class="soft"> · was {write(before)}</span>}
      </p>
      <svg
        viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
        role="img"
        aria-label={spoken.filter(Boolean).join(', ')}
      >
        <path class="axis" d={`M${MARGIN} ${MIDDLE}H${SIZE.width - MARGIN}`} />
        {typical && (
          <rect
            class="norm"
            x={Math.min(x(typical.least), x((typical.least + typical.greatest) / 2) - LEAST_BAND / 2)}
            y={3}
            width={Math.max(LEAST_BAND, x(typical.greatest) - x(typical.least))}
            height={SIZE.height - 6}
            rx={2}
          />
        )}
        {before !== null && (
          <>
            <path class="measure-way" d={`M${x(before)} ${MIDDLE}H${x(now)}`} />
            <circle class="measure-before" cx={x(before)} cy={MIDDLE} r={5.5} />
          </>
        )}
        <Mark side={side} x={x(now)} />
      </svg>
    </div>
  );
}

/** The shapes of the sides are those of the plots; what has no side is a diamond. */
function Mark({ side, x }: { side: Side | null; x: number }) {
  if (side === 'left') return <circle class="left-mark" cx={x} cy={MIDDLE} r={8} />;
  if (side === 'right')
    return <rect class="right-mark" x={x - 7} y={MIDDLE - 7} width={14} height={14} rx={1.5} />;
  return <path class="measure-mark" d={`M${x} ${MIDDLE - 10}l10 10-10 10-10-10z`} />;
}
