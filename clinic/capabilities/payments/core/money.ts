/**
 * The tax that an amount contains, rounded half up.
 *
 * @param amountMinor whole minor units, tax included
 * @param rateBp hundredths of a percent: 1900 is 19 %
 */
export function taxWithin(amountMinor: number, rateBp: number): number {
  return Math.floor((amountMinor * rateBp * 2 + 10_000 + rateBp) / (2 * (10_000 + rateBp)));
}

/**
 * Splits an amount in proportion to weights, to the last minor unit: the parts add up to the amount exactly, and no
 * part differs from its exact share by a whole unit. What rounding leaves goes to the largest remainders, to the
 * first of equals.
 *
 * @param amountMinor whole and not negative
 * @param weights not negative, and not all zero unless the amount is
 * @throws RangeError when there is something to split and nothing to split it by
 */
export function allocate(amountMinor: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (amountMinor === 0) return weights.map(() => 0);
  if (total <= 0) throw new RangeError('There is an amount to split, but nothing to split it by');
  const exact = weights.map((weight) => (amountMinor * weight) / total);
  const parts = exact.map(Math.floor);
  const order = exact
    .map((share, index) => ({ index, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  let left = amountMinor - parts.reduce((sum, part) => sum + part, 0);
  for (const { index } of order) {
    if (left-- <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
  }
  return parts;
}
