import type { LumaFrame } from '../clip.ts';
import { SonographyError } from '../sonography-error.ts';
import type { PointPx } from '../units.ts';
import { anchorTo } from './anchor.ts';
import { type Estimate, type Feature, featureAt, linkNeighbours } from './feature.ts';
import { findAgain } from './find-again.ts';
import { followStep } from './follow-step.ts';
import type { Kernels } from './kernels.ts';
import { keyFrames } from './key-frames.ts';
import { judgeLoss, type Resemblance, resemblanceOf } from './loss.ts';
import { matcherOf } from './match-windows.ts';
import { poolWidely, wideNeighbours } from './pool.ts';
import { type Bounds, pyramidStore } from './pyramid.ts';
import { supportAround, supportInside } from './support.ts';
import { unevennessAround } from './unevenness.ts';
import { wasmKernels } from './wasm-kernels.ts';

/** How tracking is done; nothing is needed. */
export interface TrackerOptions {
  /** Where tissue is shown, inclusive px (default: the whole frame). No window reaches beyond it. */
  readonly bounds?: Bounds;
  /** Places laid around the marks so that each has neighbours to agree with, at most (default 240). */
  readonly mostSupports?: number;
  /** Frames kept to lay later ones against (default 12; 0 follows from frame to frame alone). */
  readonly mostKeyFrames?: number;
  /** Standard error in px beyond which a point counts as lost (default 5). */
  readonly mostErrorPx?: number;
  /** What an earlier pass over the same frames and marks learnt of which neighbours part: its `bonds()`. */
  readonly bonds?: Float64Array;
  /** The loops to use (default: the compiled ones). */
  readonly kernels?: Kernels;
}

/** A place to follow. */
export interface Mark extends PointPx {
  /**
   * Where the mark lies on the edge of a tissue, such as the end of a torn muscle: a place well inside of that tissue.
   * The mark then moves with the tissue on this side and with nothing beyond the edge.
   */
  readonly tissue?: PointPx;
}

/** A point in one frame. */
export interface PointState {
  /** px; NaN while lost. */
  readonly x: number;
  readonly y: number;
  /** 0 worthless to 1 certain. */
  readonly confidence: number;
  /** px, of x and y together by root mean square; NaN while lost. */
  readonly standardError: number;
  readonly lost: boolean;
}

/** Follows marks through frames that are given one after the other. */
export interface Tracker {
  /** The marks in the frame after the last one, in the order in which they were given. @throws SonographyError */
  readonly step: (frame: LumaFrame) => readonly PointState[];
  /** For each pair of neighbours how far they have always moved together, 1 to 0; for another pass. */
  readonly bonds: () => Float64Array;
}

/** The most marks at once. */
const MOST_MARKS = 4000;

/**
 * Pyramidal Lucas–Kanade with forward–backward check (Kalal, Mikolajczyk and Matas, ICPR 2010), a robust local affine
 * field over neighbouring windows, correction against key frames, so that errors do not add up while tissue comes back
 * to where it was, and wide pooling of whole displacements where tissue moves as one. Marks are in px of `first`.
 * @throws SonographyError (bad-argument, too-large)
 */
export function createTracker(
  first: LumaFrame,
  marks: readonly Mark[],
  options: TrackerOptions = {},
): Tracker {
  const { kernels = wasmKernels(), mostSupports = 240, mostKeyFrames = 12, mostErrorPx = 5 } = options;
  const bounds = options.bounds ?? { left: 0, top: 0, right: first.width - 1, bottom: first.height - 1 };
  checkMarks(marks, bounds, first);
  const store = pyramidStore(kernels, first, bounds);
  const inside = marks.map((mark) => ({
    x: mark.x - bounds.left,
    y: mark.y - bounds.top,
    inward: inwardOf(mark),
  }));
  const matcher = matcherOf(kernels, store, marks.length + mostSupports);
  let previous = store.reserve();
  let current = store.reserve();
  store.build(first, previous);
  const edges = inside.flatMap(({ x, y, inward }, n) =>
    inward ? [{ x, y, inward, depth: depthOf(marks[n] as Mark) }] : [],
  );
  const within = supportInside(edges, mostSupports, store, matcher, previous);
  const left = mostSupports - within.length;
  const supports = [...within, ...supportAround(inside, left, store, matcher, previous, within)];
  const features = [
    ...inside.map(({ x, y, inward }, id) => featureAt(id, x, y, inward)),
    ...supports.map(({ x, y }, n) => featureAt(marks.length + n, x, y)),
  ];
  linkNeighbours(features);
  const wide = wideNeighbours(features, marks.length);
  const links = features.flatMap((feature) => feature.links);
  if (options.bonds?.length === links.length)
    links.forEach((link, n) => {
      link.together = options.bonds?.[n] ?? 1;
    });
  const keys = keyFrames(mostKeyFrames, store.reserve);
  const bytes = store.bytes;
  const copyTo = (from: number) => (to: number) =>
    new Uint8Array(kernels.buffer()).copyWithin(to, from, from + bytes);
  if (mostKeyFrames > 0) keys.consider(features, copyTo(previous));
  const resemblance: Resemblance = resemblanceOf();
  let frame = 0;
  return {
    step(next) {
      store.build(next, current);
      frame += 1;
      followStep(features, matcher, previous, current);
      judgeLoss(features, resemblance, store, mostErrorPx);
      if (mostKeyFrames > 0) {
        anchorTo(keys.nearest(features), features, matcher, current);
        findAgain(keys.all(), features, matcher, current, resemblance, frame);
        keys.consider(features, copyTo(current));
      }
      [previous, current] = [current, previous];
      for (const feature of features.slice(0, marks.length)) feature.unevenness = unevennessAround(feature);
      return poolWidely(features, wide).map((place, n) => stateOf(features[n] as Feature, place, bounds));
    },
    bonds: () => Float64Array.from(links, ({ together }) => together),
  };
}

function checkMarks(marks: readonly Mark[], bounds: Bounds, { width, height }: LumaFrame): void {
  const { left, top, right, bottom } = bounds;
  if (!(left >= 0 && top >= 0 && right < width && bottom < height))
    throw new SonographyError('bad-argument', 'The bounds of tracking reach beyond the frame.');
  if (marks.length > MOST_MARKS)
    throw new SonographyError('too-large', `${marks.length} marks are more than ${MOST_MARKS}.`);
  for (const { x, y } of marks)
    if (!(x >= left && x <= right && y >= top && y <= bottom))
      throw new SonographyError('bad-argument', `The mark (${x}, ${y}) is not where tissue is shown.`);
}

function depthOf({ x, y, tissue }: Mark): number {
  return tissue ? Math.hypot(tissue.x - x, tissue.y - y) : 0;
}

function inwardOf({ x, y, tissue }: Mark): Feature['inward'] {
  if (!tissue) return null;
  const length = Math.hypot(tissue.x - x, tissue.y - y);
  return length > 0 ? { x: (tissue.x - x) / length, y: (tissue.y - y) / length } : null;
}

/** A mark on an edge stands before the places that carry it: it may be wrong by this share of all that it has moved. */
const EDGE_DOUBT = 0.007;

function stateOf(feature: Feature, place: Estimate, bounds: Bounds): PointState {
  const { lost } = feature;
  if (lost) return { x: Number.NaN, y: Number.NaN, confidence: 0, standardError: Number.NaN, lost };
  const onEdge = feature.inward === null ? 0 : EDGE_DOUBT * feature.farthest;
  const doubt = feature.ambiguity / 2 + feature.unevenness + onEdge * onEdge;
  const variance = (place.varianceX + place.varianceY) / 2 + doubt;
  const standing = Math.max(0, 1 - feature.excess);
  return {
    x: place.x + bounds.left,
    y: place.y + bounds.top,
    confidence: standing / (1 + variance),
    standardError: Math.sqrt(variance),
    lost,
  };
}
