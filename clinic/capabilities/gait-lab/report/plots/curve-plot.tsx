import { SIDES, type Side, type Sided, type Unit } from '@rectus/gait';
import type { CurveView, SideCurve } from '../walk-view.ts';
import { bandPath, curvePath, frameOf, PLOT, type PlotFrame, xOf, yOf } from './frame.ts';

export const UNIT_NAMES: Readonly<Record<Unit, string>> = {
  deg: 'degrees',
  'Nm/kg': 'Nm/kg',
  'W/kg': 'W/kg',
  'body weight': '× body weight',
};
/** A plot never makes less than this look like much. */
export const LEAST_SPAN: Readonly<Record<Unit, number>> = {
  deg: 20,
  'Nm/kg': 0.8,
  'W/kg': 1.5,
  'body weight': 0.4,
};

export interface CurvePlotProps {
  readonly curve: CurveView;
  readonly footOffPercent: Sided<number | null>;
}

/** One curve over the gait cycle: norm under everything, the error as a tint of the line, both sides told by dash and letter. */
export function CurvePlot({ curve, footOffPercent }: CurvePlotProps) {
  const { frame, ticks } = frameOf(valuesOf(curve), LEAST_SPAN[curve.unit]);
  // The dashed right lies over the left, so that both are seen where they meet.
  const sides = SIDES.flatMap((side) => {
    const own = curve[side];
    return own ? [{ side, own }] : [];
  });
  return (
    <figure class="plot">
      <header>
        <h3>{curve.name}</h3>
        <span class="tiny soft">
          {curve.positive} ↑ · {UNIT_NAMES[curve.unit]}
        </span>
      </header>
      <svg viewBox={`0 0 ${PLOT.width} ${PLOT.height}`} role="img" aria-label={spoken(curve)}>
        <Grid frame={frame} ticks={ticks} />
        {curve.norm && <path class="norm" d={bandPath(frame, curve.norm.lower, curve.norm.upper)} />}
        {curve.norm && <path class="norm-line" d={curvePath(frame, curve.norm.mean)} />}
        {curve.errorDeg !== null &&
          sides.map(({ side, own }) => (
            <path key={side} class={`${side}-error`} d={aboutPath(frame, own, curve.errorDeg ?? 0)} />
          ))}
        <path
          class="axis"
          d={`M${frame.left} ${zeroLine(frame)}H${frame.left + frame.width}`}
          opacity="0.6"
        />
        {sides.map(({ side, own }) => (
          <g key={side}>
            {own.outliers.map((cycle, index) => (
              <path key={`${side} ${index}`} class={`outlier ${side}-edge`} d={curvePath(frame, cycle)} />
            ))}
            {own.strides && (
              <path
                class={`stride-edge ${side}-edge`}
                d={curvePath(frame, own.strides.lower) + curvePath(frame, own.strides.upper)}
              />
            )}
            <path class={`series ${side}`} d={curvePath(frame, own.mean)} />
          </g>
        ))}
        {SIDES.map((side) => (
          <FootOff key={side} frame={frame} side={side} percent={curve[side] && footOffPercent[side]} />
        ))}
        <Letters frame={frame} curve={curve} />
        <g class="now" data-side="left">
          <path class="cursor" d={`M0 ${frame.top - 6}V${frame.top + frame.height}`} />
          <circle r="4" class="left-mark" />
        </g>
        <g class="now" data-side="right">
          <path class="cursor" stroke-dasharray="3 3" d={`M0 ${frame.top - 6}V${frame.top + frame.height}`} />
          <rect x="-3.6" y="-3.6" width="7.2" height="7.2" class="right-mark" />
        </g>
      </svg>
    </figure>
  );
}

function valuesOf(curve: CurveView): number[] {
  const error = curve.errorDeg ?? 0;
  return [
    ...(curve.norm?.lower ?? []),
    ...(curve.norm?.upper ?? []),
    ...SIDES.flatMap((side) => curve[side]?.mean.flatMap((value) => [value - error, value + error]) ?? []),
    ...SIDES.flatMap((side) => curve[side]?.outliers.flat() ?? []),
    ...SIDES.flatMap((side) => [
      ...(curve[side]?.strides?.lower ?? []),
      ...(curve[side]?.strides?.upper ?? []),
    ]),
  ];
}

function spoken(curve: CurveView): string {
  const ranges = SIDES.flatMap((side) => {
    const mean = curve[side]?.mean.filter(Number.isFinite) ?? [];
    const digits = curve.unit === 'deg' ? 0 : 2;
    const write = (value: number) => value.toFixed(digits).replace('-', 'minus ');
    return mean.length === 0
      ? []
      : [`${side} from ${write(Math.min(...mean))} to ${write(Math.max(...mean))}`];
  });
  const [most, least] = [curve.positive, curve.negative];
  return `${curve.name} over the gait cycle in ${UNIT_NAMES[curve.unit]}, ${most} above and ${least} below zero: ${ranges.join(', ') || 'not measured'}${curve.norm ? ', with a norm band' : ''}.`;
}

export function Grid({ frame, ticks }: { frame: PlotFrame; ticks: readonly number[] }) {
  const bottom = frame.top + frame.height;
  const across = ticks.map((tick) => `M${frame.left} ${yOf(frame, tick)}H${frame.left + frame.width}`);
  const upright = [20, 40, 60, 80].map((percent) => `M${xOf(frame, percent)} ${frame.top}V${bottom}`);
  const digits = ticks.some((tick) => tick % 1 !== 0) ? 1 : 0;
  return (
    <>
      <path class="grid" d={across.join('') + upright.join('')} />
      {ticks.map((tick) => (
        <text key={tick} x={frame.left - 7} y={yOf(frame, tick) + 4} text-anchor="end">
          {(tick + 0).toFixed(digits).replace('-', '−')}
        </text>
      ))}
      {[0, 20, 40, 60, 80, 100].map((percent) => (
        <text key={percent} x={xOf(frame, percent)} y={bottom + 24} text-anchor="middle">
          {percent}
        </text>
      ))}
    </>
  );
}

export function zeroLine(frame: PlotFrame): number {
  const value = Math.min(Math.max(0, frame.least), frame.greatest);
  return Math.round(yOf(frame, value) * 10) / 10;
}

function aboutPath(frame: PlotFrame, { mean }: SideCurve, reach: number): string {
  return bandPath(
    frame,
    mean.map((value) => value - reach),
    mean.map((value) => value + reach),
  );
}

function FootOff({ frame, side, percent }: { frame: PlotFrame; side: Side; percent: number | null }) {
  if (percent === null) return null;
  const bottom = frame.top + frame.height;
  return <path class={`foot-off ${side}-edge`} d={`M${xOf(frame, percent).toFixed(1)} ${bottom}v7`} />;
}

/** L and R at the lines' ends, pushed apart where the lines meet. */
function Letters({ frame, curve }: { frame: PlotFrame; curve: CurveView }) {
  const ends = SIDES.flatMap((side) => {
    const value = curve[side]?.mean.at(-1);
    return value !== undefined && Number.isFinite(value) ? [{ side, y: yOf(frame, value) + 4 }] : [];
  }).toSorted((a, b) => a.y - b.y);
  const [upper, lower] = ends;
  const overlap = upper && lower ? Math.max(0, 12 - (lower.y - upper.y)) / 2 : 0;
  return (
    <>
      {ends.map(({ side, y }) => (
        <text
          key={side}
          x={frame.left + frame.width + 5}
          y={(y + (side === upper?.side ? -overlap : overlap)).toFixed(1)}
          class={`letter ${side}-letter`}
        >
          {side === 'left' ? 'L' : 'R'}
        </text>
      ))}
    </>
  );
}

/** What the lines and fields of the plots mean. */
export function CurveKey({ norms, error = true }: { norms: string | null; error?: boolean }) {
  return (
    <ul class="key" aria-label="Key">
      <li>
        <KeyLine class="series left" /> left
      </li>
      <li>
        <KeyLine class="series right" /> right
      </li>
      {norms && (
        <li>
          <svg width="26" height="12" aria-hidden="true">
            <rect width="26" height="12" class="norm" />
            <path d="M0 6h26" class="norm-line" />
          </svg>
          {norms}
        </li>
      )}
      {error && (
        <li>
          <svg width="26" height="12" aria-hidden="true">
            <rect width="26" height="12" class="left-error" />
          </svg>
          measurement error
        </li>
      )}
      <li>
        <svg width="26" height="12" aria-hidden="true">
          <path d="M0 2h26M0 10h26" class="stride-edge left-edge" />
        </svg>
        stride to stride, ± 1 SD
      </li>
      <li>
        <KeyLine class="outlier left-edge" /> a stride unlike the others, not in the mean
      </li>
      <li>
        <svg width="14" height="12" aria-hidden="true">
          <path d="M3 0v12" class="foot-off left-edge" />
          <path d="M10 0v12" class="foot-off right-edge" />
        </svg>
        foot off
      </li>
    </ul>
  );
}

function KeyLine({ class: name }: { class: string }) {
  return (
    <svg width="30" height="10" class="key-line" aria-hidden="true">
      <path d="M0 5h30" class={name} />
    </svg>
  );
}
