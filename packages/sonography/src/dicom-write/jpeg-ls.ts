import type { LumaFrame } from '../clip.ts';

/** Encodes a frame without loss as JPEG-LS (ISO 14495-1). */
export type EncodeJpegLs = (frame: LumaFrame) => Uint8Array;

/** The file of the encoder, by the name under which its package exports it. */
export const JPEG_LS_ENCODER_FILE = '@cornerstonejs/codec-charls/wasm';

/** Opens the JPEG-LS encoder (CharLS). @param wasmBinary the bytes of JPEG_LS_ENCODER_FILE */
export async function openJpegLsEncoder(wasmBinary: Uint8Array): Promise<EncodeJpegLs> {
  const { default: start } = await import('@cornerstonejs/codec-charls/wasmjs');
  const { JpegLSEncoder } = await start({ wasmBinary, print: () => {}, printErr: () => {} });
  return ({ width, height, luma }) => {
    const encoder = new JpegLSEncoder();
    try {
      encoder.getDecodedBuffer({ width, height, bitsPerSample: 8, componentCount: 1 }).set(luma);
      encoder.setNearLossless(0);
      encoder.setInterleaveMode(0);
      encoder.encode();
      // A copy: the codec's memory is used again for the next frame.
      return encoder.getEncodedBuffer().slice();
    } finally {
      encoder.delete();
    }
  };
}
