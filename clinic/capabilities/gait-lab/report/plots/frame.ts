/** Where the curves stand within a plot, in units of its view box. */
export interface PlotFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly least: number;
  readonly greatest: number;
}

export const PLOT = { width: 360, height: 226, left: 42, right: 22, top: 14, bottom: 38 } as const;

/** Steps of the upright axis that people read easily. */
const STEPS = [1, 2, 5] as const;

/** A frame that holds all values, from tick to tick, and its ticks: never fewer than three. */
export function frameOf(
  values: readonly number[],
  leastSpan: number,
): { readonly frame: PlotFrame; readonly ticks: readonly number[] } {
  const known = values.filter(Number.isFinite);
  let [least, greatest] = [Math.min(0, ...known), Math.max(0, ...known)];
  if (known.length > 0 && (Math.min(...known) > leastSpan || Math.max(...known) < -leastSpan))
    [least, greatest] = [Math.min(...known), Math.max(...known)];
  const missing = leastSpan - (greatest - least);
  if (missing > 0) [least, greatest] = [least - missing / 2, greatest + missing / 2];
  const step = stepFor(greatest - least);
  const [first, last] = [Math.floor(least / step + 1e-9), Math.ceil(greatest / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, n) => (first + n) * step);
  const frame: PlotFrame = {
    left: PLOT.left,
    top: PLOT.top,
    width: PLOT.width - PLOT.left - PLOT.right,
    height: PLOT.height - PLOT.top - PLOT.bottom,
    least: first * step,
    greatest: last * step,
  };
  return { frame, ticks };
}

function stepFor(span: number): number {
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = STEPS.find((one) => one * power >= rough) ?? 10;
  return factor * power;
}

export function xOf({ left, width }: PlotFrame, percent: number): number {
  return left + (width * percent) / 100;
}

export function yOf({ top, height, least, greatest }: PlotFrame, value: number): number {
  return top + (height * (greatest - value)) / (greatest - least);
}

const place = (value: number): string => String(Math.round(value * 10) / 10);

/** A curve of evenly spaced values from 0 to 100 %; broken where a value is not known. */
export function curvePath(frame: PlotFrame, values: readonly number[]): string {
  let pen = 'M';
  let path = '';
  for (const [index, value] of values.entries()) {
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    const x = xOf(frame, (100 * index) / (values.length - 1));
    path += `${pen}${place(x)} ${place(yOf(frame, value))}`;
    pen = 'L';
  }
  return path;
}

/** The field between two curves; empty where a value of them is not known. */
export function bandPath(frame: PlotFrame, lower: readonly number[], upper: readonly number[]): string {
  if (![...lower, ...upper].every(Number.isFinite)) return '';
  const there = curvePath(frame, upper);
  const points = lower.map((value, index) => {
    const x = xOf(frame, (100 * index) / (lower.length - 1));
    return `L${place(x)} ${place(yOf(frame, value))}`;
  });
  return `${there}${points.reverse().join('')}Z`;
}
