import { estimate, type Feature } from './feature.ts';
import type { KeyFrame } from './key-frames.ts';
import type { Resemblance } from './loss.ts';
import { matchVariance } from './match-variance.ts';
import { type Matcher, windowAt } from './match-windows.ts';
import { type Say, smoothField } from './smooth-field.ts';

/** Key frames tried in each frame: the search is wide, and a lost feature can wait a frame or two. */
const TRIED = 2;
const COARSEST = 3;
const MOST_CLOSURE = 0.7;
/** A neighbourhood is back where it resembles the key frame so much, as a share of what is usual, at least. */
const SHARE_OF_USUAL = 0.75;
const LEAST_CORRELATION = 0.5;
/** And where so much of it tells one story. */
const LEAST_AGREEMENT = 0.5;

/** Looks for lost features where they were in key frames, and takes them back only when their surroundings are back. */
export function findAgain(
  keys: readonly KeyFrame[],
  features: readonly Feature[],
  matcher: Matcher,
  current: number,
  { usual }: Resemblance,
  frame: number,
): void {
  const lost = features.filter((feature) => feature.lost);
  if (lost.length === 0) return;
  const needed = Math.max(LEAST_CORRELATION, SHARE_OF_USUAL * Math.exp(-usual));
  for (let n = 0; n < Math.min(TRIED, keys.length); n++) {
    const key = keys[(frame * TRIED + n) % keys.length] as KeyFrame;
    const still = lost.filter((feature) => feature.lost && key.seen[feature.id] === 1);
    if (still.length > 0) tryKey(key, still, features, matcher, current, needed);
  }
}

function tryKey(
  key: KeyFrame,
  lost: readonly Feature[],
  features: readonly Feature[],
  matcher: Matcher,
  current: number,
  needed: number,
): void {
  const there = lost.map(({ id }) => windowAt(key.x[id] as number, key.y[id] as number));
  matcher.match(there, key.pyramid, current, COARSEST);
  const back = there.map(({ x, y }) => windowAt(x, y));
  matcher.match(back, current, key.pyramid, COARSEST);
  const says: Say[] = features.map((feature) => ({ feature, value: estimate(), good: false }));
  const correlation = new Float64Array(features.length);
  lost.forEach((feature, n) => {
    const [one, other] = [there[n], back[n]];
    if (!one || !other) return;
    const closure = Math.hypot(other.x - one.fromX, other.y - one.fromY);
    const variance = matchVariance(one);
    const good =
      feature.inward === null &&
      one.found &&
      other.found &&
      closure < MOST_CLOSURE &&
      one.correlation > LEAST_CORRELATION * 0.8;
    correlation[feature.id] = one.found ? one.correlation : 0;
    const value = {
      x: one.x - one.fromX,
      y: one.y - one.fromY,
      varianceX: variance.x,
      varianceY: variance.y,
    };
    says[feature.id] = { feature, value, good };
  });
  const found: { feature: Feature; x: number; y: number; varianceX: number; varianceY: number }[] = [];
  for (const feature of lost) {
    const field = estimate();
    const agreement = smoothField(says, feature.id, field) * shareThere(feature, says);
    if (agreement < LEAST_AGREEMENT || around(feature, says, correlation) < needed) continue;
    const { id } = feature;
    found.push({
      feature,
      x: (key.x[id] as number) + field.x,
      y: (key.y[id] as number) + field.y,
      varianceX: field.varianceX + (key.varianceX[id] as number),
      varianceY: field.varianceY + (key.varianceY[id] as number),
    });
  }
  for (const { feature, ...place } of found) takeBack(feature, place);
}

function takeBack(feature: Feature, place: Feature['place']): void {
  if (!Number.isFinite(place.varianceX + place.varianceY)) return;
  Object.assign(feature.place, place);
  feature.lost = false;
  feature.excess = 0;
  feature.blind = 0;
}

/** Share of the neighbourhood's weight that was found at all. */
function shareThere(feature: Feature, says: readonly Say[]): number {
  let good = says[feature.id]?.good ? 1 : 0;
  let weight = 1;
  for (const { other, nearness, together } of feature.links) {
    const w = nearness * together;
    weight += w;
    if (says[other.id]?.good) good += w;
  }
  return good / weight;
}

function around(feature: Feature, says: readonly Say[], correlation: Float64Array): number {
  let sum = correlation[feature.id] as number;
  let weight = 1;
  for (const { other, nearness, together } of feature.links) {
    if (!says[other.id]?.good) continue;
    const w = nearness * together;
    sum += w * (correlation[other.id] as number);
    weight += w;
  }
  return sum / weight;
}
