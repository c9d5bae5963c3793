import { SonographyError } from '../sonography-error.ts';
import type { Picture } from './picture.ts';

/** Encodes a picture of eight bits as baseline JPEG (ITU-T T.81), `quality` from 1 to 100 (default 90). */
export type EncodeJpeg = (picture: Picture, quality?: number) => Uint8Array;

/** The file of the encoder, by the name under which its package exports it. */
export const JPEG_ENCODER_FILE = '@cornerstonejs/codec-libjpeg-turbo-8bit/wasm';

const USUAL_QUALITY = 90;
/** The codec's own numbers: every pixel keeps its colour, or the picture is grey. */
const FULL_COLOUR = 0;
const GREY = 3;
const LONGEST_SIDE = 65_535;

/** Opens the JPEG encoder (libjpeg-turbo). @param wasmBinary the bytes of JPEG_ENCODER_FILE */
export async function openJpegEncoder(wasmBinary: Uint8Array): Promise<EncodeJpeg> {
  const { default: start } = await import('@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs');
  const { JPEGEncoder } = await start({ wasmBinary, print: () => {}, printErr: () => {} });
  return (picture, quality = USUAL_QUALITY) => {
    const { width, height, channels, bits, samples } = picture;
    if ((channels !== 1 && channels !== 3) || bits !== 8 || samples.length !== width * height * channels)
      throw new SonographyError(
        'bad-argument',
        'A JPEG picture has eight bits, grey or red, green and blue.',
      );
    if (Math.min(width, height) < 1 || Math.max(width, height) > LONGEST_SIDE)
      throw new SonographyError('bad-argument', `A JPEG picture cannot be ${width} × ${height}.`);
    const encoder = new JPEGEncoder();
    try {
      const info = { width, height, bitsPerSample: 8, componentCount: channels, isSigned: false };
      encoder.getDecodedBuffer(info).set(samples);
      encoder.setQuality(quality);
      encoder.setSubSampling(channels === 1 ? GREY : FULL_COLOUR);
      encoder.encode();
      // A copy: the codec's memory is used again for the next picture.
      return encoder.getEncodedBuffer().slice();
    } finally {
      encoder.delete();
    }
  };
}
