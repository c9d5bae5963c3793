import type { Plane, Side, Sided, Unit } from '@rectus/gait';

/** Two edges about a curve, 101 values each. */
export interface BandView {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** The mean cycle of one side. */
export interface SideCurve {
  readonly mean: readonly number[];
  /** One standard deviation from stride to stride; null of a single stride. */
  readonly strides: BandView | null;
  /** The mean of an earlier session. */
  readonly earlier: readonly number[] | null;
  /** Where this session differs from the earlier one by more than error, in per cent of the cycle. */
  readonly changed: readonly { readonly fromPercent: number; readonly toPercent: number }[];
}

/** One curve of the report as it is drawn. */
export interface CurveView extends Sided<SideCurve | null> {
  readonly id: string;
  readonly name: string;
  readonly unit: Unit;
  readonly positive: string;
  readonly negative: string;
  readonly plane: Plane | null;
  /** The mean of the norms with one standard deviation to each side. */
  readonly norm: (BandView & { readonly mean: readonly number[] }) | null;
  /** How far another session could lie without any change; null where nothing is published. */
  readonly errorDeg: number | null;
}

/** Whom the norm bands are of, and everything that speaks against the comparison. */
export interface NormsView {
  readonly name: string;
  readonly population: string;
  readonly simulated: boolean;
  readonly caveats: readonly string[];
}

/** One line of the table of steps and times. */
export interface StepRow extends Sided<number | null> {
  readonly name: string;
  readonly unit: string;
  readonly digits: number;
  /** The same in both sides, so that one number stands for them. */
  readonly shared: boolean;
  readonly earlier: Sided<number | null> | null;
  /** Sides whose change exceeds the spread of the strides. */
  readonly changed: readonly Side[];
  readonly symmetryPercent: number | null;
}

/** One pair of bars of the movement analysis profile, in degrees. */
export interface ProfileBar extends Sided<number> {
  readonly name: string;
}

/** The overall scores; null where what they need is not installed. */
export interface ScoresView {
  readonly gdi: Sided<number> | null;
  readonly gps: (Sided<number> & { readonly overall: number }) | null;
  readonly profile: readonly ProfileBar[];
  /** Of whom the reference is, for the foot of the plot. */
  readonly reference: string | null;
}

/** A curve that changed since the earlier session by more than the error, in words. */
export interface ChangeView {
  readonly curve: string;
  readonly side: Side;
  readonly difference: number;
  readonly unit: Unit;
  readonly atPercent: number;
  readonly verdict: 'beyond-error' | 'error-not-known';
}

export interface EarlierView {
  /** When it was walked, as the page writes it. */
  readonly day: string;
  readonly changes: readonly ChangeView[];
  readonly caveats: readonly string[];
}

/** Everything that a page about a walk shows, without any name. */
export interface WalkView {
  readonly curves: readonly CurveView[];
  readonly footOffPercent: Sided<number | null>;
  readonly strides: Sided<number>;
  readonly trials: number;
  readonly speedMPerS: number | null;
  readonly norms: NormsView | null;
  readonly steps: readonly StepRow[];
  readonly scores: ScoresView;
  readonly earlier: EarlierView | null;
  /** Remarks about the measurement: gaps filled, strides left out. */
  readonly remarks: readonly string[];
}
