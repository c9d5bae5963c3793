/** Where four independent words of a hash begin, and by what each is multiplied. */
const LANES: readonly (readonly [offset: number, prime: number])[] = [
  [0x811c9dc5, 0x01000193],
  [0x050c5d1f, 0x85ebca6b],
  [0xcbf29ce4, 0xc2b2ae35],
  [0x84222325, 0x27d4eb2f],
];

/**
 * A unique identifier that follows from a text: the same text, the same identifier. It is a UUID of version 8
 * (RFC 9562: made from anything) under the root for UUIDs, 2.25 (DICOM PS3.5 annex B.2).
 */
export function uidOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const [a = 0, b = 0, c = 0, d = 0] = LANES.map(([offset, prime]) => {
    let hash = offset;
    for (const byte of bytes) hash = Math.imul(hash ^ byte, prime);
    // Murmur's finish: without it, texts that differ at their end have hashes that are alike.
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  });
  const version = ((b & 0xffff0fff) | 0x8000) >>> 0;
  const variant = ((c & 0x3fffffff) | 0x80000000) >>> 0;
  const number = (BigInt(a) << 96n) | (BigInt(version) << 64n) | (BigInt(variant) << 32n) | BigInt(d);
  return `2.25.${number}`;
}
