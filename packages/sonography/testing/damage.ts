/** Mulberry32: the same numbers on every machine. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How far damage reaches: the beginning, where elements stand, or everything. */
const REACHES = [400, 2000, 6000, Number.POSITIVE_INFINITY];
const INTERESTING = [0, 1, 2, 8, 16, 32, 127, 128, 254, 255];

/** The bytes cut off somewhere, or with some of them changed. */
export function damaged(original: Uint8Array, random: () => number): Uint8Array {
  const below = (count: number) => Math.floor(random() * count);
  if (random() < 0.15) return original.slice(0, below(original.length));
  const bytes = original.slice();
  const reach = Math.min(original.length, REACHES[below(REACHES.length)] as number);
  for (let count = 1 + below(8); count > 0; count -= 1)
    bytes[below(reach)] = random() < 0.5 ? (INTERESTING[below(INTERESTING.length)] as number) : below(256);
  return bytes;
}
