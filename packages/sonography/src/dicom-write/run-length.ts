import type { LumaFrame } from '../clip.ts';
import { concat } from '../concat.ts';

const HEADER = 64;
const LONGEST = 128;

/** A frame of 8-bit luma as DICOM's run lengths (PS3.5 annex G): one segment, each row on its own. */
export function encodeRunLengths({ width, height, luma }: LumaFrame): Uint8Array {
  const header = new Uint8Array(HEADER);
  const view = new DataView(header.buffer);
  view.setUint32(0, 1, true);
  view.setUint32(4, HEADER, true);
  // No row grows by more than one byte in 128.
  const out = new Uint8Array(height * (width + Math.ceil(width / LONGEST)) + 1);
  let at = 0;
  for (let y = 0; y < height; y++) at = packRow(luma, y * width, (y + 1) * width, out, at);
  return concat([header, out.subarray(0, at + (at % 2))]);
}

function packRow(luma: Uint8Array, from: number, to: number, out: Uint8Array, start: number): number {
  let at = start;
  let i = from;
  while (i < to) {
    const run = runAt(luma, i, to);
    if (run >= 3) {
      out[at++] = 257 - run;
      out[at++] = luma[i] ?? 0;
      i += run;
      continue;
    }
    let end = i + 1;
    // A run of two is not worth ending a literal for: so no row grows by more than its literals' heads.
    while (end < to && end - i < LONGEST && runAt(luma, end, to) < 3) end++;
    out[at++] = end - i - 1;
    out.set(luma.subarray(i, end), at);
    at += end - i;
    i = end;
  }
  return at;
}

/** How many equal values stand in a row from here, at most 128. */
function runAt(luma: Uint8Array, from: number, to: number): number {
  const most = Math.min(to, from + LONGEST);
  let end = from + 1;
  while (end < most && luma[end] === luma[from]) end++;
  return end - from;
}
