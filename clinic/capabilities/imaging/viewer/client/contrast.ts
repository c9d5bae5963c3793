/** Which grey is shown as black and which as white, 0 to 255. */
export interface Contrast {
  readonly low: number;
  readonly high: number;
}

export const AS_STORED: Contrast = { low: 0, high: 255 };
const WHITE = 255;
/** Greys that stay between black and white at least. */
const LEAST_WIDTH = 4;

/** What a linear filter does to grey of 0 to 1: `slope · grey + intercept`, cut off at black and white. */
export function filterOf({ low, high }: Contrast): { readonly slope: number; readonly intercept: number } {
  const width = Math.max(LEAST_WIDTH, high - low);
  return { slope: WHITE / width, intercept: -low / width };
}

export function isAsStored({ low, high }: Contrast): boolean {
  return low === AS_STORED.low && high === AS_STORED.high;
}

/** Brighter or darker by a level, softer or harder by a width; both in greys. */
export function changed({ low, high }: Contrast, by: { level: number; width: number }): Contrast {
  const middle = Math.min(WHITE, Math.max(0, (low + high) / 2 + by.level));
  const half = Math.min(WHITE, Math.max(LEAST_WIDTH, high - low + by.width)) / 2;
  return { low: Math.round(middle - half), high: Math.round(middle + half) };
}
