/** A curve as it is drawn: px from the top left of the plot. */
export interface CurveFrame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Seconds at the left and right edge. */
  readonly from: number;
  readonly to: number;
  /** Values at the bottom and top edge, and the steps between. */
  readonly ticks: readonly number[];
}

const MARGIN = { left: 44, right: 16, top: 30, bottom: 30 } as const;

/** Above the highest value stand the names of the phases. */
const ROOM = 1.16;

/** Fits a plot around values with their errors; a length or an area begins at nought. */
export function frameOf(
  size: { readonly width: number; readonly height: number },
  times: readonly number[],
  values: readonly (number | null)[],
  errors: readonly (number | null)[],
): CurveFrame {
  const seen = values.flatMap((value, at) =>
    value === null ? [] : [[value - (errors[at] ?? 0), value + (errors[at] ?? 0)] as const],
  );
  const most = ROOM * Math.max(1e-6, ...seen.map(([, high]) => high));
  const least = Math.min(0, ...seen.map(([low]) => low));
  return {
    ...size,
    ...{ left: MARGIN.left, right: size.width - MARGIN.right },
    ...{ top: MARGIN.top, bottom: size.height - MARGIN.bottom },
    ...{ from: times[0] ?? 0, to: Math.max(times.at(-1) ?? 0, (times[0] ?? 0) + 1e-3) },
    ticks: ticksOf(least < -0.02 * most ? least : 0, most),
  };
}

/** Round steps that hold both ends, four or five of them. */
export function ticksOf(least: number, most: number): readonly number[] {
  const rough = (most - least) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((one) => one * power >= rough - 1e-12) ?? 10) * power;
  const first = Math.floor(least / step + 1e-9);
  const last = Math.ceil(most / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, n) => (first + n) * step);
}

export function xOf({ left, right, from, to }: CurveFrame, seconds: number): number {
  return left + ((seconds - from) / (to - from)) * (right - left);
}

export function yOf({ top, bottom, ticks }: CurveFrame, value: number): number {
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  return bottom - ((value - low) / (high - low)) * (bottom - top);
}

/** The frame whose time is nearest to a place across the plot. */
export function frameAtX(frame: CurveFrame, times: readonly number[], x: number): number {
  const seconds = frame.from + ((x - frame.left) / (frame.right - frame.left)) * (frame.to - frame.from);
  let best = 0;
  times.forEach((time, at) => {
    if (Math.abs(time - seconds) < Math.abs((times[best] ?? 0) - seconds)) best = at;
  });
  return best;
}

/** A run of frames with a value in each, or without in any. */
export interface Run {
  readonly first: number;
  readonly last: number;
  readonly lost: boolean;
}

/** The frames in runs of seen and lost ones, one after the other. */
export function runsOf(values: readonly (number | null)[]): readonly Run[] {
  const runs: Run[] = [];
  values.forEach((value, at) => {
    const lost = value === null;
    const last = runs.at(-1);
    if (last?.lost === lost) runs[runs.length - 1] = { ...last, last: at };
    else runs.push({ first: at, last: at, lost });
  });
  return runs;
}

/** The line through a run of seen frames. */
export function linePath(
  frame: CurveFrame,
  times: readonly number[],
  values: readonly (number | null)[],
  { first, last }: Run,
): string {
  return pathOf(range(first, last).map((at) => [xOf(frame, times[at] ?? 0), yOf(frame, values[at] ?? 0)]));
}

/** One standard error to both sides of a run of seen frames, closed. */
export function bandPath(
  frame: CurveFrame,
  times: readonly number[],
  values: readonly (number | null)[],
  errors: readonly (number | null)[],
  { first, last }: Run,
): string {
  const edge = (sign: number) =>
    range(first, last).map(
      (at) => [xOf(frame, times[at] ?? 0), yOf(frame, (values[at] ?? 0) + sign * (errors[at] ?? 0))] as const,
    );
  return `${pathOf([...edge(1), ...edge(-1).reverse()])}Z`;
}

/** Over lost frames: a straight dotted line between what was seen before and after, which says nothing of the value. */
export function lostPath(
  frame: CurveFrame,
  times: readonly number[],
  values: readonly (number | null)[],
  { first, last }: Run,
): string | null {
  const [before, after] = [values[first - 1], values[last + 1]];
  if (before == null && after == null) return null;
  const [from, to] = [before ?? after ?? 0, after ?? before ?? 0];
  return pathOf([
    [xOf(frame, times[Math.max(0, first - 1)] ?? 0), yOf(frame, from)],
    [xOf(frame, times[Math.min(times.length - 1, last + 1)] ?? 0), yOf(frame, to)],
  ]);
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}
