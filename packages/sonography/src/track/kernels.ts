/**
 * The heavy loops of tracking over one block of memory. Images are 32-bit floats, row by row, with a margin on every
 * side; an address counts bytes and points at pixel (0, 0); a stride counts pixels from row to row.
 */
export interface Kernels {
  /** The memory as it is now; it moves when more is reserved, so never keep it. */
  readonly buffer: () => ArrayBuffer;
  /** Address of so many new bytes, a multiple of 16. Nothing is ever given back. */
  readonly reserve: (bytes: number) => number;
  /** 8-bit luma to floats, smoothed with [1 2 1]/4 both ways, the border repeated into the margin. */
  readonly smoothLuma: (luma: number, image: number, stride: number, width: number, height: number) => void;
  /** Half the size (width × height of the result): smoothed with [1 4 6 4 1]/16, every second pixel. */
  readonly halve: (
    from: number,
    fromStride: number,
    to: number,
    toStride: number,
    width: number,
    height: number,
  ) => void;
  /** Lucas–Kanade for `count` records at `points`: each window of `reference` is found in `current`. */
  readonly follow: (
    reference: number,
    current: number,
    stride: number,
    width: number,
    height: number,
    half: number,
    points: number,
    count: number,
    iterations: number,
    epsilon: number,
  ) => void;
}

/** Pixels of margin on every side of every level. */
export const MARGIN = 24;
/** The largest half window: 31 × 31 pixels. */
export const MOST_HALF = 15;
/** The widest frame. */
export const MOST_WIDTH = 8192;

/** Floats of one point's record. */
export const RECORD = 16;
/** Where the fields of a record stand. */
export const FIELD = {
  /** In: the middle of the window in the reference, whole pixels. */
  centreX: 0,
  centreY: 1,
  /** In: where it may be in the current image. Out: where it is. */
  x: 2,
  y: 3,
  /** In: from an offset in the current image to the offset in the reference, row by row. */
  warp: 4,
  /** Out: normalised cross-correlation of the two windows, −1 to 1; 0 where there is nothing to follow. */
  correlation: 8,
  /** Out: structure tensor of the window, mean for each pixel. */
  gxx: 9,
  gxy: 10,
  gyy: 11,
  /** Out: contrast of the current window as a share of the reference's. */
  gain: 12,
  /** Out: variance of the window's grey values. */
  variance: 13,
  /** Out: iterations done; 0 where there is nothing to follow. */
  iterations: 14,
  /** Out: length of the last step, px. */
  step: 15,
} as const;
