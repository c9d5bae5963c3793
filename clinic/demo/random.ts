/** A source of numbers that looks random and always comes out the same for the same seed. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from 0 up to, but not including, `below`. */
  below(below: number): number;
  /** One of the things; throws where there is none. */
  pick<T>(things: readonly T[]): T;
  /** One of the things, chosen as often as its weight says. */
  weighted<T extends { readonly weight: number }>(things: readonly T[]): T;
  /** An id in the form of a random UUID. */
  uuid(): string;
}

/** Mulberry32 (Tommy Ettinger, public domain): small, fast and good enough for made-up people. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(things: readonly T[]): T => {
    const thing = things[below(things.length)];
    if (thing === undefined) throw new RangeError('expected something to choose from, found nothing');
    return thing;
  };
  const weighted = <T extends { readonly weight: number }>(things: readonly T[]): T => {
    let at = next() * things.reduce((sum, { weight }) => sum + weight, 0);
    for (const thing of things) {
      at -= thing.weight;
      if (at < 0) return thing;
    }
    return pick(things);
  };
  const uuid = (): string => {
    const hex = Array.from({ length: 32 }, () => below(16).toString(16)).join('');
    const variant = (8 + below(4)).toString(16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  return { next, below, pick, weighted, uuid };
}
