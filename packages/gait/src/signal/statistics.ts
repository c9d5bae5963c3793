/** The arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}

/** The standard deviation of a sample (n − 1); NaN of fewer than two values. */
export function sampleSd(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const middle = mean(values);
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += ((values[index] as number) - middle) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index] as number;
  return total;
}

/** The median; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** The value below which a share of all lie, by a straight line between the two nearest (Hyndman and Fan, type 7). */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Array.from(values).toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return low + (high - low) * (place - Math.floor(place));
}

/** The root of the mean square. */
export function rootMeanSquare(values: ArrayLike<number>): number {
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += (values[index] as number) ** 2;
  return Math.sqrt(squares / values.length);
}
