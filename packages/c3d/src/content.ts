import type { C3dEvent } from './events.ts';
import type { ForcePlate } from './force-plates.ts';
import type { Storage } from './layout.ts';
import type { ParameterGroup } from './parameters.ts';
import type { Processor } from './processor.ts';
import type { Rotations } from './rotations.ts';
import type { Warning } from './warnings.ts';

/**
 * Named curves of three components over all frames. The arrays hold one point after the other: component `axis` of
 * point `p` at frame `f` is `values[(p * frames + f) * 3 + axis]`, its residual `residuals[p * frames + f]`.
 */
export interface PointSet {
  readonly labels: readonly string[];
  readonly descriptions: readonly string[];
  /** The place of each point among all points of the file, counted from 0. */
  readonly fileIndices: readonly number[];
  readonly frames: number;
  /** NaN in all three components where the point was not measured. */
  readonly values: Float64Array;
  /** In the unit of the file; -1 where the point was not measured. */
  readonly residuals: Float32Array;
  /** The cameras that saw the point, one bit for each of the first seven. */
  readonly cameras: Uint8Array;
}

/** Measured or reconstructed positions, in the file's own unit of length. */
export interface Markers extends PointSet {
  /** The unit as the file writes it, '' where it does not. */
  readonly unit: string;
  /** What to multiply by for millimetres; null where the unit is missing or not known. */
  readonly mmPerUnit: number | null;
}

export type OutputKind = 'angle' | 'moment' | 'power' | 'force' | 'scalar' | 'other';

/** What a model computed and the program stored as if it were points; never to be scaled or turned as positions are. */
export interface ModelOutputs extends PointSet {
  readonly kind: OutputKind;
  /** The parameter of POINT that lists them, such as ANGLES. */
  readonly group: string;
  /** The unit as the file writes it, '' where it does not. */
  readonly unit: string;
}

/** Analog channels, scaled. Sample `i` of channel `c` is `values[c * samples + i]`. */
export interface Analog {
  readonly rateHz: number;
  readonly samplesPerFrame: number;
  /** Samples of each channel in the whole file. */
  readonly samples: number;
  readonly labels: readonly string[];
  readonly descriptions: readonly string[];
  /** Each channel's unit as the file writes it, '' where it does not. */
  readonly units: readonly string[];
  /** (stored − offset) × scale × general scale. */
  readonly values: Float64Array;
  readonly generalScale: number;
  readonly scales: readonly number[];
  readonly offsets: readonly number[];
  /** Whether stored 16-bit numbers and offsets count from 0 to 65535. */
  readonly unsigned: boolean;
}

/** What a C3D file holds. */
export interface C3dContent {
  readonly rateHz: number;
  /** The number that the first stored frame bore in the recording, counted from 1; time 0 is frame 1. */
  readonly firstFrame: number;
  readonly frames: number;
  /** The length of one step of an integer coordinate and of one step of a residual. */
  readonly scale: number;
  readonly markers: Markers;
  readonly modelOutputs: readonly ModelOutputs[];
  readonly analog: Analog;
  readonly events: readonly C3dEvent[];
  readonly forcePlates: readonly ForcePlate[];
  readonly rotations: Rotations | null;
  /** Every group and parameter, those included from which the rest was read. */
  readonly groups: readonly ParameterGroup[];
}

/** A file as it was read: its content, its form, and what was wrong with it. */
export interface C3dFile extends C3dContent {
  readonly processor: Processor;
  readonly storage: Storage;
  readonly warnings: readonly Warning[];
}

/** One point's curves, as views into its set: `xyz` has three components a frame. */
export interface Trajectory {
  readonly xyz: Float64Array;
  readonly residuals: Float32Array;
  readonly cameras: Uint8Array;
}

/** The place of a label in a set or among channels, with or without the subject's prefix (`Ana:LASI`); -1 if none. */
export function indexOfLabel({ labels }: { readonly labels: readonly string[] }, label: string): number {
  const exact = labels.indexOf(label);
  return exact >= 0 ? exact : labels.findIndex((one) => one.slice(one.indexOf(':') + 1) === label);
}

/** The curves of the point at an index, without copying. */
export function trajectoryAt(set: PointSet, index: number): Trajectory {
  const [from, to] = [index * set.frames, (index + 1) * set.frames];
  return {
    xyz: set.values.subarray(3 * from, 3 * to),
    residuals: set.residuals.subarray(from, to),
    cameras: set.cameras.subarray(from, to),
  };
}

/** The curves of a point by its label, or null if the set has none of that name. */
export function trajectoryOf(set: PointSet, label: string): Trajectory | null {
  const index = indexOfLabel(set, label);
  return index < 0 ? null : trajectoryAt(set, index);
}

/** The samples of the channel at an index, without copying. */
export function channelAt(analog: Analog, index: number): Float64Array {
  return analog.values.subarray(index * analog.samples, (index + 1) * analog.samples);
}

/** The time in seconds of a stored frame, counted from 0: events are timed on the same scale. */
export function timeOfFrameS(content: Pick<C3dContent, 'firstFrame' | 'rateHz'>, frame: number): number {
  return (content.firstFrame - 1 + frame) / content.rateHz;
}
