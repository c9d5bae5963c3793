/** Bytes of the length that stands before each frame. */
const LENGTH_BYTES = 4;

/** Frames one after the other, each behind its length in 32 bits, little endian. */
export function packFrames(frames: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    frames.flatMap((frame) => {
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32LE(frame.length);
      return [length, frame];
    }),
  );
}

/** The frames of a pack; one that is not whole is left out. */
export function unpackFrames(pack: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength);
  const frames: Uint8Array[] = [];
  for (let at = 0; at + LENGTH_BYTES <= pack.length; ) {
    const start = at + LENGTH_BYTES;
    const end = start + view.getUint32(at, true);
    if (end > pack.length) break;
    frames.push(pack.subarray(start, end));
    at = end;
  }
  return frames;
}
