import { type Estimate, estimate, type Feature, type Link } from './feature.ts';
import { excessOfVoices, type Say, smoothField } from './smooth-field.ts';

/** Wide neighbours reach so far, px, and count by distance. */
const REACH_PX = 260;
const NEAR_PX = 140;
/** They stand so far apart: nearer ones were smoothed together already and tell nothing new. */
const SPACING_PX = 40;
const MOST_LINKS = 60;
const LEAST_LINKS = 8;
/**
 * Errors of places that were smoothed over the same neighbours are one error: within this share of the circle in which
 * those stand, of this radius at most and a window's at least, px.
 */
const SHARED_SHARE = 0.42;
const MOST_SHARED = 65;
const LEAST_SHARED = 27;
const LEAST_AGREEMENT = 0.3;
/** Variances are told from windows and steps: residuals up to so many times as large are still no layer. */
const PATIENCE = 4;
/** How strongly neighbours that do not lie in an affine field speak against it. */
const AGAINST = 4;
/** And what its own window saw of layers that slide. */
const AGAINST_LAYERS = 20;
/** No place is surer than this, px². */
const FLOOR = 0.01 ** 2;

/** For each of the first so many features its neighbours far and wide, none beside another; none for marks on edges. */
export function wideNeighbours(features: readonly Feature[], count: number): Link[][] {
  const voices = features.filter(({ inward }) => inward === null);
  return features.slice(0, count).map((feature) => {
    if (feature.inward) return [];
    const near = voices
      .map((other) => ({ other, distance: distanceBetween(feature, other) }))
      .filter(({ other, distance }) => other !== feature && distance <= REACH_PX)
      .sort((one, two) => one.distance - two.distance || one.other.id - two.other.id);
    const links: Link[] = [];
    for (const { other, distance } of near) {
      if (links.length >= MOST_LINKS) break;
      if (links.some((link) => distanceBetween(link.other, other) < SPACING_PX)) continue;
      const nearness = Math.exp(-(distance * distance) / (2 * NEAR_PX * NEAR_PX));
      links.push({ other, nearness, together: 1 });
    }
    return links;
  });
}

function distanceBetween(one: Feature, other: Feature): number {
  return Math.hypot(one.homeX - other.homeX, one.homeY - other.homeY);
}

/**
 * Where the features are, by all that moved since the first frame far and wide: errors of single steps add up as
 * chance does, but what tissue itself does differently grows steadily, and so the whole displacement tells homogeneous
 * tissue, where wide pooling is right, from layers that slide, where a place stays its own. Nothing is fed back.
 */
export function poolWidely(features: readonly Feature[], wide: readonly (readonly Link[])[]): Estimate[] {
  const says = features.map(displacementOf);
  return wide.map((links, index) => {
    const feature = features[index] as Feature;
    if (feature.lost || links.length < LEAST_LINKS) return feature.place;
    const field = estimate();
    const agreement = smoothField(says, index, field, { links, area: sharedArea(feature) });
    if (!(agreement > LEAST_AGREEMENT && Number.isFinite(field.varianceX + field.varianceY)))
      return feature.place;
    return drawnBack(feature, says[index] as Say, field);
  });
}

function sharedArea(feature: Feature): number {
  const farthest = feature.links.at(-1)?.other ?? feature;
  const radius = Math.min(MOST_SHARED, Math.max(LEAST_SHARED, distanceBetween(feature, farthest)));
  return SHARED_SHARE * Math.PI * radius * radius;
}

function displacementOf(feature: Feature): Say {
  const { place, homeX, homeY, lost, inward, ambiguity } = feature;
  const value = {
    x: place.x - homeX,
    y: place.y - homeY,
    varianceX: place.varianceX + ambiguity / 2 + FLOOR,
    varianceY: place.varianceY + ambiguity / 2 + FLOOR,
  };
  return { feature, value, good: !lost && inward === null };
}

/** The field's place, drawn back to the feature's own by as much as it or its neighbours speak against the field. */
function drawnBack(feature: Feature, { value }: Say, field: Estimate): Estimate {
  const { place, homeX, homeY } = feature;
  const ownX = value.x - field.x;
  const ownY = value.y - field.y;
  const own = Math.max((ownX * ownX) / value.varianceX, (ownY * ownY) / value.varianceY);
  const usual = (value.varianceX + value.varianceY) / 2;
  const around = (AGAINST * excessOfVoices() + AGAINST_LAYERS * feature.unevenness) / usual;
  const against = Math.max(0, own - PATIENCE) + around;
  const share = against / (1 + against);
  return {
    x: homeX + field.x + share * ownX,
    y: homeY + field.y + share * ownY,
    varianceX: field.varianceX + share * (place.varianceX - field.varianceX),
    varianceY: field.varianceY + share * (place.varianceY - field.varianceY),
  };
}
