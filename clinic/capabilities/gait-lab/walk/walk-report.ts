import type { GaitVariableScores, MeanAndSd, Sided, SpatioTemporalName } from '@rectus/gait';
import type { MotionData } from '../viewer/motion.ts';

/** The mean cycle of one side: 101 values from 0 to 100 %. */
export interface StoredCurve {
  readonly n: number;
  readonly mean: readonly number[];
  /** From stride to stride; null of a single one. */
  readonly sd: readonly number[] | null;
}

/** The norm bands that fitted best when the walk was worked through, with what speaks against the comparison. */
export interface StoredNorms {
  readonly name: string;
  readonly population: string;
  readonly simulated: boolean;
  readonly citation: string;
  readonly caveats: readonly string[];
  /** By the id of the variable: 101 values each, and one standard deviation to each side. */
  readonly curves: Readonly<
    Record<string, { readonly mean: readonly number[]; readonly sd: readonly number[] }>
  >;
}

export interface StoredScores {
  /** Null where the reference is not installed or a curve is missing. */
  readonly gdi: Sided<number> | null;
  readonly map: {
    readonly gvs: Sided<GaitVariableScores>;
    readonly gps: Sided<number>;
    readonly gpsOverall: number;
  } | null;
  /** Whom the reference of the scores is of; null where none is installed. */
  readonly reference: string | null;
}

export type StoredSteps = Readonly<
  Record<
    SpatioTemporalName,
    Sided<(Omit<MeanAndSd, 'sd'> & { readonly sd: number | null }) | null> & {
      readonly symmetryIndexPercent: number | null;
    }
  >
>;

/** What a run found in the files of one session: plain values only, so that it can be kept as JSON. No name is in it. */
export interface WalkReport {
  readonly trials: readonly { readonly name: string; readonly strides: Sided<number> }[];
  readonly conditions: {
    readonly footwear: string;
    readonly walkingAid: string;
    readonly speedMPerS: number | null;
  };
  readonly footOffPercent: Sided<number | null>;
  /** By the id of the variable. */
  readonly curves: Readonly<Record<string, Sided<StoredCurve | null>>>;
  readonly steps: StoredSteps;
  readonly norms: StoredNorms | null;
  readonly scores: StoredScores;
  /** What a reader must know of the measurement: strides left out, gaps filled. In words. */
  readonly remarks: readonly string[];
  /** The trial that is shown in space. */
  readonly motion: MotionData;
}
