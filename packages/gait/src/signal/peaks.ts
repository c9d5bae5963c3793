/** A highest point of a curve. */
export interface Peak {
  /** Between frames, by a parabola through the three nearest. */
  readonly frame: number;
  readonly value: number;
  /** How far the curve falls on the side where it falls less before it rises above the peak or ends. */
  readonly prominence: number;
}

/** Every local maximum that stands out by at least `leastProminence`, in order. NaN ends a curve's slope. */
export function peaksOf(values: Float64Array, leastProminence: number): Peak[] {
  const peaks: Peak[] = [];
  for (let frame = 1; frame + 1 < values.length; frame++) {
    const [before, here, after] = [values[frame - 1], values[frame], values[frame + 1]] as [
      number,
      number,
      number,
    ];
    if (!(here > before && here >= after)) continue;
    const prominence = Math.min(fall(values, frame, -1), fall(values, frame, 1));
    if (prominence < leastProminence) continue;
    const bend = before - 2 * here + after;
    const shift = bend < 0 ? (before - after) / (2 * bend) : 0;
    peaks.push({ frame: frame + shift, value: here, prominence });
  }
  return peaks;
}

/** The same for lowest points. */
export function valleysOf(values: Float64Array, leastProminence: number): Peak[] {
  return peaksOf(
    values.map((value) => -value),
    leastProminence,
  ).map((peak) => ({ ...peak, value: -peak.value }));
}

function fall(values: Float64Array, from: number, step: 1 | -1): number {
  const top = values[from] as number;
  let lowest = top;
  for (let frame = from + step; frame >= 0 && frame < values.length; frame += step) {
    const value = values[frame] as number;
    if (Number.isNaN(value) || value > top) break;
    lowest = Math.min(lowest, value);
  }
  return top - lowest;
}

/** Greatest minus least known value; 0 for a curve without any. */
export function rangeOf(values: Float64Array): number {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return greatest > least ? greatest - least : 0;
}
