import { randomFrom } from '@rectus/gait';

/** Where mutations go: the header's numbers, the header, the parameters, everything. */
const REACHES = [24, 512, 6_000, 30_000, Number.POSITIVE_INFINITY] as const;
const INTERESTING_BYTES = [0, 1, 2, 0x50, 84, 85, 86, 127, 128, 254, 255] as const;
const INTERESTING_WORDS = [0, 1, 2, 255, 256, 12_345, 0x7fff, 0x8000, 0xffff] as const;
const INTERESTING_REALS = [0, -0, 1, -1, 1e-30, 1e30, Number.NaN, Number.POSITIVE_INFINITY] as const;

/** One way to break bytes in place. */
type Break = (bytes: Uint8Array, reach: number, below: (count: number) => number) => void;

const BREAKS: readonly Break[] = [
  (bytes, reach, below) => {
    bytes[below(reach)] = INTERESTING_BYTES[below(INTERESTING_BYTES.length)] as number;
  },
  (bytes, reach, below) => {
    bytes[below(reach)] = below(256);
  },
  (bytes, reach, below) => {
    const at = below(reach);
    bytes[at] = (bytes[at] as number) ^ (1 << below(8));
  },
  (bytes, reach, below) => {
    if (reach < 2) return;
    const word = INTERESTING_WORDS[below(INTERESTING_WORDS.length)] as number;
    new DataView(bytes.buffer).setUint16(2 * below(Math.floor(reach / 2)), word, below(2) === 0);
  },
  (bytes, reach, below) => {
    if (reach < 4) return;
    const real = INTERESTING_REALS[below(INTERESTING_REALS.length)] as number;
    new DataView(bytes.buffer).setFloat32(4 * below(Math.floor(reach / 4)), real, below(2) === 0);
  },
  // A piece over another: whole records appear where they do not belong.
  (bytes, reach, below) => {
    const [from, to, length] = [below(reach), below(reach), 1 + below(64)];
    bytes.copyWithin(to, from, from + length);
  },
  (bytes, reach, below) => {
    const from = below(reach);
    bytes.fill(below(2) === 0 ? 0 : 255, from, from + 1 + below(200));
  },
];

/** A truncated or broken copy, always the same for a seed and a number. */
export function mutated(original: Uint8Array, seed: number, run: number): Uint8Array {
  const { even } = randomFrom(seed ^ Math.imul(run + 1, 0x9e37_79b1));
  const below = (count: number) => Math.floor(even() * count);
  const kind = even();
  if (kind < 0.12) return original.slice(0, below(original.length));
  const bytes = kind < 0.2 ? withoutSomeBytes(original, below) : original.slice();
  if (bytes.length === 0) return bytes;
  const reach = Math.min(bytes.length, REACHES[below(REACHES.length)] as number);
  for (let count = 1 + below(6); count > 0; count--)
    (BREAKS[below(BREAKS.length)] as Break)(bytes, reach, below);
  return bytes;
}

/** Everything behind moves forwards. */
function withoutSomeBytes(original: Uint8Array, below: (count: number) => number): Uint8Array {
  const at = below(Math.min(original.length, 40_000));
  const bytes = new Uint8Array(Math.max(0, original.length - 1 - below(600)));
  const gone = original.length - bytes.length;
  bytes.set(original.subarray(0, Math.min(at, bytes.length)));
  if (at < bytes.length) bytes.set(original.subarray(at + gone), at);
  return bytes;
}
