import type { Side } from '@rectus/gait';

/** One value on the strip, with its error and what it was. */
export interface StripMark {
  readonly side: Side | null;
  readonly value: number;
  readonly error: number | null;
  readonly before: number | null;
}

const WIDE = 240;
const TALL = 30;
const MIDDLE = 15;

/** Values on a line beside the norm: dot left, square right, diamond both; a dotted tick is what it was last time. */
export function ValueStrip(props: {
  readonly marks: readonly StripMark[];
  readonly norm: { readonly least: number; readonly greatest: number } | null;
  /** The strip reaches at least so far, so that a small change looks small. */
  readonly reach: readonly [from: number, to: number];
}) {
  const { marks, norm, reach } = props;
  const all = [
    ...reach,
    ...marks.flatMap(({ value, error, before }) => [
      value - (error ?? 0),
      value + (error ?? 0),
      ...(before === null ? [] : [before]),
    ]),
    ...(norm ? [norm.least, norm.greatest] : []),
  ];
  const [least, greatest] = [Math.min(...all), Math.max(...all)];
  const room = Math.max((greatest - least) * 0.08, 1e-6);
  const x = (value: number) =>
    Math.round(10 * (8 + ((WIDE - 16) * (value - least + room)) / (greatest - least + 2 * room))) / 10;
  return (
    <svg viewBox={`0 0 ${WIDE} ${TALL}`} class="value-strip" aria-hidden="true">
      {norm && (
        <rect x={x(norm.least)} y="7" width={x(norm.greatest) - x(norm.least)} height="16" class="norm" />
      )}
      <path class="axis" d={`M2 ${MIDDLE}H${WIDE - 2}`} />
      {marks.map(({ side, value, error, before }) => {
        const edge = side ? `${side}-edge` : 'both-edge';
        return (
          <g key={side}>
            {before !== null && <path class={`strip-before ${edge}`} d={`M${x(before)} 5V25`} />}
            {error !== null && (
              <path class={`strip-error ${edge}`} d={`M${x(value - error)} ${MIDDLE}H${x(value + error)}`} />
            )}
            <Mark side={side} x={x(value)} />
          </g>
        );
      })}
    </svg>
  );
}

function Mark({ side, x }: { side: Side | null; x: number }) {
  if (side === 'left') return <circle cx={x} cy={MIDDLE} r="5.5" class="left-mark" />;
  if (side === 'right') return <rect x={x - 5} y={MIDDLE - 5} width="10" height="10" class="right-mark" />;
  return <path d={`M${x} ${MIDDLE - 7}l7 7l-7 7l-7-7z`} class="both-mark" />;
}
