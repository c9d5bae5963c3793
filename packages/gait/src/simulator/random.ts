/** Numbers that look random and are always the same for a seed. */
export interface Random {
  /** From 0 to below 1, evenly. */
  readonly even: () => number;
  /** About 0 with a standard deviation of 1. */
  readonly normal: () => number;
}

/** Source: the mulberry32 generator (T. Ettinger, public domain) and the Box–Muller transform. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const even = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = (): number => {
    const distance = Math.sqrt(-2 * Math.log(1 - even()));
    return distance * Math.cos(2 * Math.PI * even());
  };
  return { even, normal };
}
