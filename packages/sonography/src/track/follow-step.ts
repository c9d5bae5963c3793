import type { Feature } from './feature.ts';
import { matchVariance } from './match-variance.ts';
import type { Matcher, Window } from './match-windows.ts';
import { type Say, smoothField } from './smooth-field.ts';

/** Coarsest level of the search from frame to frame: 8 px of a fine pixel each. */
const COARSEST = 3;
/** There and back must end so near, as a share of the speckle's grain, and no farther than so many px at most… */
const CLOSURE_OF_GRAIN = 0.4;
const MOST_CLOSURE = 3;
/** …and windows must resemble each other so much, to be believed. */
const LEAST_CORRELATION = 0.35;
/**
 * Neighbours that drift apart beyond their common deformation, by so many px and this share of all that they moved
 * against each other, belong to different tissue.
 */
const APART_PX = 1.5;
const APART_SHARE = 0.1;
/** Neighbours this near share much of a feature's window; where more than so many of them parted, it saw two tissues. */
const BESIDE_PX = 14;
const MOST_PARTED = 0.3;
/** The feature's own say in that: neighbours far away say nothing of its window. */
const BESIDE_ALONE = 0.3;

/** Moves every feature that is not lost from the previous frame to the current one. */
export function followStep(
  features: readonly Feature[],
  matcher: Matcher,
  previous: number,
  current: number,
): void {
  const seen = features.filter(({ lost }) => !lost);
  for (const { forward, place } of seen) aim(forward, place.x, place.y, place.x, place.y);
  matcher.match(
    seen.map(({ forward }) => forward),
    previous,
    current,
    COARSEST,
  );
  // The way back begins as if nothing had moved.
  for (const { forward, backward } of seen) aim(backward, forward.x, forward.y, forward.x, forward.y);
  matcher.match(
    seen.map(({ backward }) => backward),
    current,
    previous,
    COARSEST,
  );
  for (const feature of features) measure(feature);
  const says: Say[] = features.map((feature) => ({ feature, value: feature.step, good: feature.good }));
  for (const feature of seen) feature.agreement = smoothField(says, feature.id, feature.smoothed);
  for (const feature of seen) {
    const { place, smoothed } = feature;
    if (!Number.isFinite(smoothed.varianceX + smoothed.varianceY)) continue;
    place.x += smoothed.x;
    place.y += smoothed.y;
    place.varianceX += smoothed.varianceX;
    place.varianceY += smoothed.varianceY;
    feature.farthest = Math.max(
      feature.farthest,
      Math.hypot(place.x - feature.homeX, place.y - feature.homeY),
    );
  }
  for (const feature of seen) watchNeighbours(feature);
}

function aim(window: Window, fromX: number, fromY: number, x: number, y: number): void {
  window.fromX = fromX;
  window.fromY = fromY;
  window.x = x;
  window.y = y;
}

function measure(feature: Feature): void {
  const { forward, backward, place, step } = feature;
  feature.good = false;
  if (feature.lost) return;
  const closure = Math.hypot(backward.x - place.x, backward.y - place.y);
  feature.correlation = forward.found ? forward.correlation : 0;
  feature.good =
    feature.inward === null &&
    forward.found &&
    backward.found &&
    closure < mostClosure(forward) &&
    forward.correlation > LEAST_CORRELATION;
  const variance = matchVariance(forward);
  // What there and back differ by is the least that either may be wrong by.
  const doubt = (closure * closure) / 4;
  step.x = forward.x - place.x;
  step.y = forward.y - place.y;
  step.varianceX = variance.x + doubt;
  step.varianceY = variance.y + doubt;
}

function mostClosure({ variance, gxx, gyy }: Window): number {
  const grain = Math.sqrt(variance / Math.max(1e-6, Math.sqrt(gxx * gyy)));
  return Math.min(MOST_CLOSURE, Math.max(0.8, CLOSURE_OF_GRAIN * grain));
}

/** Remembers neighbours that parted: the distance between the two, less the deformation all around, since home. */
function watchNeighbours(feature: Feature): void {
  const { place, links } = feature;
  let [hxx, hxy, hyy] = [100, 0, 100];
  let [pxx, pxy, pyx, pyy] = [100, 0, 0, 100];
  for (const { other, nearness, together } of links) {
    if (other.lost) continue;
    const w = nearness * together;
    const hx = other.homeX - feature.homeX;
    const hy = other.homeY - feature.homeY;
    const px = other.place.x - place.x;
    const py = other.place.y - place.y;
    hxx += w * hx * hx;
    hxy += w * hx * hy;
    hyy += w * hy * hy;
    pxx += w * px * hx;
    pxy += w * px * hy;
    pyx += w * py * hx;
    pyy += w * py * hy;
  }
  const det = hxx * hyy - hxy * hxy;
  const xx = (pxx * hyy - pxy * hxy) / det;
  const xy = (pxy * hxx - pxx * hxy) / det;
  const yx = (pyx * hyy - pyy * hxy) / det;
  const yy = (pyy * hxx - pyx * hxy) / det;
  let close = BESIDE_ALONE;
  let parted = 0;
  let square = 0;
  for (const link of links) {
    const { other } = link;
    if (other.lost) continue;
    const hx = other.homeX - feature.homeX;
    const hy = other.homeY - feature.homeY;
    const rx = other.place.x - place.x - xx * hx - xy * hy;
    const ry = other.place.y - place.y - yx * hx - yy * hy;
    const noise = place.varianceX + place.varianceY + other.place.varianceX + other.place.varianceY;
    const moved = Math.hypot(other.place.x - place.x - hx, other.place.y - place.y - hy);
    const allowed = (APART_PX + APART_SHARE * moved) ** 2 + 4 * noise;
    const apart = (rx * rx + ry * ry) / allowed;
    link.together = Math.min(link.together, 1 / (1 + apart * apart));
    const beside = Math.exp(-(hx * hx + hy * hy) / (2 * BESIDE_PX * BESIDE_PX));
    close += beside;
    if (link.together < 0.3) {
      parted += beside;
      square += beside * (rx * rx + ry * ry);
    }
  }
  const share = parted / close;
  feature.ambiguity = feature.inward === null && share > MOST_PARTED ? (share * square) / parted : 0;
}
