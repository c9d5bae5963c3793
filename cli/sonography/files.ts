import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Clip, clipOfStills, isDicom, readDicom, readStill, SonographyError } from '@rectus/sonography';
import { nodeCodecs } from '@rectus/sonography/node';

/** One set of codecs for the whole run. */
export const codecs = nodeCodecs();

const STILL_RATE_HZ = 30;

/** Reads a clip: one DICOM file, or pictures in their order. @throws SonographyError with the file's name in front */
export async function readClip(paths: readonly string[], framesPerSecond = STILL_RATE_HZ): Promise<Clip> {
  const [first = ''] = paths;
  return named(first, async () => {
    const bytes = readFileSync(first);
    if (isDicom(bytes)) return readDicom(bytes, codecs);
    if (bytes.toString('latin1', 4, 8) === 'ftyp')
      throw new SonographyError(
        'unsupported',
        'MP4 clips are read in a browser, which brings the decoder. Here: DICOM, or PNG and JPEG pictures.',
      );
    const pictures = [];
    for (const path of paths) pictures.push(await named(path, () => readStill(readFileSync(path), codecs)));
    return clipOfStills(pictures, framesPerSecond);
  });
}

/** Does something with a file, and names it where that fails. */
export async function named<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const name = basename(path);
    if (error instanceof SonographyError && !error.message.startsWith(name))
      throw new SonographyError(error.code, `${name}: ${error.message}`);
    throw error;
  }
}
