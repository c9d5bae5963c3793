import { makeCodecs, px, readDicom, readMp4, type SonographyError, trackClip } from '@rectus/sonography';

/** What the worker is asked: a clip by its address, and places to follow in it. */
export interface Ask {
  readonly address: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** What it found, or the reason why not. */
export type Answer =
  | {
      readonly size: readonly [width: number, height: number];
      readonly frames: number;
      /** SHA-256 of the last frame's luma, hexadecimal. */
      readonly last: string;
      /** Where each place is in the last frame. */
      readonly ends: readonly (readonly [x: number, y: number])[];
    }
  | { readonly refused: string };

const bytesOf = async (address: string) => new Uint8Array(await (await fetch(address)).arrayBuffer());
const codecs = makeCodecs((file) => bytesOf(`/codecs/${file}`));

self.onmessage = async ({ data }: MessageEvent<Ask>) => {
  self.postMessage(await answer(data));
};

async function answer({ address, points }: Ask): Promise<Answer> {
  try {
    const bytes = await bytesOf(address);
    const clip = address.endsWith('.mp4') ? await readMp4(bytes) : await readDicom(bytes, codecs);
    const { luma } = await clip.frame(clip.frameCount - 1);
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(luma)));
    const marks = points.map(({ x, y }) => ({ x: px(x), y: px(y) }));
    const tracked = marks.length > 0 ? (await trackClip(clip, { points: marks })).points : [];
    return {
      size: [clip.width, clip.height],
      frames: clip.frameCount,
      last: Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''),
      ends: tracked.map(({ x, y }) => [x.at(-1) ?? Number.NaN, y.at(-1) ?? Number.NaN]),
    };
  } catch (error) {
    return { refused: (error as SonographyError).code ?? String(error) };
  }
}
