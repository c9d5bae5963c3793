import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

/** After so many bytes others are answered, a few milliseconds later. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** The SHA-256 of bytes in memory, hexadecimal. */
export async function hashBytes(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    if (at > 0) await setImmediate();
    hash.update(bytes.subarray(at, at + PIECE_BYTES));
  }
  return hash.digest('hex');
}
