import type { LumaFrame } from '../clip.ts';
import { SonographyError } from '../sonography-error.ts';
import { type Kernels, MARGIN, MOST_WIDTH } from './kernels.ts';

/** One level of every pyramid of a store: the same size, so the same place, whichever frame it holds. */
export interface Level {
  readonly width: number;
  readonly height: number;
  /** Pixels from row to row. */
  readonly stride: number;
  /** Bytes from the start of a pyramid to pixel (0, 0) of the level. */
  readonly origin: number;
}

/** Where tracking looks: inclusive bounds in px. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Pyramids of frames, all of one size; each lies at an address that is used again. */
export interface PyramidStore {
  readonly levels: readonly Level[];
  readonly bounds: Bounds;
  /** Of one pyramid. */
  readonly bytes: number;
  /** Address of room for one more pyramid. */
  readonly reserve: () => number;
  /** Builds the pyramid of a frame. @throws SonographyError bad-argument where the frame has another size */
  readonly build: (frame: LumaFrame, pyramid: number) => void;
}

const LEVELS = 4;
/** A level narrower than this holds no window. */
const LEAST = 36;

/** Room for pyramids of frames of one size, cropped to the bounds. @throws SonographyError too-large, bad-argument */
export function pyramidStore(kernels: Kernels, first: LumaFrame, bounds: Bounds): PyramidStore {
  const width = bounds.right - bounds.left + 1;
  const height = bounds.bottom - bounds.top + 1;
  if (width > MOST_WIDTH)
    throw new SonographyError('too-large', `Frames ${width} px wide cannot be tracked.`);
  if (!(width >= LEAST && height >= LEAST))
    throw new SonographyError('bad-argument', `Tracking needs at least ${LEAST} × ${LEAST} px of image.`);
  const levels: Level[] = [];
  let bytes = 0;
  for (let w = width, h = height; levels.length < LEVELS && Math.min(w, h) >= LEAST; ) {
    const stride = Math.ceil((w + 2 * MARGIN + 8) / 4) * 4;
    levels.push({ width: w, height: h, stride, origin: bytes + (MARGIN * stride + MARGIN) * 4 });
    // One row more: vectors read a little past the last one.
    bytes += (h + 2 * MARGIN + 1) * stride * 4;
    w = (w + 1) >> 1;
    h = (h + 1) >> 1;
  }
  const luma = kernels.reserve(width * height + 64);
  return {
    levels,
    bounds,
    bytes,
    reserve: () => kernels.reserve(bytes),
    build(frame, pyramid) {
      if (frame.width !== first.width || frame.height !== first.height)
        throw new SonographyError('bad-argument', 'All frames of a clip must have one size.');
      const to = new Uint8Array(kernels.buffer(), luma, width * height);
      for (let y = 0; y < height; y++) {
        const from = (y + bounds.top) * frame.width + bounds.left;
        to.set(frame.luma.subarray(from, from + width), y * width);
      }
      levels.forEach((level, i) => {
        const above = levels[i - 1];
        const at = pyramid + level.origin;
        if (above)
          kernels.halve(pyramid + above.origin, above.stride, at, level.stride, level.width, level.height);
        else kernels.smoothLuma(luma, at, level.stride, level.width, level.height);
      });
    },
  };
}
