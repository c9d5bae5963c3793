/** Transfer syntaxes whose pictures stand as they are, not in items of their own. */
const NATIVE = new Set([
  '1.2.840.10008.1.2',
  '1.2.840.10008.1.2.1',
  '1.2.840.10008.1.2.1.99',
  '1.2.840.10008.1.2.2',
]);
const LENGTH_BYTES = 4;

/**
 * One frame as a file that holds nothing else: what stood before the first frame, and this frame in its place. A file in
 * which pictures stand in items says how long each is just before it (DICOM PS3.5 A.4); that length becomes this frame's.
 * Readers take it for a file that ends early, with one frame.
 */
export function asFile(head: Uint8Array, frame: Uint8Array, transferSyntax: string): Uint8Array {
  const file = new Uint8Array(head.length + frame.length);
  file.set(head);
  file.set(frame, head.length);
  if (!NATIVE.has(transferSyntax) && head.length >= LENGTH_BYTES)
    new DataView(file.buffer).setUint32(head.length - LENGTH_BYTES, frame.length, true);
  return file;
}
