import type { ReportCurve, ReportSideCurve, ReportStride, Side, Sided } from '@rectus/gait';
import { escaped } from './html.ts';

const [LEFT, RIGHT, TOP, BOTTOM] = [38, 338, 12, 192];

/** From values to places in the drawing. */
interface Scale {
  readonly x: (percent: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
}

/** One curve over the cycle: both sides, each stride, the norms and the error of measurement. */
export function curvePlot(curve: ReportCurve, strides: Sided<readonly ReportStride[]>): string {
  const scale = scaleFor(curve);
  const sides = (['right', 'left'] as const).flatMap((side) => {
    const own = curve[side];
    return own ? [{ side, own }] : [];
  });
  const drawn = [
    gridOf(scale),
    curve.norm
      ? `<path class="norm" d="${band(scale, curve.norm.lower, curve.norm.upper)}"/><path class="norm-line" d="${line(scale, curve.norm.mean)}"/>`
      : '',
    ...sides.map(({ side, own }) => errorBand(scale, curve, side, own)),
    ...sides.map(({ side, own }) => singleStrides(scale, side, own, strides[side])),
    ...sides.map(({ side, own }) => `<path class="series ${side}" d="${line(scale, own.mean)}"/>`),
    ...sides.map(({ side }) => footOff(scale, side, strides[side])),
    endLabels(scale, sides),
  ];
  const label = `${curve.name} over 0 to 100 percent of the gait cycle, left solid, right dashed${curve.norm ? ', with norm band' : ''}.`;
  const unit = curve.unit === 'deg' ? 'degrees' : curve.unit;
  return `<figure class="plot card"><header><h3>${escaped(curve.name)}</h3><span class="tiny soft">${escaped(curve.positive)} ↑ · ${escaped(unit)}</span></header><svg viewBox="0 0 360 216" role="img" aria-label="${escaped(label)}">${drawn.join('')}</svg></figure>`;
}

function scaleFor(curve: ReportCurve): Scale {
  const error = curve.measurementError?.betweenSessionsDeg ?? 0;
  const of = (side: ReportSideCurve | null) =>
    side
      ? [...side.mean.flatMap((value) => [value - error, value + error]), ...side.cycles.flat()].filter(
          (value) => value !== null,
        )
      : [];
  const values = [
    ...of(curve.left),
    ...of(curve.right),
    ...(curve.norm ? [...curve.norm.lower, ...curve.norm.upper] : []),
  ];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const step = niceStep((most - least) / 4);
  const from = Math.floor(least / step) * step;
  const to = Math.ceil(most / step) * step;
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, n) => from + n * step);
  return {
    x: (percent) => LEFT + ((RIGHT - LEFT) * percent) / 100,
    y: (value) => BOTTOM - ((BOTTOM - TOP) * (value - from)) / (to - from || 1),
    ticks,
  };
}

function niceStep(about: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(about, 1e-6)));
  return power * ([1, 2, 5, 10].find((one) => one * power >= about) ?? 10);
}

const place = (value: number): string => String(Number(value.toFixed(1)));

function line({ x, y }: Scale, values: readonly (number | null)[]): string {
  let pen = 'M';
  return values
    .map((value, point) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const text = `${pen}${place(x((100 * point) / (values.length - 1)))} ${place(y(value))}`;
      pen = 'L';
      return text;
    })
    .join('');
}

function band(scale: Scale, lower: readonly number[], upper: readonly number[]): string {
  const back = lower.map((value, point) => [point, value] as const).toReversed();
  const end = back.map(
    ([point, value]) => `L${place(scale.x((100 * point) / (lower.length - 1)))} ${place(scale.y(value))}`,
  );
  return `${line(scale, upper)}${end.join('')}Z`;
}

function gridOf({ x, y, ticks }: Scale): string {
  const digits = ticks.some((tick) => !Number.isInteger(Number(tick.toFixed(6)))) ? 1 : 0;
  const across = ticks.map((tick) => `M${LEFT} ${place(y(tick))}H${RIGHT}`).join('');
  const up = [20, 40, 60, 80].map((percent) => `M${place(x(percent))} ${TOP}V${BOTTOM}`).join('');
  const zero = ticks.some((tick) => Math.abs(tick) < 1e-9)
    ? `<path class="axis" d="M${LEFT} ${place(y(0))}H${RIGHT}" opacity=".6"/>`
    : '';
  const left = ticks.map(
    (tick) =>
      `<text x="${LEFT - 6}" y="${place(y(tick) + 4)}" text-anchor="end">${tick
        .toFixed(digits)
        .replace(/^-0(\.0)?$/, '0')
        .replace('-', '−')}</text>`,
  );
  const below = [0, 20, 40, 60, 80, 100].map(
    (percent) => `<text x="${place(x(percent))}" y="210" text-anchor="middle">${percent}</text>`,
  );
  return `<path class="grid" d="${across}${up}"/>${zero}${left.join('')}${below.join('')}`;
}

function errorBand(
  scale: Scale,
  { measurementError }: ReportCurve,
  side: Side,
  { mean }: ReportSideCurve,
): string {
  if (!measurementError) return '';
  const { betweenSessionsDeg: error } = measurementError;
  const lower = mean.map((value) => value - error);
  const upper = mean.map((value) => value + error);
  return `<path class="${side}-error" d="${band(scale, lower, upper)}"/>`;
}

function singleStrides(
  scale: Scale,
  side: Side,
  { cycles }: ReportSideCurve,
  strides: readonly ReportStride[],
): string {
  return cycles
    .map(
      (cycle, index) =>
        `<path class="stride ${side}${strides[index]?.outlier ? ' outlier' : ''}" d="${line(scale, cycle)}"/>`,
    )
    .join('');
}

function footOff({ x }: Scale, side: Side, strides: readonly ReportStride[]): string {
  const known = strides.flatMap(({ footOffPercent }) => footOffPercent ?? []);
  if (known.length === 0) return '';
  const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
  return `<path d="M${place(x(mean))} ${BOTTOM - 7}v7" stroke="var(--${side})" stroke-width="2.5"/>`;
}

/** L and R beside the ends of the curves, pushed apart where they meet. */
function endLabels(
  scale: Scale,
  sides: readonly { readonly side: Side; readonly own: ReportSideCurve }[],
): string {
  const ends = sides
    .map(({ side, own }) => ({ side, y: scale.y(own.mean.at(-1) ?? 0) }))
    .toSorted((a, b) => a.y - b.y);
  const [upper, lower] = ends;
  const push = upper && lower ? Math.max(0, 12 - (lower.y - upper.y)) / 2 : 0;
  return ends
    .map(
      ({ side, y }, index) =>
        `<text x="342" y="${place(y + 4 + (index === 0 ? -push : push))}" style="fill:var(--${side});font-weight:700">${side === 'left' ? 'L' : 'R'}</text>`,
    )
    .join('');
}
