import { createFile, DataStream, type ISOFile, MP4BoxBuffer, type Sample } from 'mp4box';
import { MOST_PIXELS } from '../codecs/decode-picture.ts';
import { SonographyError } from '../sonography-error.ts';

/** A compressed picture of a video, in the order in which it is decoded. */
export interface CodedFrame {
  readonly bytes: Uint8Array;
  /** Decoding can begin with it. */
  readonly isKey: boolean;
  /** Its place in the order in which frames are shown. */
  readonly shown: number;
}

/** The video of an MP4 file, taken apart and not decoded. */
export interface CodedVideo {
  /** As WebCodecs names it: `avc1.64001f`. */
  readonly codec: string;
  /** What the decoder must know before the first frame; undefined where the frames tell themselves. */
  readonly description: Uint8Array | undefined;
  readonly width: number;
  readonly height: number;
  readonly frames: readonly CodedFrame[];
  /** Seconds from the first frame, in the order in which they are shown. */
  readonly times: Float64Array;
}

/**
 * Takes an MP4 or MOV file apart. Decoding is left to the browser.
 *
 * Source: ISO/IEC 14496-12 (read by mp4box).
 *
 * @throws SonographyError where it is none, has no video, or is damaged
 */
export function demux(given: Uint8Array): CodedVideo {
  // A copy: the library wants a buffer of its own.
  const bytes = Uint8Array.from(given);
  if (String.fromCharCode(...bytes.subarray(4, 8)) !== 'ftyp')
    throw new SonographyError('not-this-format', 'This is not an MP4 video.');
  const file = parsed(bytes);
  const track = file.getInfo().videoTracks[0];
  if (!track) throw new SonographyError('not-this-format', 'There is no video in this file.');
  const width = track.video?.width ?? track.track_width;
  const height = track.video?.height ?? track.track_height;
  if (!(width >= 1 && height >= 1) || width * height > MOST_PIXELS)
    throw new SonographyError('corrupt', `The video says that it is ${width} × ${height}.`);
  const samples = file
    .getTrackSamplesInfo(track.id)
    .filter(({ offset, size }) => size > 0 && offset + size <= bytes.length);
  const [first] = samples;
  if (!first?.is_sync) throw new SonographyError('truncated', 'The file ends before its first picture does.');
  const inOrder = samples.map(({ cts }, index) => ({ cts, index })).sort((a, b) => a.cts - b.cts);
  const shown = new Int32Array(samples.length);
  inOrder.forEach(({ index }, place) => {
    shown[index] = place;
  });
  const start = inOrder[0]?.cts ?? 0;
  return {
    codec: track.codec,
    description: descriptionOf(file, track.id),
    ...{ width, height },
    frames: samples.map(({ offset, size, is_sync }, index) => ({
      bytes: bytes.subarray(offset, offset + size),
      isKey: is_sync,
      shown: shown[index] ?? 0,
    })),
    times: Float64Array.from(inOrder, ({ cts }) => (cts - start) / first.timescale),
  };
}

function parsed(bytes: Uint8Array<ArrayBuffer>): ISOFile {
  const file = createFile();
  let isReady = false;
  file.onReady = () => {
    isReady = true;
  };
  try {
    file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(bytes.buffer, 0), true);
    file.flush();
  } catch {
    isReady = false;
  }
  if (!isReady)
    throw new SonographyError('corrupt', 'The video is damaged: its table of frames cannot be read.');
  return file;
}

/** The decoder's configuration, which stands in a box of the sample's description. */
function descriptionOf(file: ISOFile, trackId: number): Uint8Array | undefined {
  const entries: readonly Sample['description'][] =
    file.getTrackById(trackId)?.mdia.minf.stbl.stsd.entries ?? [];
  for (const entry of entries)
    for (const name of ['avcC', 'hvcC', 'vpcC', 'av1C'] as const) {
      const box = (entry as unknown as Record<string, WritableBox | undefined>)[name];
      if (!box) continue;
      const stream = new DataStream();
      box.write(stream);
      const BOX_HEADER = 8;
      return new Uint8Array(stream.buffer, BOX_HEADER, stream.getPosition() - BOX_HEADER);
    }
  return undefined;
}

interface WritableBox {
  readonly write: (stream: DataStream) => void;
}
