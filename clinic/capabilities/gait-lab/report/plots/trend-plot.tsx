import type { Side } from '@rectus/gait';
import type { ComparedSession, Trend, TrendLine } from '../compare-view.ts';
import { decimal } from '../numbers.ts';

const SIZE = { width: 260, height: 132, left: 44, right: 16, top: 12, bottom: 24 } as const;
const MARK = 4.5;

interface Scale {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly least: number;
  readonly greatest: number;
}

/** A number over the sessions: a dot for the left, a square for the right, a diamond for both, with error bars. */
export function TrendPlot({ trend, sessions }: { trend: Trend; sessions: readonly ComparedSession[] }) {
  const scale = scaleOf(trend, sessions.length);
  const { least, greatest } = scale;
  const right = SIZE.width - SIZE.right;
  return (
    <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={spoken(trend, sessions)}>
      {trend.norm && (
        <rect
          x={SIZE.left}
          y={scale.y(Math.min(trend.norm.greatest, greatest))}
          width={right - SIZE.left}
          height={Math.max(
            0,
            scale.y(Math.max(trend.norm.least, least)) - scale.y(Math.min(trend.norm.greatest, greatest)),
          )}
          class="norm"
        />
      )}
      {[least, greatest].map((value) => (
        <g key={value}>
          <path class="grid" d={`M${SIZE.left} ${scale.y(value)}H${right}`} />
          <text x={SIZE.left - 7} y={scale.y(value) + 4} text-anchor="end">
            {decimal(value, trend.digits > 1 ? trend.digits : 0)}
          </text>
        </g>
      ))}
      {sessions.map(({ letter }, index) => (
        <text key={letter} x={scale.x(index)} y={SIZE.height - 6} text-anchor="middle">
          {letter}
        </text>
      ))}
      {trend.lines.map((line, index) => (
        <Line
          key={line.side}
          line={line}
          scale={scale}
          shift={trend.lines.length === 1 ? 0 : index === 0 ? -5 : 5}
        />
      ))}
    </svg>
  );
}

function scaleOf({ lines, norm, digits }: Trend, sessions: number): Scale {
  const reach = lines.flatMap(({ values, errors }) =>
    values.flatMap((value, index) =>
      value === null ? [] : [value - (errors[index] ?? 0), value + (errors[index] ?? 0)],
    ),
  );
  const all = [...reach, ...(norm ? [norm.least, norm.greatest] : [])];
  const step = digits > 1 ? 0.1 : 5;
  const least = step * Math.floor(Math.min(...all) / step);
  const greatest = Math.max(step * Math.ceil(Math.max(...all) / step), least + step);
  const tall = SIZE.height - SIZE.top - SIZE.bottom;
  const wide = SIZE.width - SIZE.left - SIZE.right - 40;
  return {
    ...{ least, greatest },
    x: (index) => SIZE.left + 20 + (sessions < 2 ? wide / 2 : (wide * index) / (sessions - 1)),
    y: (value) => SIZE.top + (tall * (greatest - value)) / (greatest - least),
  };
}

function Line({ line, scale, shift }: { line: TrendLine; scale: Scale; shift: number }) {
  const { side, values, errors } = line;
  const points = values.flatMap((value, index) =>
    value === null ? [] : [{ x: scale.x(index) + shift, value, error: errors[index] ?? null }],
  );
  const edge = side ? `${side}-edge` : 'both-edge';
  const bars = points.flatMap(({ x, value, error }) =>
    error === null
      ? []
      : [
          `M${x} ${place(scale.y(value - error))}V${place(scale.y(value + error))}`,
          `M${x - 3} ${place(scale.y(value - error))}h6M${x - 3} ${place(scale.y(value + error))}h6`,
        ],
  );
  const way = points.map(({ x, value }, n) => `${n === 0 ? 'M' : 'L'}${place(x)} ${place(scale.y(value))}`);
  return (
    <g>
      <path class={`trend-bar ${edge}`} d={bars.join('')} />
      <path class={`trend-way ${edge}`} d={way.join('')} />
      {points.map(({ x, value }) => (
        <Mark key={x} side={side} x={x} y={scale.y(value)} />
      ))}
    </g>
  );
}

function Mark({ side, x, y }: { side: Side | null; x: number; y: number }) {
  if (side === 'left') return <circle cx={place(x)} cy={place(y)} r={MARK} class="left-mark" />;
  if (side === 'right')
    return (
      <rect x={place(x - MARK)} y={place(y - MARK)} width={2 * MARK} height={2 * MARK} class="right-mark" />
    );
  return <path d={`M${place(x)} ${place(y - 6)}l6 6l-6 6l-6-6z`} class="both-mark" />;
}

const place = (value: number): number => Math.round(value * 10) / 10;

function spoken({ name, unit, digits, lines }: Trend, sessions: readonly ComparedSession[]): string {
  const each = lines.map(({ side, values }) => {
    const told = values.map((value, index) => {
      const letter = sessions[index]?.letter ?? '';
      return `${letter} ${value === null ? 'not known' : decimal(value, digits)}`;
    });
    return `${side ?? 'both sides'}: ${told.join(', ')}`;
  });
  return `${name}${unit && `, ${unit.trim()}`}, ${each.join('; ')}.`;
}
