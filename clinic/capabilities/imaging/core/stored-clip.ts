import { open } from 'node:fs/promises';
import type { FileStore } from '../../../platform/files/index.ts';
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
  const file = await open(files.pathOf({ clinicId, sha256: clip.sha256 }), 'r');
  try {
    const frames: Buffer[] = [];
    for (const range of ranges) frames.push(await readRange(file, range));
    return frames;
  } finally {
    await file.close();
  }
}

async function readRange(file: Awaited<ReturnType<typeof open>>, range: readonly number[]): Promise<Buffer> {
  const lengths = range.filter((_, at) => at % 2 === 1);
  const bytes = Buffer.alloc(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (let n = 0; n + 1 < range.length; n += 2) {
    const [offset = 0, length = 0] = [range[n], range[n + 1]];
    const { bytesRead } = await file.read(bytes, at, length, offset);
    at += bytesRead;
  }
  return at === bytes.length ? bytes : bytes.subarray(0, at);
}
