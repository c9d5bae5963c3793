/** A curve by its rule: many times faster than `Float64Array.from` with a rule. */
export function series(length: number, value: (index: number) => number): Float64Array {
  const values = new Float64Array(length);
  for (let index = 0; index < length; index++) values[index] = value(index);
  return values;
}
