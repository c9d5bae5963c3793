import { createHash, subtle } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

/** Up to so many bytes are copied to be hashed on another thread; more of them are hashed here, piece by piece. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** The SHA-256 of bytes in memory, hexadecimal, while others are answered. */
export async function hashBytes(bytes: Uint8Array): Promise<string> {
  if (bytes.length <= PIECE_BYTES)
    return Buffer.from(await subtle.digest('SHA-256', bytes as BufferSource)).toString('hex');
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    if (at > 0) await setImmediate();
    hash.update(bytes.subarray(at, at + PIECE_BYTES));
  }
  return hash.digest('hex');
}
