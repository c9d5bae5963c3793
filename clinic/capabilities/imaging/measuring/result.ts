import type { Contraction, Phases } from '@rectus/sonography';

/** Values of one quantity, frame by frame; null where a mark was lost. */
export interface Series {
  readonly code: string;
  readonly values: readonly (number | null)[];
  /** One standard error of the value: tracking, setting the marks by hand, and the scale. */
  readonly errors: readonly (number | null)[];
  /** Without what setting the marks adds: that is the same in every frame and no part of a change. */
  readonly changeErrors: readonly (number | null)[];
}

/** A mark through the frames, px; null where it was lost. */
export interface FollowedPlace {
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
  readonly error: readonly (number | null)[];
}

/** Where the lengths come from. */
export interface ScaleUsed {
  readonly lateral: number;
  readonly axial: number;
  readonly relativeError: number;
  /** Set by a person on a known distance. */
  readonly set: boolean;
  /** Which region of the file, from 1. */
  readonly region: number;
}

export interface FoundPhases {
  readonly contractions: readonly Contraction[];
  readonly direction: Phases['direction'];
  readonly average: Phases['average'];
  readonly reason: Phases['reason'];
}

/** What following marks through a clip gave. The first of each list is frame `from`. */
export interface AnalysisResult {
  readonly from: number;
  readonly to: number;
  readonly tracked: boolean;
  readonly series: readonly Series[];
  readonly places: readonly FollowedPlace[];
  /** Frames with a value, and without. */
  readonly held: number;
  readonly lost: number;
  /** Of the first series; null of a single frame. */
  readonly phases: FoundPhases | null;
  /** The frame whose value is nearest to the median of all. */
  readonly typical: number;
  /** Null of a measure that has no length in it. */
  readonly scale: ScaleUsed | null;
}

/** Which frames stand for rest and contraction. */
export interface Chosen {
  readonly rest: number | null;
  readonly contraction: number | null;
  /** Who moved them; null while they are what the phases gave. */
  readonly by: string | null;
}

/** The value of a series in a frame of the clip, with both errors; null where there is none. */
export function valueAt(
  result: AnalysisResult,
  series: Series | undefined,
  frame: number | null,
): { value: number; standardError: number; changeError: number } | null {
  if (!series || frame === null) return null;
  const at = frame - result.from;
  const [value, standardError, changeError] = [series.values[at], series.errors[at], series.changeErrors[at]];
  if (value == null || standardError == null || changeError == null) return null;
  return { value, standardError, changeError };
}
