import type { Feature } from './feature.ts';
import type { PyramidStore } from './pyramid.ts';

/** How much one frame of this clip resembles the next, as −ln of the correlation; learnt while it goes well. */
export interface Resemblance {
  readonly recent: number[];
  /** What is usual; it starts as the first frames have it. */
  usual: number;
}

export function resemblanceOf(): Resemblance {
  return { recent: [], usual: 0.1 };
}

/** Frames over which the usual resemblance is learnt. */
const MEMORY = 25;
/** No clip is called usual that resembles itself less than this: a correlation of 0.45. */
const MOST_USUAL = 0.8;
/** Losing more than the usual by this factor and this much is suspicious, and adds up until it is a loss. */
const FACTOR = 1.6;
const SLACK = 0.08;
/** While neighbours agree and there and back close, faster motion may cost more: a correlation of 0.5. */
const COHERENT = 0.7;
/** Gathered excess at which a feature is lost: a sum over frames of −ln of correlation. */
const LOST_AT = 0.7;
/** Where so much of everything is lost, the probe has left the plane: what else has changed unusually is lost too. */
const WHOLE_PLANE = 0.5;
/** Frames without a match of its own or of its neighbours. */
const MOST_BLIND = 2;

/** Decides which features are lost, from how much their neighbourhood changed beyond what is usual for the clip. */
export function judgeLoss(
  features: readonly Feature[],
  resemblance: Resemblance,
  store: PyramidStore,
  mostErrorPx: number,
): void {
  const width = store.bounds.right - store.bounds.left;
  const height = store.bounds.bottom - store.bounds.top;
  const seen = features.filter(({ lost }) => !lost);
  for (const feature of seen) feature.around = aroundOf(feature);
  learn(seen, resemblance);
  const usual = FACTOR * resemblance.usual + SLACK;
  for (const feature of seen) {
    const { place } = feature;
    const coherence = coherenceOf(feature);
    const allowed = Math.max(usual, coherence > 0.6 ? COHERENT : 0);
    const lost = -Math.log(Math.max(0.05, feature.around));
    feature.excess = Math.max(0, feature.excess + lost - allowed);
    feature.blind = feature.good || coherence > 0.3 ? 0 : feature.blind + 1;
    const outside = !(place.x >= 0 && place.y >= 0 && place.x <= width && place.y <= height);
    const unsure = !(place.varianceX + place.varianceY + feature.ambiguity < 2 * mostErrorPx * mostErrorPx);
    feature.lost = outside || unsure || isFaded(feature);
  }
  const gone = features.filter((feature) => feature.lost && isFaded(feature)).length;
  if (gone < WHOLE_PLANE * features.length) return;
  for (const feature of seen) {
    if (-Math.log(Math.max(0.05, feature.around)) <= usual) continue;
    feature.lost = true;
    feature.excess = Math.max(feature.excess, LOST_AT);
  }
}

/** Whether what a feature shows has become another picture: not so where it only became unclear to whom it belongs. */
function isFaded({ excess, blind }: Feature): boolean {
  return excess >= LOST_AT || blind >= MOST_BLIND;
}

/** Mean correlation of the feature and the neighbours that move with it. */
function aroundOf(feature: Feature): number {
  // A mark on an edge has no window of its own to speak of.
  const own = feature.inward === null ? 1 : 0;
  let sum = own * feature.correlation;
  let weight = own;
  for (const { other, nearness, together } of feature.links) {
    if (other.lost) continue;
    const w = nearness * together;
    sum += w * other.correlation;
    weight += w;
  }
  return weight > 0 ? sum / weight : 0;
}

/** A mark on an edge is carried by at least so many neighbours. */
const LEAST_CARRIERS = 3;

/** Share of the neighbourhood that was matched well, times how far it agrees. */
function coherenceOf(feature: Feature): number {
  const onEdge = feature.inward !== null;
  let good = feature.good ? 1 : 0;
  let weight = onEdge ? 0 : 1;
  let carriers = 0;
  for (const { other, nearness, together } of feature.links) {
    // An edge is left behind by those of its neighbours that saw both sides of it.
    if (onEdge && other.lost) continue;
    const w = nearness * together;
    weight += w;
    if (!other.good) continue;
    good += w;
    carriers += 1;
  }
  if (onEdge && carriers < LEAST_CARRIERS) return 0;
  return weight > 0 ? (good / weight) * feature.agreement : 0;
}

function learn(seen: readonly Feature[], resemblance: Resemblance): void {
  if (seen.length === 0) return;
  const all = seen.map(({ around }) => -Math.log(Math.max(0.05, around))).sort((one, two) => one - two);
  const middle = all[all.length >> 1] as number;
  if (middle > MOST_USUAL) return;
  resemblance.recent.push(middle);
  if (resemblance.recent.length > MEMORY) resemblance.recent.shift();
  const sorted = resemblance.recent.toSorted((one, two) => one - two);
  resemblance.usual = sorted[sorted.length >> 1] as number;
}
