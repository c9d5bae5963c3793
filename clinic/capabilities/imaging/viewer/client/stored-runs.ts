import { unpackFrames } from '../frame-pack.ts';
import { boundedCache } from './bounded-cache.ts';
import type { DecodedClip } from './decoder-messages.ts';
import { framesAddress } from './frames-address.ts';
import { loadOrder, type Run } from './load-order.ts';

/** Compressed bytes that a clip may keep; what goes is fetched again from the browser's own store. */
const MOST_BYTES = 192 * 1024 * 1024;
const LONGEST_RUN = 32;
const TRIES = 4;
const FIRST_WAIT_MS = 600;

/** Why the server gave nothing, in words. */
export class FetchRefused extends Error {
  override readonly name = 'FetchRefused';
}

/** The stored frames of a clip, as they come from the server. */
export interface StoredRuns {
  /** Fetches everything from a frame outwards; ends when all has come. @throws FetchRefused */
  fetchAll(start: number): Promise<void>;
  /** The bytes of one frame. @throws FetchRefused */
  bytesOf(frame: number): Promise<Uint8Array>;
  /** What stands before the first frame in the file. @throws FetchRefused */
  head(): Promise<Uint8Array>;
}

interface Told {
  readonly fetched: (run: Run) => void;
  readonly waiting: () => void;
}

export function storedRuns(clip: DecodedClip, { fetched, waiting }: Told): StoredRuns {
  const kept = boundedCache<Uint8Array>(MOST_BYTES, (bytes) => bytes.length);
  const seen = new Set<number>();
  let head: Promise<Uint8Array> | null = null;

  /** A run may come in parts, as the server sends no more than it wants to at once. */
  async function fetchRun(run: Run): Promise<void> {
    let from = run.from;
    while (from <= run.to) {
      const frames = unpackFrames(await fetchBytes(framesAddress(clip, { from, to: run.to }), waiting));
      if (frames.length === 0) throw new FetchRefused('The server sent no frames.');
      frames.forEach((bytes, index) => {
        kept.set(from + index, bytes);
        seen.add(from + index);
      });
      fetched({ from, to: from + frames.length - 1 });
      from += frames.length;
    }
  }

  return {
    async fetchAll(start) {
      for (const run of loadOrder(clip.frames, start, LONGEST_RUN)) {
        const missing = runsOf(run, (frame) => !seen.has(frame));
        for (const part of missing) await fetchRun(part);
      }
    },
    async bytesOf(frame) {
      const known = kept.get(frame);
      if (known) return known;
      await fetchRun({ from: frame, to: frame });
      return kept.get(frame) ?? new Uint8Array();
    },
    head() {
      head ??= fetchBytes(`${clip.headHref}?v=${clip.etag}`, waiting);
      head.catch(() => {
        head = null;
      });
      return head;
    },
  };
}

function runsOf({ from, to }: Run, wanted: (frame: number) => boolean): readonly Run[] {
  const runs: { from: number; to: number }[] = [];
  for (let frame = from; frame <= to; frame++) {
    if (!wanted(frame)) continue;
    const last = runs.at(-1);
    if (last?.to === frame - 1) last.to = frame;
    else runs.push({ from: frame, to: frame });
  }
  return runs;
}

/** A lost connection is waited for, longer each time; a refusal is not. */
async function fetchBytes(address: string, waiting: () => void): Promise<Uint8Array> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await fetch(address, { credentials: 'same-origin' });
      if (answer.ok && !answer.redirected) return new Uint8Array(await answer.arrayBuffer());
      if (answer.redirected || (answer.status < 500 && answer.status !== 429))
        throw new FetchRefused(wordsOf(answer));
    } catch (error) {
      if (error instanceof FetchRefused) throw error;
    }
    if (attempt + 1 >= TRIES) throw new FetchRefused('The connection is lost.');
    waiting();
    await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** attempt));
  }
}

function wordsOf(answer: Response): string {
  if (answer.redirected || answer.status === 401 || answer.status === 403)
    return 'You are signed out, or the desk is locked. Sign in again in another tab, then try again here.';
  if (answer.status === 404 || answer.status === 410) return 'This clip is not on the disk any more.';
  return `The server refused the frames (${answer.status}).`;
}
