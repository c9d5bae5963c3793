/** A well-mixed 32-bit number of two: the same two give the same number on every machine. */
export function hash32(a: number, b: number): number {
  let h = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b) ^ b;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Numbers from 0 to below 1 that look random and are the same for the same seed (xorshift32 over a hash). */
export function randomFrom(seed: number): () => number {
  let state = hash32(seed, 0x5bd1e995) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}

/** A normally distributed number of mean 0 and deviation 1 (Box and Muller 1958). */
export function normalOf(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** `count` normally distributed numbers of mean 0 and deviation 1. */
export function normals(count: number, seed: number): Float32Array {
  const random = randomFrom(seed);
  return Float32Array.from({ length: count }, () => normalOf(random));
}
