import { createTracker, type LumaFrame, type PointPx, px, readMp4 } from '@rectus/sonography';
import { findImageArea } from '../../../packages/sonography/src/muscle/image-area.ts';

/** What following a real contraction there and back gave. */
export interface Closure {
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  readonly points: number;
  /** px between where a point began and where it ended after the way there and back, for each that was not lost. */
  readonly closures: number[];
  /** px that each of these points had moved at the farthest. */
  readonly excursions: number[];
  /** The standard error that was told at the end of the way there. */
  readonly told: number[];
  /** Share of points lost in each frame of the way there. */
  readonly lost: number[];
  readonly msPerFrame: number;
}

/** Follows a grid of points through a clip and back again, with a tracker of its own each way. */
async function thereAndBack(address: string, most: number): Promise<Closure> {
  const clip = await readMp4(new Uint8Array(await (await fetch(address)).arrayBuffer()));
  const frames: LumaFrame[] = [];
  for (let n = 0; n < Math.min(most, clip.frameCount); n++) frames.push(await clip.frame(n));
  const [first] = frames;
  if (!first) throw new Error('the clip is empty');
  const bounds = findImageArea(first) ?? { left: 0, top: 0, right: clip.width - 1, bottom: clip.height - 1 };
  const marks = gridIn(bounds, 150);
  const farthest = marks.map(() => 0);
  const before = performance.now();
  const there = createTracker(first, marks, { bounds, mostSupports: 0 });
  let states = marks.map(({ x, y }) => ({ x: x as number, y: y as number, lost: false, standardError: 0 }));
  const lost: number[] = [];
  for (const frame of frames.slice(1)) {
    states = there.step(frame).map((state) => ({ ...state }));
    states.forEach(({ x, y }, n) => {
      const mark = marks[n] as PointPx;
      const away = Math.hypot(x - mark.x, y - mark.y);
      if (away > (farthest[n] ?? 0)) farthest[n] = away;
    });
    lost.push(states.filter((state) => state.lost).length / states.length);
  }
  const msPerFrame = (performance.now() - before) / (frames.length - 1);
  const kept = states.flatMap(({ x, y, ...state }, n) =>
    state.lost || !inside(bounds, x, y) ? [] : [{ n, at: { x: px(x), y: px(y) }, told: state.standardError }],
  );
  const last = frames.at(-1) ?? first;
  const back = createTracker(
    last,
    kept.map(({ at }) => at),
    { bounds, mostSupports: 0 },
  );
  let ends: ReturnType<typeof back.step> = [];
  for (const frame of frames.toReversed().slice(1)) ends = back.step(frame);
  const closed = kept.flatMap((one, k) => {
    const [end, mark] = [ends[k], marks[one.n]];
    if (!end || !mark || end.lost) return [];
    return [
      { closure: Math.hypot(end.x - mark.x, end.y - mark.y), away: farthest[one.n] ?? 0, told: one.told },
    ];
  });
  return {
    ...{
      frames: frames.length,
      width: clip.width,
      height: clip.height,
      points: marks.length,
      lost,
      msPerFrame,
    },
    closures: closed.map(({ closure }) => closure),
    excursions: closed.map(({ away }) => away),
    told: closed.map(({ told }) => told),
  };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function inside({ left, top, right, bottom }: Box, x: number, y: number): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}

function gridIn({ left, top, right, bottom }: Box, count: number): PointPx[] {
  const spacing = Math.sqrt(((right - left - 60) * (bottom - top - 60)) / count);
  const marks: PointPx[] = [];
  for (let y = top + 30; y <= bottom - 30; y += spacing)
    for (let x = left + 30; x <= right - 30; x += spacing) marks.push({ x: px(x), y: px(y) });
  return marks;
}

Object.assign(globalThis, { thereAndBack });
