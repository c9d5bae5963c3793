import { type Clip, type LumaFrame, type PointPx, px, type Region, regionOf } from '@rectus/sonography';

/** A part of a clip, each px of it made into several. */
export interface Magnified {
  readonly clip: Clip;
  /** How many px stand for one. */
  readonly times: number;
  /** A place of the whole clip in this one. */
  readonly into: (place: PointPx) => PointPx;
  /** A place of this clip in the whole one. */
  readonly outOf: (place: PointPx) => PointPx;
}

/**
 * A window that is followed spans 31 px: at this scale 1.6 mm, so that one on the border of a thin layer sees little beyond it. At
 * 0.1 to 0.2 mm the thickness of a contracted transversus came out 0.7 to 1.2 mm too small, or was lost.
 */
const FINE_MM = 0.05;
const MOST_TIMES = 5;
/** How much is kept around the marks: what is followed may move by half of it, and neighbours are seen. */
const AROUND_MM = 10;

/** The surroundings of the marks, so large that a window fits into a thin layer. @throws MeasureRefused as `regionOf` */
export function magnified(clip: Clip, places: readonly PointPx[]): Magnified {
  const region = regionOf(clip.regions, places);
  const { lateral, axial } = region.scale;
  const times = Math.min(MOST_TIMES, Math.max(1, Math.round(Math.max(lateral, axial) / FINE_MM)));
  const part = partAround(region, places, AROUND_MM / lateral, AROUND_MM / axial);
  const width = (part.right - part.left) * times + 1;
  const height = (part.bottom - part.top) * times + 1;
  const scale = { ...region.scale, lateral: lateral / times, axial: axial / times };
  return {
    times,
    into: ({ x, y }) => ({ x: px((x - part.left) * times), y: px((y - part.top) * times) }),
    outOf: ({ x, y }) => ({ x: px(x / times + part.left), y: px(y / times + part.top) }),
    clip: {
      ...{ width, height, frameCount: clip.frameCount, times: clip.times },
      regions: [{ ...region, ...{ left: 0, top: 0, right: width - 1, bottom: height - 1 }, scale }],
      frame: async (index) => enlarged(await clip.frame(index), part, times, width, height),
    },
  };
}

type Part = Pick<Region, 'left' | 'top' | 'right' | 'bottom'>;

function partAround(region: Part, places: readonly PointPx[], wide: number, deep: number): Part {
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  return {
    left: Math.max(region.left, Math.floor(Math.min(...xs) - wide)),
    right: Math.min(region.right, Math.ceil(Math.max(...xs) + wide)),
    top: Math.max(region.top, Math.floor(Math.min(...ys) - deep)),
    bottom: Math.min(region.bottom, Math.ceil(Math.max(...ys) + deep)),
  };
}

/** Between px the grey is that of a straight line, along and down. */
function enlarged(
  { luma, width: from }: LumaFrame,
  { left, top, right, bottom }: Part,
  times: number,
  width: number,
  height: number,
): LumaFrame {
  const made = new Uint8Array(width * height);
  const columns = Int32Array.from({ length: width }, (_, x) =>
    Math.min(right - 1, left + Math.floor(x / times)),
  );
  const shares = Float64Array.from({ length: width }, (_, x) => left + x / times - (columns[x] ?? 0));
  for (let y = 0; y < height; y++) {
    const row = Math.min(bottom - 1, top + Math.floor(y / times));
    const down = top + y / times - row;
    for (let x = 0; x < width; x++) {
      const at = row * from + (columns[x] as number);
      const along = shares[x] as number;
      const [a, b] = [luma[at] as number, luma[at + from] as number];
      const above = a + along * ((luma[at + 1] as number) - a);
      const below = b + along * ((luma[at + from + 1] as number) - b);
      made[y * width + x] = above + down * (below - above) + 0.5;
    }
  }
  return { width, height, luma: made };
}
