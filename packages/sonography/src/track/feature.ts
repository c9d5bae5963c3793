import { type Window, windowAt } from './match-windows.ts';

/** A value of two parts with the variance of each: a step, a place or a correction in px. */
export interface Estimate {
  x: number;
  y: number;
  varianceX: number;
  varianceY: number;
}

/** A neighbour whose motion speaks for a feature's own. */
export interface Link {
  readonly other: Feature;
  /** By distance at home: 1 beside it, falling with it. */
  readonly nearness: number;
  /** 1 while the two have always moved together, near 0 once something came between them (a tear, a fascia). */
  together: number;
}

/** One followed place: a mark, or a support laid around marks. Everything in px within the bounds of tracking. */
export interface Feature {
  readonly id: number;
  /** Where it was in the first frame. */
  readonly homeX: number;
  readonly homeY: number;
  /**
   * For a mark on the edge of a tissue: the direction into it, of length 1. Such a mark has no window of its own, which
   * would see both sides, but goes where the tissue on its side goes.
   */
  readonly inward: { readonly x: number; readonly y: number } | null;
  /** Where it is; where it was last seen while lost. */
  readonly place: Estimate;
  /** What this frame's matching said, before and after its neighbours were asked. */
  readonly step: Estimate;
  readonly smoothed: Estimate;
  /** Whether the step was found, agreed backwards and resembled. */
  good: boolean;
  lost: boolean;
  /** Excess of decorrelation gathered so far: see lost.ts. */
  excess: number;
  /** Frames in a row without a good match of its own or of enough neighbours. */
  blind: number;
  /** Correlation with the frame before, and the neighbourhood's. */
  correlation: number;
  around: number;
  /** What it may be wrong by because tissue around it does not move as one, px² of x and y together. */
  unevenness: number;
  /** The farthest that it has been from home, px. */
  farthest: number;
  /** What it may be wrong by because tissue parted beside it and its window saw both sides, px². */
  ambiguity: number;
  /** Share of the neighbours' weight that moves like this feature, 0 to 1. */
  agreement: number;
  readonly links: Link[];
  readonly forward: Window;
  readonly backward: Window;
}

export function featureAt(id: number, x: number, y: number, inward: Feature['inward'] = null): Feature {
  return {
    id,
    homeX: x,
    homeY: y,
    inward,
    place: { x, y, varianceX: 0, varianceY: 0 },
    step: estimate(),
    smoothed: estimate(),
    good: false,
    lost: false,
    excess: 0,
    blind: 0,
    correlation: 1,
    around: 1,
    unevenness: 0,
    farthest: 0,
    ambiguity: 0,
    agreement: 1,
    links: [],
    forward: windowAt(x, y),
    backward: windowAt(x, y),
  };
}

export function estimate(): Estimate {
  return { x: 0, y: 0, varianceX: 0, varianceY: 0 };
}

/** How many neighbours a feature asks. */
const MOST_LINKS = 32;
/** Farther neighbours move differently. */
const REACH_PX = 96;
/** How quickly nearness falls. */
const NEAR_PX = 42;

/** A mark on an edge hears more of them, and farther ones: all stand on one side. */
const MOST_EDGE_LINKS = 62;
const EDGE_REACH_PX = 130;
const EDGE_NEAR_PX = 60;

/** Links each feature to its nearest neighbours. */
export function linkNeighbours(features: readonly Feature[]): void {
  for (const feature of features) {
    const onEdge = feature.inward !== null;
    const reach = onEdge ? EDGE_REACH_PX : REACH_PX;
    const fall = onEdge ? EDGE_NEAR_PX : NEAR_PX;
    const near = features
      .map((other) => ({
        other,
        distance: Math.hypot(other.homeX - feature.homeX, other.homeY - feature.homeY),
      }))
      .filter(({ other, distance }) => other !== feature && distance <= reach)
      .filter(({ other }) => other.inward === null && isBehind(feature, other))
      .sort((one, two) => one.distance - two.distance || one.other.id - two.other.id)
      .slice(0, onEdge ? MOST_EDGE_LINKS : MOST_LINKS);
    for (const { other, distance } of near) {
      const nearness = Math.exp(-(distance * distance) / (2 * fall * fall));
      feature.links.push({ other, nearness, together: 1 });
    }
  }
}

/** Windows of neighbours lie behind an edge by so much, px: they see one side of it alone, though it is ragged. */
export const CLEAR_PX = 25;

/** Whether a neighbour lies inside of the tissue whose edge a feature marks; always, where it marks none. */
function isBehind({ inward, homeX, homeY }: Feature, other: Feature): boolean {
  if (inward === null) return true;
  return (other.homeX - homeX) * inward.x + (other.homeY - homeY) * inward.y > CLEAR_PX;
}
