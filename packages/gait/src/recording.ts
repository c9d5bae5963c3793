import type { PlateLoads } from '@rectus/c3d';
import type { MarkerSetMatch } from './marker-sets/detect.ts';
import type { MarkerSet } from './marker-sets/marker-set.ts';

/** A marker's path: x, y and z of frame `f` at `3 f`, in millimetres; NaN while it was not seen. */
export type Path = Float64Array;

/** What the model needs of a trial. Lengths in millimetres, the lab's z upwards. */
export interface Recording {
  readonly rateHz: number;
  readonly frames: number;
  /** The time of the first frame in seconds; events are told on the same scale. */
  readonly firstTimeS: number;
  readonly markers: ReadonlyMap<string, Path>;
  readonly plates: readonly Plate[];
  readonly events: readonly VendorEvent[];
  /** How the markers were named in the file; without it they are those of the conventional set. */
  readonly markerSet?: RecordedMarkerSet;
  /** Markers that stood at exactly 0, 0, 0 in some frames, where they count as not seen. */
  readonly atOrigin?: readonly string[];
}

export type MarkerClusters = NonNullable<MarkerSet['clusters']>;

/** The marker set of a recording as the file fills it. */
export interface RecordedMarkerSet extends MarkerSetMatch {
  /** As in the set, under the names of the recording. */
  readonly clusters: MarkerClusters;
}

export interface Plate extends PlateLoads {
  /** Four corners of the surface, x y z of each, in millimetres. */
  readonly cornersMm: readonly number[];
}

/** An event that the recording brought with it. */
export interface VendorEvent {
  readonly side: 'left' | 'right';
  readonly kind: 'foot-strike' | 'foot-off';
  readonly timeS: number;
}

/** Where a marker is in a frame. */
export function at(path: Path, frame: number): readonly [number, number, number] {
  return [
    path[3 * frame] ?? Number.NaN,
    path[3 * frame + 1] ?? Number.NaN,
    path[3 * frame + 2] ?? Number.NaN,
  ];
}
