import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  CODEC_FILES,
  type Codecs,
  type EncodeJpeg,
  type EncodeJpegLs,
  JPEG_ENCODER_FILE,
  JPEG_LS_ENCODER_FILE,
  makeCodecs,
  openJpegEncoder,
  openJpegLsEncoder,
} from '../src/index.ts';

const { resolve } = createRequire(import.meta.url);

/** The codecs of a program that runs on Node: their files are read where the packages lie. */
export function nodeCodecs(): Codecs {
  return makeCodecs(async (file) => readFile(resolve(CODEC_FILES[file])));
}

/** The JPEG-LS encoder, for programs that write clips. */
export async function nodeJpegLsEncoder(): Promise<EncodeJpegLs> {
  return openJpegLsEncoder(await readFile(resolve(JPEG_LS_ENCODER_FILE)));
}

/** The JPEG encoder, for programs that show single frames. */
export async function nodeJpegEncoder(): Promise<EncodeJpeg> {
  return openJpegEncoder(await readFile(resolve(JPEG_ENCODER_FILE)));
}
