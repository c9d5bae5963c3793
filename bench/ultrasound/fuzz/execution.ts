import { deidentifyDicom, isDicom, readDicom, readStill, SonographyError } from '@rectus/sonography';
import { nodeCodecs } from '@rectus/sonography/node';
import { demux } from '../../../packages/sonography/src/video/demux.ts';
import { allocatedBy } from '../../lib/fuzz/allocation.ts';
import { mutated } from '../../lib/fuzz/mutate.ts';
import type { FuzzPlan, FuzzTarget } from '../../lib/fuzz/target.ts';
import { fuzzSamples } from './samples.ts';

/** Dear steps are taken at every so many runs. */
const EVERY = { measure: 12, deidentify: 3 } as const;
const MIB = 1024 * 1024;
/** The PNG library inflates into buffers that double, and unfilters into another: bytes for a pixel, all of them counted. */
const PNG_COPIES = 24;
/** What is larger than this is refused before anything is decoded. */
const MOST_PIXELS = 64 * MIB;

/** Clips, stills and videos, broken, through reader, decoder and de-identification. */
export async function ultrasoundTarget({ seed }: FuzzPlan): Promise<FuzzTarget> {
  const samples = await fuzzSamples();
  const codecs = nodeCodecs();
  /** What opening a file and decoding a frame gave, and how large that frame is. */
  const read = async (
    bytes: Uint8Array,
  ): Promise<{ readonly reached: string[]; readonly frameBytes: number }> => {
    const reached: string[] = [];
    let frameBytes = 0;
    try {
      if (isVideo(bytes)) demux(bytes);
      else if (isDicom(bytes)) {
        const clip = await readDicom(bytes, codecs);
        reached.push('opened');
        frameBytes = clip.width * clip.height * 8;
        await clip.frame(clip.frameCount - 1);
      } else {
        frameBytes = declaredPixels(bytes) * PNG_COPIES;
        await readStill(bytes, codecs);
      }
      reached.push('decoded');
    } catch (error) {
      if (!(error instanceof SonographyError)) throw error;
    }
    return { reached, frameBytes };
  };
  // A codec takes its working memory with the first picture, and keeps it.
  for (const { bytes } of samples) await read(bytes);
  return {
    names: samples.map(({ name }) => name),
    execute: async (run) => {
      const sample = samples[run % samples.length];
      if (!sample) throw new RangeError('There are no samples.');
      const turn = Math.floor(run / samples.length) + (run % samples.length);
      const bytes = mutated(sample.bytes, seed, run);
      const isMeasured = turn % EVERY.measure === 0;
      const { value, allocated } = isMeasured
        ? await allocatedBy(() => read(bytes))
        : { value: await read(bytes), allocated: null };
      if (turn % EVERY.deidentify === 0 && isDicom(bytes) && (await deidentifies(bytes)))
        value.reached.push('deidentified');
      const limit = 10 * bytes.length + value.frameBytes + MIB;
      const shares = allocated && { needed: allocated.needed / limit, inAll: allocated.inAll / limit };
      return { reached: value.reached, shares };
    },
  };
}

/** The size that a PNG says it has; a damaged one is inflated as far as it goes. */
function declaredPixels(bytes: Uint8Array): number {
  if (bytes.length < 24) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pixels = view.getUint32(16) * view.getUint32(20);
  return pixels <= MOST_PIXELS ? pixels : 0;
}

function isVideo(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(4, 8)) === 'ftyp';
}

async function deidentifies(bytes: Uint8Array): Promise<boolean> {
  try {
    await deidentifyDicom(bytes, { key: 'fuzz' });
    return true;
  } catch (error) {
    if (error instanceof SonographyError) return false;
    throw error;
  }
}
