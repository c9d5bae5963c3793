/** Weighted means over a window of frames; a frame without a value, or of no weight, is filled from its neighbours. */
export function smoothSignal(
  times: Float64Array,
  values: Float64Array,
  weights: Float64Array,
  windowSeconds: number,
): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  const half = windowSeconds / 2;
  let first = 0;
  for (let at = 0; at < values.length; at++) {
    const now = times[at] ?? 0;
    while ((times[first] ?? 0) < now - half - 1e-9) first++;
    let [sum, all] = [0, 0];
    for (let other = first; other < values.length && (times[other] ?? 0) <= now + half + 1e-9; other++) {
      const weight = weights[other] ?? 0;
      if (weight === 0) continue;
      // Raised cosine: frames at the window's ends count little, so that none enters with a jump.
      const part =
        weight * (0.5 + 0.5 * Math.cos((Math.PI * ((times[other] ?? 0) - now)) / (half + 1e-9))) + 1e-9;
      sum += part * (values[other] ?? 0);
      all += part;
    }
    if (all > 0) out[at] = sum / all;
  }
  return out;
}
