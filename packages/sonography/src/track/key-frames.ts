import type { Feature } from './feature.ts';

/** A frame that is kept so that later ones can be laid against it: where every feature was, and how surely. */
export interface KeyFrame {
  readonly pyramid: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly varianceX: Float64Array;
  readonly varianceY: Float64Array;
  /** 1 where the feature was seen. */
  readonly seen: Uint8Array;
}

/** Keeps the first frame, frames spread over the phases of the motion, and a recent one. */
export interface KeyFrames {
  readonly all: () => readonly KeyFrame[];
  /** The key frame in which tissue lay most like now; undefined where nothing is seen now. */
  readonly nearest: (features: readonly Feature[]) => KeyFrame | undefined;
  /** Keeps this frame where tissue lies as in no key frame before; copies its pyramid by `copy`. */
  readonly consider: (features: readonly Feature[], copy: (to: number) => void) => void;
}

/** At the start a frame is kept for each so many px of motion; more when the motion is large. */
const FIRST_SPACING_PX = 3;

/** @param most how many key frames there may be, at least 2 @param reserve gives room for one pyramid */
export function keyFrames(most: number, reserve: () => number): KeyFrames {
  let keys: KeyFrame[] = [];
  const free: number[] = [];
  let spacing = FIRST_SPACING_PX;
  const nearest = (features: readonly Feature[]) => {
    let best: KeyFrame | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const key of keys) {
      const distance = distanceTo(key, features);
      if (distance < least) {
        least = distance;
        best = key;
      }
    }
    return { best, least };
  };
  return {
    all: () => keys,
    nearest: (features) => nearest(features).best,
    consider(features, copy) {
      const seen = features.filter(({ lost }) => !lost).length;
      if (keys.length > 0 && (seen < features.length / 2 || nearest(features).least < spacing)) return;
      if (keys.length >= most) {
        // Every second one goes; the first stays.
        free.push(...keys.filter((_, n) => n % 2 === 1).map(({ pyramid }) => pyramid));
        keys = keys.filter((_, n) => n % 2 === 0);
        spacing *= 2;
        if (nearest(features).least < spacing) return;
      }
      const pyramid = free.pop() ?? reserve();
      copy(pyramid);
      keys = [...keys, keep(features, pyramid)];
    },
  };
}

function keep(features: readonly Feature[], pyramid: number): KeyFrame {
  const of = (value: (feature: Feature) => number) => Float64Array.from(features, value);
  return {
    pyramid,
    x: of(({ place }) => place.x),
    y: of(({ place }) => place.y),
    varianceX: of(({ place }) => place.varianceX),
    varianceY: of(({ place }) => place.varianceY),
    seen: Uint8Array.from(features, ({ lost }) => (lost ? 0 : 1)),
  };
}

/** Root mean square distance of the features now from where they were, px; infinite where too few are shared. */
function distanceTo(key: KeyFrame, features: readonly Feature[]): number {
  let sum = 0;
  let shared = 0;
  let now = 0;
  for (const { id, lost, place } of features) {
    if (lost) continue;
    now += 1;
    if (key.seen[id] !== 1) continue;
    sum += (place.x - (key.x[id] as number)) ** 2 + (place.y - (key.y[id] as number)) ** 2;
    shared += 1;
  }
  return shared > 0 && shared >= now / 2 ? Math.sqrt(sum / shared) : Number.POSITIVE_INFINITY;
}
