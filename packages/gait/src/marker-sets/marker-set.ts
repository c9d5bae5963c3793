import { bothSides, type Side, type Sided } from '../side.ts';

const LEG_MARKERS = ['THI', 'KNE', 'KNM', 'TIB', 'ANK', 'MED', 'HEE', 'TOE'] as const;
type LegMarker = (typeof LEG_MARKERS)[number];

/**
 * The markers that the model knows. Legs, with L or R in front: THI and TIB are wands on thigh and shank, KNE and ANK lie
 * on the outer side of knee and ankle, KNM and MED on the inner side, HEE on the heel, TOE over the second metatarsal.
 */
export type ModelMarker =
  | 'LASI'
  | 'RASI'
  | 'LPSI'
  | 'RPSI'
  | 'SACR'
  | 'CLAV'
  | 'C7'
  | 'STRN'
  | 'T10'
  | `${'L' | 'R'}${LegMarker}`;

const LEGS = (['L', 'R'] as const).flatMap((prefix) =>
  LEG_MARKERS.map((name) => `${prefix}${name}` as const),
);
export const MODEL_MARKERS: readonly ModelMarker[] = [
  ...['LASI', 'RASI', 'LPSI', 'RPSI', 'SACR', 'CLAV', 'C7', 'STRN', 'T10'],
  ...LEGS,
] as readonly ModelMarker[];

export const CLUSTER_SEGMENTS = ['leftThigh', 'rightThigh', 'leftShank', 'rightShank'] as const;
export type ClusterSegment = (typeof CLUSTER_SEGMENTS)[number];

export const MARKER_SET_FORMAT = 'rectus-marker-set';
export const MARKER_SET_VERSION = 1;

/** How a laboratory places and names its markers: plain data that can be kept as JSON. */
export interface MarkerSet {
  readonly format: typeof MARKER_SET_FORMAT;
  readonly version: typeof MARKER_SET_VERSION;
  readonly id: string;
  readonly name: string;
  /**
   * Where the centres and axes of knee and ankle come from. `wands`: from THI and TIB, the outer marker and the joint's
   * measured width, as the conventional model does. `medial`: from the middle of the outer and the inner marker.
   */
  readonly joints: 'wands' | 'medial';
  /** The label of each of the model's markers in the files, without the subject's prefix; of several the first that is seen. */
  readonly markers: Readonly<Partial<Record<ModelMarker, string | readonly string[]>>>;
  /**
   * Three or more markers that stay on a segment. They carry the knee's markers (of a thigh) or the ankle's (of a shank)
   * into a walk in which those were taken off, from where they lay in the standing trial.
   */
  readonly clusters?: Readonly<Partial<Record<ClusterSegment, readonly string[]>>>;
}

/** The labels of a marker in the order in which they are looked for. */
export function labelsOf(set: MarkerSet, marker: ModelMarker): readonly string[] {
  const labels = set.markers[marker];
  return labels === undefined ? [] : typeof labels === 'string' ? [labels] : labels;
}

/** The legs' markers that a set cannot do without, and those of them that a cluster may carry. */
export function legMarkersOf(set: Pick<MarkerSet, 'joints'>): Sided<readonly ModelMarker[]> {
  const names: readonly LegMarker[] =
    set.joints === 'wands' ? ['THI', 'KNE', 'TIB', 'ANK', 'TOE'] : ['KNE', 'KNM', 'ANK', 'MED', 'TOE'];
  return bothSides((side) => names.map((name) => `${prefixOf(side)}${name}` as const));
}

/** The markers that each segment's cluster can carry. */
export const CARRIED: Readonly<Record<ClusterSegment, readonly ModelMarker[]>> = {
  leftThigh: ['LKNE', 'LKNM'],
  rightThigh: ['RKNE', 'RKNM'],
  leftShank: ['LANK', 'LMED'],
  rightShank: ['RANK', 'RMED'],
};

export function prefixOf(side: Side): 'L' | 'R' {
  return side === 'left' ? 'L' : 'R';
}
