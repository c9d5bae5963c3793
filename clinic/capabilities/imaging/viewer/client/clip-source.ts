import { unpackFrames } from '../frame-pack.ts';
import { boundedCache } from './bounded-cache.ts';
import type { ViewerClip } from './contracts.ts';
import type { FromDecoder, ToDecoder } from './decoder-messages.ts';
import { framesAddress } from './frames-address.ts';
import { bitmapOf, isPlainJpeg } from './plain-jpeg.ts';

/** The pictures of one clip, decoded by its worker as they are wanted. */
export interface ClipSource {
  readonly clip: ViewerClip;
  /** The decoded frame where it is here. */
  pictureOf(frame: number): ImageBitmap | null;
  /** How many frames a pane may want at once without one pushing out another. */
  readonly room: number;
  /** These frames are wanted for a pane, the first most. */
  want(pane: 0 | 1, frames: readonly number[]): void;
  /** Whether the bytes of a frame have come. */
  has(frame: number): boolean;
  /** Share of the frames whose bytes have come, 0 to 1. */
  readonly loaded: number;
  /** Why nothing more comes, or that it is waited for. */
  readonly trouble: Trouble | null;
  /** Why a frame cannot be shown. */
  damageOf(frame: number): string | null;
  retry(): void;
  close(): void;
}

export interface Trouble {
  readonly kind: 'waiting' | 'failed';
  readonly message: string;
}

const BYTES_PER_PX = 4;
/** Decoded pictures of one clip: 87 frames of 975 × 743 px are 252 MB. */
const MOST_BYTES = 288 * 1024 * 1024;
/** On machines with little memory. */
const FEW_BYTES = 96 * 1024 * 1024;
/** Frames asked for and not answered: few, so that what is wanted next comes soon. */
const MOST_ASKED = 6;

/** Opens a clip; `changed` is called whenever a picture, or news of the loading, has come. */
export function openClipSource(clip: ViewerClip, start: number, changed: () => void): ClipSource {
  const size = clip.width * clip.height * BYTES_PER_PX;
  const limit = mostBytes();
  const pictures = boundedCache<ImageBitmap>(
    limit,
    () => size,
    (bitmap) => bitmap.close(),
  );
  const fetched = new Set<number>();
  const asked = new Set<number>();
  const damaged = new Map<number, string>();
  const wanted: (readonly number[])[] = [[], []];
  let trouble: Trouble | null = null;
  let worker: Worker | null = null;
  let isClosed = false;
  const tell = (message: ToDecoder): void => worker?.postMessage(message);

  const isKnown = (frame: number) => pictures.has(frame) || asked.has(frame) || damaged.has(frame);
  /** What stands is asked for even before its run has come; what comes after it, once its bytes are here. */
  const ask = (): void => {
    if (!worker || trouble?.kind === 'failed') return;
    for (let step = 0; step < Math.max(...wanted.map(({ length }) => length)); step++)
      for (const frames of wanted) {
        const frame = frames[step];
        if (asked.size >= MOST_ASKED) return;
        if (frame === undefined || isKnown(frame) || (step > 0 && !fetched.has(frame))) continue;
        asked.add(frame);
        tell({ kind: 'decode', frame });
      }
  };

  const hear = ({ data }: MessageEvent<FromDecoder>): void => {
    if (data.kind === 'fetched') {
      for (let frame = data.from; frame <= data.to; frame++) fetched.add(frame);
      trouble = null;
    } else if (data.kind === 'frame') {
      asked.delete(data.frame);
      pictures.set(data.frame, data.bitmap);
    } else if (data.kind === 'damaged') {
      asked.delete(data.frame);
      damaged.set(data.frame, data.message);
    } else {
      const message = data.kind === 'failed' ? data.message : 'The connection is lost; it is tried again.';
      trouble = { kind: data.kind, message };
      if (data.kind === 'failed') asked.clear();
    }
    ask();
    changed();
  };
  // The worker starts once the first picture stands: on a small machine both at once would take longer for either.
  void firstPicture(clip, start).then((bitmap) => {
    if (isClosed) return bitmap?.close();
    if (bitmap) pictures.set(start, bitmap);
    changed();
    worker = new Worker(new URL('./clip-decoder.ts', import.meta.url), {
      type: 'module',
      name: 'clip-decoder',
    });
    worker.onmessage = hear;
    worker.onerror = () => {
      trouble = { kind: 'failed', message: 'The decoder did not start in this browser.' };
      changed();
    };
    tell({ kind: 'open', clip: decodedClip(clip), start });
    ask();
  });

  return {
    clip,
    room: roomFor(clip.frames, Math.floor(limit / size)),
    pictureOf: (frame) => pictures.get(frame) ?? null,
    want(pane, frames) {
      wanted[pane] = frames;
      ask();
    },
    has: (frame) => fetched.has(frame),
    get loaded() {
      return fetched.size / clip.frames;
    },
    get trouble() {
      return trouble;
    },
    damageOf: (frame) => damaged.get(frame) ?? null,
    retry() {
      trouble = null;
      tell({ kind: 'again' });
      ask();
      changed();
    },
    close() {
      isClosed = true;
      worker?.terminate();
      pictures.clear();
    },
  };
}

/** The first frame of a JPEG clip, decoded here while the worker still starts; null leaves it to the worker. */
async function firstPicture(clip: ViewerClip, frame: number): Promise<ImageBitmap | null> {
  try {
    const answer = await fetch(framesAddress(clip, { from: frame, to: frame }));
    if (!answer.ok) return null;
    const [bytes] = unpackFrames(new Uint8Array(await answer.arrayBuffer()));
    if (!bytes || !isPlainJpeg(clip, bytes)) return null;
    const bitmap = await bitmapOf(bytes);
    return bitmap.width === clip.width && bitmap.height === clip.height ? bitmap : null;
  } catch {
    return null;
  }
}

/** Where not all frames can be kept, each of two panes that show the clip has half. */
function roomFor(frames: number, kept: number): number {
  return frames <= kept ? frames : Math.max(2, Math.floor(kept / 2));
}

function decodedClip(clip: ViewerClip) {
  const { width, height, frames, transferSyntax, photometric, format, framesHref, headHref, etag } = clip;
  return { width, height, frames, transferSyntax, photometric, format, framesHref, headHref, etag };
}

function mostBytes(): number {
  const { deviceMemory = 8 } = navigator as Navigator & { readonly deviceMemory?: number };
  return deviceMemory <= 2 ? FEW_BYTES : MOST_BYTES;
}
