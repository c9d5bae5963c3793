import { type Clip, makePhantom, type Picture, tearScene, writeUltrasoundCine } from '@rectus/sonography';
import { nodeJpegEncoder } from '@rectus/sonography/node';

const JPEG_LS = '1.2.840.10008.1.2.4.80';
const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';

export interface JpegClip {
  readonly bytes: Uint8Array;
  /** Its frames as they are stored. */
  readonly frames: readonly Uint8Array[];
}

interface Made {
  readonly clip: Clip;
  /** Baseline JPEG, one for each frame. */
  readonly encoded: readonly Uint8Array[];
}

const made = new Map<number, Promise<Made>>();

/** A simulated tear as machines store it: 975 × 743 px in colour, baseline JPEG, so many frames at a rate. */
export async function madeJpegClip(frames: number, rate: number): Promise<JpegClip> {
  const pictures = made.get(frames) ?? makePictures(frames);
  made.set(frames, pictures);
  const { clip, encoded } = await pictures;
  let next = 0;
  const written = await writeUltrasoundCine(
    { ...clip, times: Float64Array.from(encoded, (_, at) => at / rate) },
    {
      ...{ study: 'viewer', series: 'viewer', instance: `${frames} at ${rate}` },
      pixels: { jpegLs: () => encoded[next++] ?? new Uint8Array() },
    },
  );
  // The writer knows lossless syntaxes; both identifiers are equally long, and so are their elements.
  const bytes = Buffer.from(written);
  bytes.write(JPEG_BASELINE, bytes.indexOf(JPEG_LS));
  return { bytes, frames: encoded };
}

/** Simulating and compressing take far longer than writing a file: they are done once for every rate. */
async function makePictures(frames: number): Promise<Made> {
  const activation = Array.from(
    { length: frames },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / frames),
  );
  const { clip } = makePhantom({ scene: tearScene(), width: 975, height: 743, frameRate: 30, activation });
  const encode = await nodeJpegEncoder();
  const lumas: Awaited<ReturnType<Clip['frame']>>[] = [];
  for (let at = 0; at < frames; at++) lumas.push(await clip.frame(at));
  const encoded = lumas.map(({ width, height, luma }) => {
    const samples = Uint8Array.from({ length: luma.length * 3 }, (_, at) => luma[Math.floor(at / 3)] ?? 0);
    const picture: Picture = { width, height, channels: 3, bits: 8, samples };
    return encode(picture);
  });
  return { clip: { ...clip, frame: async (at) => lumas[at] ?? clip.frame(at) }, encoded };
}
