import type { Clip } from '../clip.ts';
import { SonographyError } from '../sonography-error.ts';
import type { PointPx } from '../units.ts';
import { type Marks, type OnLine, samplesOfLine, samplesOfRegion } from './marks.ts';
import type { Bounds } from './pyramid.ts';
import { fitLine, fitRegion } from './shape-fit.ts';
import type { TrackedPoint } from './tracked.ts';
import { createTracker, type Mark, type PointState, type Tracker, type TrackerOptions } from './tracker.ts';

/** How a clip is tracked; nothing is needed. */
export interface TrackClipOptions extends TrackerOptions {
  /** The frame in which the marks were made (default 0); tissue is followed from it both ways. */
  readonly start?: number;
  /** The first and the last frame of interest (default: the whole clip). */
  readonly from?: number;
  readonly to?: number;
  /** 2 (default): a first pass learns where tissue parts, so that the second never mixes the two sides; 1: half the time. */
  readonly passes?: 1 | 2;
  readonly onProgress?: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

/** Every mark through the clip; each vertex of a line or region is a point of its own. */
export interface TrackedClip {
  /** Frames of the clip that the values belong to: the first of each array is frame `from`. */
  readonly from: number;
  readonly to: number;
  readonly points: readonly TrackedPoint[];
  readonly lines: readonly (readonly TrackedPoint[])[];
  readonly regions: readonly (readonly TrackedPoint[])[];
}

/**
 * Follows marks through a clip, frame by frame, from the frame in which they were made to both ends.
 * @throws SonographyError bad-argument where a mark or frame makes no sense, not-measurable where marks lie in regions
 * apart, and what the clip's frames throw
 */
export async function trackClip(
  clip: Clip,
  marks: Marks,
  options: TrackClipOptions = {},
): Promise<TrackedClip> {
  const { start = 0, from = 0, to = clip.frameCount - 1, passes = 2 } = options;
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to < clip.frameCount && from <= to))
    throw new SonographyError('no-such-frame', `The clip has frames 0 to ${clip.frameCount - 1}.`);
  if (!(Number.isInteger(start) && start >= from && start <= to))
    throw new SonographyError(
      'bad-argument',
      `The frame of the marks, ${start}, is not among those tracked.`,
    );
  const plan = planOf(marks);
  if (plan.places.length === 0) throw new SonographyError('bad-argument', 'There is nothing to track.');
  const bounds = options.bounds ?? boundsOf(clip, plan.places);
  const states: PointState[][] = [];
  const of = passes * (to - from) + 1;
  let done = 0;
  let bonds: Float64Array | undefined;
  for (let pass = 1; pass <= passes; pass++) {
    const learnt: Float64Array[] = [];
    for (const direction of [1, -1]) {
      const end = direction > 0 ? to : from;
      if (end === start) continue;
      const first = await clip.frame(start);
      const tracker: Tracker = createTracker(first, plan.places, {
        ...options,
        bounds,
        ...(bonds && { bonds }),
      });
      for (let frame = start + direction; frame !== end + direction; frame += direction) {
        options.signal?.throwIfAborted();
        states[frame - from] = [...tracker.step(await clip.frame(frame))];
        done += 1;
        options.onProgress?.(done, of);
      }
      learnt.push(tracker.bonds());
    }
    bonds = learnt.reduce((one, other) => one.map((value, n) => Math.min(value, other[n] ?? 1)));
  }
  states[start - from] = plan.places.map(certain);
  options.onProgress?.(of, of);
  return assemble(plan, states, from, to);
}

/** All places to follow, one after the other, and which belong to what. */
interface Plan {
  readonly places: readonly Mark[];
  readonly points: number;
  readonly lines: readonly {
    readonly at: number;
    readonly vertices: number;
    readonly on: readonly OnLine[];
  }[];
  readonly regions: readonly {
    readonly at: number;
    readonly vertices: readonly PointPx[];
    readonly homes: readonly PointPx[];
  }[];
}

function planOf({ points = [], lines = [], regions = [] }: Marks): Plan {
  const places: Mark[] = [...points];
  const add = (more: readonly PointPx[]) => {
    const at = places.length;
    places.push(...more);
    return at;
  };
  return {
    places,
    points: points.length,
    lines: lines.map((line) => {
      if (line.length < 2) throw new SonographyError('bad-argument', 'A line needs at least two vertices.');
      const on = samplesOfLine(line);
      return { at: add(on), vertices: line.length, on };
    }),
    regions: regions.map((region) => {
      if (region.length < 3)
        throw new SonographyError('bad-argument', 'A region needs at least three vertices.');
      const homes = samplesOfRegion(region);
      return { at: add(homes), vertices: region, homes };
    }),
  };
}

/** The one region in which all places lie; the whole frame where the clip has none there. */
function boundsOf(clip: Clip, places: readonly PointPx[]): Bounds {
  const within = ({ left, top, right, bottom }: Bounds, { x, y }: PointPx) =>
    x >= left && x <= right && y >= top && y <= bottom;
  const holding = clip.regions.filter((region) => places.some((place) => within(region, place)));
  const whole = holding.find((region) => places.every((place) => within(region, place)));
  if (!whole && holding.length > 0)
    throw new SonographyError('not-measurable', 'The marks do not all lie in one region of the image.');
  const { left, top, right, bottom } = whole ?? { left: 0, top: 0, right: clip.width, bottom: clip.height };
  return {
    left: Math.max(0, left),
    top: Math.max(0, top),
    right: Math.min(clip.width - 1, right),
    bottom: Math.min(clip.height - 1, bottom),
  };
}

function certain({ x, y }: PointPx): PointState {
  return { x, y, confidence: 1, standardError: 0, lost: false };
}

function assemble(plan: Plan, states: readonly PointState[][], from: number, to: number): TrackedClip {
  const frames = to - from + 1;
  const points = Array.from({ length: plan.points }, () => emptyPoint(frames));
  const lines = plan.lines.map(({ vertices }) => Array.from({ length: vertices }, () => emptyPoint(frames)));
  const regions = plan.regions.map(({ vertices }) => vertices.map(() => emptyPoint(frames)));
  states.forEach((all, frame) => {
    write(points, frame, all);
    plan.lines.forEach(({ at, vertices, on }, n) => {
      write(lines[n] ?? [], frame, fitLine(vertices, on, all.slice(at, at + on.length)));
    });
    plan.regions.forEach(({ at, vertices, homes }, n) => {
      write(regions[n] ?? [], frame, fitRegion(vertices, homes, all.slice(at, at + homes.length)));
    });
  });
  return { from, to, points, lines, regions };
}

function emptyPoint(frames: number): TrackedPoint {
  return {
    x: new Float64Array(frames),
    y: new Float64Array(frames),
    confidence: new Float32Array(frames),
    standardError: new Float32Array(frames),
    lost: new Uint8Array(frames),
  };
}

function write(points: readonly TrackedPoint[], frame: number, states: readonly PointState[]): void {
  points.forEach((point, n) => {
    const state = states[n] as PointState;
    point.x[frame] = state.x;
    point.y[frame] = state.y;
    point.confidence[frame] = state.confidence;
    point.standardError[frame] = state.standardError;
    point.lost[frame] = state.lost ? 1 : 0;
  });
}
