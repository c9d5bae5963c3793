import { open } from 'node:fs/promises';
import { FileError, type FileStore } from '../../../platform/files/index.ts';
import type { ClipFacts } from './clip-facts.ts';
import { ImagingError } from './imaging-error.ts';

type Indexed = Pick<ClipFacts, 'sha256' | 'frameIndex' | 'frames'>;

/**
 * The bytes of some frames as they are stored, read from the file by its index: nothing is parsed or decoded.
 * @throws ImagingError where a frame is not in the clip
 * @throws FileError where the file is not on the disk
 */
export async function readStoredFrames(
  files: FileStore,
  clinicId: string,
  clip: Indexed,
  wanted: readonly number[],
): Promise<readonly Buffer[]> {
  const ranges = wanted.map((frame) => {
    const range = clip.frameIndex[frame];
    if (!range) throw new ImagingError(`There is no frame ${frame}: the clip has ${clip.frames}.`);
    return range;
  });
  const file = await open(files.pathOf({ clinicId, sha256: clip.sha256 }), 'r').catch(explainMissing);
  try {
    const together = spanOf(ranges);
    if (together) {
      const bytes = await readRange(file, together);
      return ranges.map((range) => cutOut(bytes, range, together[0]));
    }
    const frames: Buffer[] = [];
    for (const range of ranges) frames.push(await readRange(file, range));
    return frames;
  } finally {
    await file.close();
  }
}

/** So much is read at once where frames lie beside each other. */
const MOST_AT_ONCE = 16 * 1024 * 1024;

/** Where several frames lie that fill most of the space between the first and the last of them; null where they do not. */
function spanOf(ranges: readonly (readonly number[])[]): readonly [offset: number, length: number] | null {
  if (ranges.length < 2) return null;
  let [start, end, wanted] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const range of ranges)
    for (let n = 0; n + 1 < range.length; n += 2) {
      const [offset = 0, length = 0] = [range[n], range[n + 1]];
      start = Math.min(start, offset);
      end = Math.max(end, offset + length);
      wanted += length;
    }
  const length = end - start;
  return length > 0 && length <= MOST_AT_ONCE && wanted > length / 2 ? [start, length] : null;
}

function cutOut(bytes: Buffer, range: readonly number[], start: number): Buffer {
  const pieces: Buffer[] = [];
  for (let n = 0; n + 1 < range.length; n += 2) {
    const from = (range[n] ?? 0) - start;
    pieces.push(bytes.subarray(from, from + (range[n + 1] ?? 0)));
  }
  const [only] = pieces;
  return only && pieces.length === 1 ? only : Buffer.concat(pieces);
}

async function readRange(file: Awaited<ReturnType<typeof open>>, range: readonly number[]): Promise<Buffer> {
  const lengths = range.filter((_, at) => at % 2 === 1);
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (let n = 0; n + 1 < range.length; n += 2) {
    const [offset = 0, length = 0] = [range[n], range[n + 1]];
    const { bytesRead } = await file.read(bytes, at, length, offset);
    at += bytesRead;
    // A short read leaves a hole of old memory that must not be sent.
    if (bytesRead < length) break;
  }
  return at === bytes.length ? bytes : bytes.subarray(0, at);
}

function explainMissing(error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOENT') throw new FileError('missing', 'The file is not on the disk.', 0, error);
  throw error;
}
