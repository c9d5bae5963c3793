import { type Clip, makePhantom, type Picture, tearScene, writeUltrasoundCine } from '@rectus/sonography';
import { nodeJpegEncoder } from '@rectus/sonography/node';

const JPEG_LS = '1.2.840.10008.1.2.4.80';
const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';

export interface JpegClip {
  readonly bytes: Uint8Array;
  /** Its frames as they are stored. */
  readonly frames: readonly Uint8Array[];
}

/** A simulated tear as machines store it: 975 × 743 px in colour, baseline JPEG, so many frames at a rate. */
export async function madeJpegClip(frames: number, rate: number): Promise<JpegClip> {
  const activation = Array.from(
    { length: frames },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / frames),
  );
  const { clip } = makePhantom({ scene: tearScene(), width: 975, height: 743, frameRate: rate, activation });
  const encode = await nodeJpegEncoder();
  const stored: Uint8Array[] = [];
  const jpegLs = ({ width, height, luma }: Awaited<ReturnType<Clip['frame']>>): Uint8Array => {
    const samples = Uint8Array.from({ length: luma.length * 3 }, (_, at) => luma[Math.floor(at / 3)] ?? 0);
    const picture: Picture = { width, height, channels: 3, bits: 8, samples };
    const bytes = encode(picture);
    stored.push(bytes);
    return bytes;
  };
  const name = `${frames} at ${rate}`;
  const written = await writeUltrasoundCine(clip, {
    ...{ study: 'viewer', series: 'viewer', instance: name },
    pixels: { jpegLs },
  });
  // The writer knows lossless syntaxes; both identifiers are equally long, and so are their elements.
  const bytes = Buffer.from(written);
  bytes.write(JPEG_BASELINE, bytes.indexOf(JPEG_LS));
  return { bytes, frames: stored };
}
