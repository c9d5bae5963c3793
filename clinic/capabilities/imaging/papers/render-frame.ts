import { type Clip, encodePng, type Picture } from '@rectus/sonography';
import { nodeJpegEncoder } from '@rectus/sonography/node';
import { shrinkPicture } from './shrink-picture.ts';

/** Any clip; one that tells its colours keeps them. */
export type RenderableClip = Clip & { readonly picture?: (index: number) => Promise<Picture> };

export interface RenderOptions {
  readonly type: 'image/jpeg' | 'image/png';
  /** In pixels; a narrower picture stays as it is. */
  readonly maxWidth?: number;
  /** Brightness between black and white, in levels of 0 to 255 (DICOM PS3.3 C.11.2.1.2). */
  readonly window?: { readonly centre: number; readonly width: number };
  /** Of JPEG, 1 to 100 (default 90). */
  readonly quality?: number;
}

let encoder: ReturnType<typeof nodeJpegEncoder> | undefined;

/**
 * One frame as the bytes of a picture file, in colour where the clip has colours. Lines and numbers are not part of it:
 * papers and pages draw them above it, so that they stay sharp and the pixels stay what the machine sent.
 *
 * @throws SonographyError where the clip has no such frame, or it cannot be decoded
 */
export async function renderFrame(
  clip: RenderableClip,
  frame: number,
  options: RenderOptions,
): Promise<Buffer> {
  return renderPicture(await pictureOf(clip, frame), options);
}

/** The same of a frame that is decoded already. */
export async function renderPicture(picture: Picture, options: RenderOptions): Promise<Buffer> {
  const { type, maxWidth, window, quality } = options;
  const plain = withoutAlpha(inEightBits(picture));
  const small = maxWidth === undefined ? plain : shrinkPicture(plain, maxWidth);
  const shown = window ? windowed(small, window) : small;
  if (type === 'image/png') return Buffer.from(encodePng(shown));
  encoder ??= nodeJpegEncoder();
  return Buffer.from((await encoder)(shown, quality));
}

async function pictureOf(clip: RenderableClip, frame: number): Promise<Picture> {
  if (clip.picture) return clip.picture(frame);
  const { width, height, luma } = await clip.frame(frame);
  return { width, height, channels: 1, bits: 8, samples: luma };
}

/** Stills may be finer than any screen shows. */
function inEightBits(picture: Picture): Picture {
  if (picture.bits === 8 && picture.samples instanceof Uint8Array) return picture;
  const shift = Math.max(0, picture.bits - 8);
  return { ...picture, bits: 8, samples: Uint8Array.from(picture.samples, (value) => value >> shift) };
}

function withoutAlpha(picture: Picture): Picture {
  const { channels, samples } = picture;
  if (channels === 1 || channels === 3) return picture;
  const kept = channels > 3 ? 3 : 1;
  const seen = Uint8Array.from(samples.filter((_, at) => at % channels < kept));
  return { ...picture, channels: kept, samples: seen };
}

function windowed(picture: Picture, { centre, width }: NonNullable<RenderOptions['window']>): Picture {
  const levels = Uint8ClampedArray.from(
    { length: 256 },
    (_, value) => ((value - (centre - 0.5)) / Math.max(1, width - 1) + 0.5) * 255,
  );
  return { ...picture, samples: Uint8Array.from(picture.samples, (value) => levels[value] ?? 0) };
}
