import type { Decode, Picture } from './picture.ts';

/** The compressions that need a library. */
export const CODEC_NAMES = ['jpeg', 'jpeg-lossless', 'jpeg-ls', 'jpeg-2000'] as const;
export type CodecName = (typeof CODEC_NAMES)[number];

/** A WebAssembly file of a codec, by the name under which its package exports it. */
export const CODEC_FILES = {
  jpeg: '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm',
  'jpeg-ls': '@cornerstonejs/codec-charls/decodewasm',
  'jpeg-2000': '@cornerstonejs/codec-openjpeg/decodewasm',
} as const;
export type CodecFile = keyof typeof CODEC_FILES;

/** Brings the bytes of a codec's file: from the disk in Node, from the server in a browser. */
export type LoadCodec = (file: CodecFile) => Promise<Uint8Array>;

/** The codecs of a program: each is loaded when a file first needs it, and once. */
export interface Codecs {
  readonly open: (name: CodecName) => Promise<Decode>;
}

/** Codecs whose files come from `load`. One that breaks on a damaged picture is loaded afresh for the next. */
export function makeCodecs(load: LoadCodec): Codecs {
  const opened = new Map<CodecName, Promise<Decode>>();
  const forget = (name: CodecName) => opened.delete(name);
  return {
    open: (name) => {
      const known = opened.get(name);
      if (known) return known;
      const opening = openCodec(name, load).then(
        (decode): Decode =>
          (bytes) => {
            try {
              return decode(bytes);
            } catch (error) {
              // A codec that was aborted half-way answers nothing any more; an error of its own leaves it whole.
              if (error instanceof WebAssembly.RuntimeError) forget(name);
              throw error;
            }
          },
      );
      opened.set(name, opening);
      opening.catch(() => forget(name));
      return opening;
    },
  };
}

async function openCodec(name: CodecName, load: LoadCodec): Promise<Decode> {
  switch (name) {
    case 'jpeg': {
      const { default: start } = await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
      const { JPEGDecoder } = await start(quiet(await load('jpeg')));
      return (bytes) => decodeWith(new JPEGDecoder(), bytes);
    }
    case 'jpeg-ls': {
      const { default: start } = await import('@cornerstonejs/codec-charls/decodewasmjs');
      const { JpegLSDecoder } = await start(quiet(await load('jpeg-ls')));
      return (bytes) => decodeWith(new JpegLSDecoder(), bytes);
    }
    case 'jpeg-2000': {
      const { default: start } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs');
      const { J2KDecoder } = await start(quiet(await load('jpeg-2000')));
      return (bytes) => decodeWith(new J2KDecoder(), bytes);
    }
    case 'jpeg-lossless': {
      const { Decoder } = await import('jpeg-lossless-decoder-js');
      return (bytes) => decodeLossless(new Decoder(), bytes);
    }
  }
}

/** Codecs would write what they do on the console. */
function quiet(wasmBinary: Uint8Array): NativeOptions {
  return { wasmBinary, print: () => {}, printErr: () => {} };
}

function decodeWith(decoder: NativeDecoder, bytes: Uint8Array): Picture {
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const info = decoder.getFrameInfo();
    // A copy: the codec's memory is used again for the next picture.
    const decoded = decoder.getDecodedBuffer().slice();
    const byPlane = info.componentCount > 1 && decoder.getInterleaveMode?.() === 0;
    const samples = info.bitsPerSample > 8 ? asWords(decoded) : decoded;
    return {
      width: info.width,
      height: info.height,
      channels: info.componentCount,
      bits: info.bitsPerSample,
      samples: byPlane ? interleave(samples, info.componentCount) : samples,
    };
  } finally {
    decoder.delete();
  }
}

function decodeLossless(
  decoder: InstanceType<typeof import('jpeg-lossless-decoder-js').Decoder>,
  bytes: Uint8Array,
): Picture {
  const decoded = decoder.decompress(Uint8Array.from(bytes).buffer, 0, bytes.length);
  const { dimX, dimY, numComp, precision } = decoder.frame;
  return {
    width: dimX,
    height: dimY,
    channels: numComp,
    bits: precision,
    samples: precision > 8 ? new Uint16Array(decoded) : new Uint8Array(decoded),
  };
}

function asWords(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
}

/** Samples that stand plane after plane, pixel by pixel instead. */
export function interleave<Samples extends Uint8Array | Uint16Array>(
  planes: Samples,
  channels: number,
): Samples {
  const pixels = planes.length / channels;
  const woven = planes.slice() as Samples;
  for (let channel = 0; channel < channels; channel++)
    for (let at = 0; at < pixels; at++) woven[at * channels + channel] = planes[channel * pixels + at] ?? 0;
  return woven;
}
