import jpegLsWasm from '@cornerstonejs/codec-charls/decodewasm?url';
import jpegWasm from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url';
import jpeg2000Wasm from '@cornerstonejs/codec-openjpeg/decodewasm?url';
import type { Codecs, Picture } from '@rectus/sonography';
import type { DecodedClip, FromDecoder, ToDecoder } from './decoder-messages.ts';
import { asFile } from './frame-as-file.ts';
import { bitmapOf, isPlainJpeg } from './plain-jpeg.ts';
import { FetchRefused, type StoredRuns, storedRuns } from './stored-runs.ts';

/** Fetches and decodes the frames of one clip, in a worker of its own. */

const CODEC_ADDRESS = { jpeg: jpegWasm, 'jpeg-ls': jpegLsWasm, 'jpeg-2000': jpeg2000Wasm } as const;
/** Two frames in work keep the decoder of the browser busy without holding up what is wanted next. */
const AT_ONCE = 2;

let clip: DecodedClip | null = null;
let runs: StoredRuns | null = null;
let start = 0;
let codecs: Codecs | null = null;
const wanted: number[] = [];
let working = 0;

const tell = (message: FromDecoder, moved: Transferable[] = []): void =>
  self.postMessage(message, { transfer: moved });

self.onmessage = ({ data }: MessageEvent<ToDecoder>) => {
  if (data.kind === 'open') {
    [clip, start] = [data.clip, data.start];
    runs = storedRuns(data.clip, {
      fetched: ({ from, to }) => tell({ kind: 'fetched', from, to }),
      waiting: () => tell({ kind: 'waiting' }),
    });
  } else if (data.kind === 'decode') {
    wanted.push(data.frame);
    void work();
    return;
  }
  runs?.fetchAll(start).catch((error: unknown) => tell({ kind: 'failed', message: wordsOf(error) }));
};

async function work(): Promise<void> {
  if (working >= AT_ONCE) return;
  const frame = wanted.shift();
  if (frame === undefined || !clip || !runs) return;
  working += 1;
  try {
    const bitmap = await decode(clip, runs, frame);
    tell({ kind: 'frame', frame, bitmap }, [bitmap]);
  } catch (error) {
    const message = wordsOf(error);
    tell(error instanceof FetchRefused ? { kind: 'failed', message } : { kind: 'damaged', frame, message });
  } finally {
    working -= 1;
    void work();
  }
}

async function decode(of: DecodedClip, stored: StoredRuns, frame: number): Promise<ImageBitmap> {
  const bytes = await stored.bytesOf(frame);
  const bitmap = isPlainJpeg(of, bytes)
    ? await bitmapOf(bytes)
    : await createImageBitmap(imageOf(await picture(of, stored, bytes)));
  if (bitmap.width === of.width && bitmap.height === of.height) return bitmap;
  const found = `${bitmap.width} × ${bitmap.height}`;
  bitmap.close();
  throw new Error(`The file says ${of.width} × ${of.height}, but this picture is ${found}.`);
}

/** By the same decoders as on the server; they are loaded when a clip first needs them. */
async function picture(of: DecodedClip, stored: StoredRuns, bytes: Uint8Array): Promise<Picture> {
  const { makeCodecs, readDicom, readStill } = await import('@rectus/sonography');
  codecs ??= makeCodecs(async (file) => {
    const answer = await fetch(CODEC_ADDRESS[file]);
    if (!answer.ok) throw new FetchRefused('The decoder could not be loaded.');
    return new Uint8Array(await answer.arrayBuffer());
  });
  if (of.format === 'still') return readStill(bytes, codecs);
  const read = await readDicom(asFile(await stored.head(), bytes, of.transferSyntax), codecs);
  return read.picture(0);
}

/** Grey, or red, green and blue, with an opaque fourth. */
function imageOf({ width, height, channels, bits, samples }: Picture): ImageData {
  const image = new ImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  const shift = Math.max(0, bits - 8);
  const isGrey = channels < 3;
  for (let at = 0, from = 0; at < words.length; at++, from += channels) {
    const red = (samples[from] ?? 0) >> shift;
    const green = isGrey ? red : (samples[from + 1] ?? 0) >> shift;
    const blue = isGrey ? red : (samples[from + 2] ?? 0) >> shift;
    words[at] = 0xff000000 | (blue << 16) | (green << 8) | red;
  }
  return image;
}

function wordsOf(error: unknown): string {
  if (error instanceof DOMException) return 'The compressed picture is damaged and cannot be decoded.';
  return error instanceof Error ? error.message : 'This picture cannot be decoded.';
}
