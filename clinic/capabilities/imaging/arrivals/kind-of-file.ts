/** What a file is by how it begins, whatever its name says. */
export type KindOfFile = 'dicom' | 'still' | 'video' | 'other';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const WEBM = [0x1a, 0x45, 0xdf, 0xa3];
const PREAMBLE = 128;

export function kindOfFile(bytes: Uint8Array): KindOfFile {
  if (textAt(bytes, PREAMBLE) === 'DICM') return 'dicom';
  if (begins(bytes, PNG) || begins(bytes, JPEG)) return 'still';
  if (textAt(bytes, 4) === 'ftyp' || begins(bytes, WEBM) || textAt(bytes, 8) === 'AVI ') return 'video';
  return 'other';
}

function begins(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
