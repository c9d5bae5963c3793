import { type Clip, type LumaFrame, unscaledRegion } from '../clip.ts';
import { lumaOfRgb } from '../codecs/picture-luma.ts';
import { SonographyError } from '../sonography-error.ts';
import type { CodedVideo } from './demux.ts';

/** Runs between key frames that are kept decoded: going back and forth stays quick, and memory small. */
const KEPT_RUNS = 2;

/**
 * Reads an MP4 clip in a browser, which brings the decoder. Nothing can be measured in it before its scale is set.
 *
 * @throws SonographyError where the file is damaged, or this program or browser cannot decode it
 */
export async function readMp4(bytes: Uint8Array): Promise<Clip> {
  // Loaded when it is needed: most pages show no videos.
  const { demux } = await import('./demux.ts');
  const video = demux(bytes);
  if (typeof VideoDecoder === 'undefined')
    throw new SonographyError(
      'unsupported',
      'Videos are decoded by browsers only; this program has no decoder.',
    );
  const config: VideoDecoderConfig = {
    codec: video.codec,
    codedWidth: video.width,
    codedHeight: video.height,
    ...(video.description ? { description: video.description } : {}),
  };
  const { supported } = await VideoDecoder.isConfigSupported(config).catch(() => ({ supported: false }));
  if (!supported) throw new SonographyError('unsupported', `This browser cannot decode ${video.codec}.`);
  const frame = framesOf(video, config);
  return {
    width: video.width,
    height: video.height,
    frameCount: video.times.length,
    times: video.times,
    regions: [unscaledRegion(video, 'A video has no scale. Set it on a known distance.')],
    frame: async (index) => {
      if (!Number.isInteger(index) || index < 0 || index >= video.times.length)
        throw new SonographyError(
          'no-such-frame',
          `There is no frame ${index}: the clip has ${video.times.length}.`,
        );
      return frame(index);
    },
  };
}

function framesOf(video: CodedVideo, config: VideoDecoderConfig): (shown: number) => Promise<LumaFrame> {
  const runs = runsOf(video);
  const runOf = new Map(
    runs.flatMap((run, index) => run.map((at) => [video.frames[at]?.shown ?? -1, index] as const)),
  );
  const decoded = new Map<number, Promise<Map<number, LumaFrame>>>();
  return async (shown) => {
    const index = runOf.get(shown) ?? 0;
    const pending = decoded.get(index) ?? decodeRun(video, runs[index] ?? [], config);
    // The one asked for last is thrown away last.
    decoded.delete(index);
    decoded.set(index, pending);
    for (const old of [...decoded.keys()].slice(0, -KEPT_RUNS)) decoded.delete(old);
    pending.catch(() => decoded.delete(index));
    const frame = (await pending).get(shown);
    if (!frame) throw new SonographyError('corrupt', `Frame ${shown} of the video is damaged.`);
    return frame;
  };
}

/** Which frames, in decoding order, hang on the same key frame. */
function runsOf({ frames }: CodedVideo): readonly (readonly number[])[] {
  const runs: number[][] = [];
  frames.forEach(({ isKey }, at) => {
    if (isKey) runs.push([]);
    runs.at(-1)?.push(at);
  });
  return runs;
}

async function decodeRun(
  video: CodedVideo,
  run: readonly number[],
  config: VideoDecoderConfig,
): Promise<Map<number, LumaFrame>> {
  const found = new Map<number, LumaFrame>();
  const copies: Promise<void>[] = [];
  let failure: Error | null = null;
  const decoder = new VideoDecoder({
    output: (frame) => {
      const { timestamp } = frame;
      copies.push(
        lumaOfFrame(frame)
          .then((luma) => void found.set(timestamp, luma))
          .finally(() => frame.close()),
      );
    },
    error: (error) => {
      failure = error;
    },
  });
  try {
    decoder.configure(config);
    for (const at of run) {
      const frame = video.frames[at];
      if (!frame) continue;
      // The frame's place stands for its time, so that what comes out is known again.
      decoder.decode(
        new EncodedVideoChunk({
          type: frame.isKey ? 'key' : 'delta',
          timestamp: frame.shown,
          data: frame.bytes,
        }),
      );
    }
    await decoder.flush();
    await Promise.all(copies);
  } catch (error) {
    failure ??= error as Error;
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  if (failure && found.size === 0)
    throw new SonographyError('corrupt', 'The video is damaged and cannot be decoded.');
  return found;
}

async function lumaOfFrame(frame: VideoFrame): Promise<LumaFrame> {
  const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
  const hasPlanes = frame.format?.startsWith('I4') || frame.format === 'NV12';
  const options: VideoFrameCopyToOptions = hasPlanes ? {} : { format: 'RGBA' };
  const bytes = new Uint8Array(frame.allocationSize(options));
  const [plane] = await frame.copyTo(bytes, options);
  const { offset = 0, stride = width } = plane ?? {};
  const luma = new Uint8Array(width * height);
  if (!hasPlanes) {
    for (let at = 0; at < luma.length; at++) {
      const from = offset + Math.floor(at / width) * stride + (at % width) * 4;
      luma[at] = lumaOfRgb(bytes[from] ?? 0, bytes[from + 1] ?? 0, bytes[from + 2] ?? 0);
    }
    return { width, height, luma };
  }
  const table = frame.colorSpace.fullRange ? null : FULL_RANGE;
  for (let y = 0; y < height; y++) {
    const row = bytes.subarray(offset + y * stride, offset + y * stride + width);
    luma.set(table ? row.map((value) => table[value] ?? 0) : row, y * width);
  }
  return { width, height, luma };
}

/** Videos keep black at 16 and white at 235 (ITU-R BT.601); pictures use all values. */
const FULL_RANGE = Uint8ClampedArray.from({ length: 256 }, (_, value) => ((value - 16) * 255) / 219);
