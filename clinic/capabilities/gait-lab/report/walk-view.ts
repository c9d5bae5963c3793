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
  /** Strides unlike the others: shown, and not in the mean. NaN where a value is not known. */
  readonly outliers: readonly (readonly number[])[];
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
  readonly citation: string;
  readonly caveats: readonly string[];
}

/** One line of the table of steps and times. */
export interface StepRow extends Sided<number | null> {
  readonly name: string;
  readonly unit: string;
  readonly digits: number;
  /** One number stands for both sides: their mean is in both. */
  readonly shared: boolean;
  readonly norm: { readonly mean: number; readonly sd: number } | null;
  readonly earlier: Sided<number | null> | null;
  /** Sides whose change exceeds the spread of the strides. */
  readonly changed: readonly Side[];
  readonly symmetryPercent: number | null;
}

/** A single number of a curve, in degrees, with its spread from stride to stride. */
export interface KeyAngleView {
  readonly name: string;
  readonly sides: Sided<{ readonly mean: number; readonly sd: number | null } | null>;
  readonly norm: { readonly least: number; readonly greatest: number } | null;
  readonly earlier: Sided<number | null> | null;
  /** How far two sessions may differ without a change; null where nothing is published. */
  readonly errorDeg: number | null;
}

/** One pair of bars of the movement analysis profile, in degrees. */
export interface ProfileBar extends Sided<number> {
  readonly name: string;
  /** How far people of the reference are from their own mean, root mean square; null where it is not known. */
  readonly reference: number | null;
}

/** The overall scores; null where what they need is not installed. */
export interface ScoresView {
  readonly gdi: Sided<number> | null;
  readonly gps: (Sided<number> & { readonly overall: number }) | null;
  readonly earlierGdi: Sided<number> | null;
  readonly earlierGps: Sided<number> | null;
  /** The nine curves, then the profile score. */
  readonly profile: readonly ProfileBar[];
  /** Of whom the references are, for the foot of the plot. */
  readonly gdiNorms: NormsView | null;
  readonly gpsNorms: NormsView | null;
}

/** A curve that changed since the earlier session, by the most in the cycle. */
export interface ChangeView {
  readonly curve: string;
  readonly side: Side;
  readonly difference: number;
  readonly unit: Unit;
  readonly atPercent: number;
  /** The difference exceeds the published error; or no error is known and only the strides tell. */
  readonly verdict: 'beyond-error' | 'error-not-known';
}

export interface EarlierView {
  /** When it was walked, as the page writes it. */
  readonly day: string;
  readonly changes: readonly ChangeView[];
  /** How many angles, left and right apart, were measured in both sessions with a published error. */
  readonly compared: number;
  /** Of how many that either session has. */
  readonly of: number;
  readonly caveats: readonly string[];
}

/** One stride of the session, counted or not. */
export interface StrideRow {
  readonly trial: string;
  readonly side: Side;
  readonly startS: number;
  /** Null for a stride that the recording does not hold to its end. */
  readonly endS: number | null;
  readonly footOffPercent: number | null;
  /** Where its first foot strike comes from, in words; null where that is not known. */
  readonly strike: string | null;
  readonly fate: 'counted' | 'outlier' | 'excluded';
  /** Why it is not counted. */
  readonly why: string | null;
}

/** Everything that a page about a walk shows, without any name. */
export interface WalkView {
  readonly model: string;
  readonly curves: readonly CurveView[];
  readonly keyAngles: readonly KeyAngleView[];
  readonly footOffPercent: Sided<number | null>;
  readonly strides: Sided<number>;
  readonly trials: number;
  readonly norms: NormsView | null;
  readonly errorSource: string;
  readonly steps: readonly StepRow[];
  readonly scores: ScoresView;
  readonly earlier: EarlierView | null;
  /** Every stride that was found, trial by trial. */
  readonly strideRows: readonly StrideRow[];
  /** Remarks about the measurement: gaps filled, strides left out. */
  readonly notes: readonly string[];
}
