import type { Sided, Unit } from '@rectus/gait';
import type { BandView } from './walk-view.ts';

/** A session of the comparison. The place in the list, the oldest first, is also its line style. */
export interface ComparedSession {
  /** "A" for the oldest, and so on. */
  readonly letter: string;
  /** When it was walked, as the page writes it. */
  readonly day: string;
  /** The session that the report is about; always the last. */
  readonly isThis: boolean;
}

/** A part of the cycle in which two sessions differ by more than error. */
export interface SpanView {
  readonly fromPercent: number;
  readonly toPercent: number;
}

/** One side of a curve in all sessions. */
export interface ComparedSide {
  /** A mean cycle for each session; null where it was not measured. */
  readonly means: readonly (readonly number[] | null)[];
  /** Where this session differs from the one before, and from the first, by more than error. */
  readonly sinceLast: readonly SpanView[];
  readonly sinceFirst: readonly SpanView[];
}

export interface ComparedCurve extends Sided<ComparedSide | null> {
  readonly id: string;
  readonly name: string;
  readonly unit: Unit;
  readonly positive: string;
  readonly negative: string;
  readonly norm: (BandView & { readonly mean: readonly number[] }) | null;
  /** How far two sessions may differ without a change; null where nothing is published. */
  readonly errorDeg: number | null;
}

/** A difference between two sessions in one number. */
export interface TrendChange {
  readonly difference: number;
  /** So much it takes to be more than error; null where only the strides' spread is known. */
  readonly needs: number | null;
  /** `alike`: within the error or the spread; `beyond`: more than a published error; `spread`: more than strides vary. */
  readonly verdict: 'alike' | 'beyond' | 'spread' | 'not-known';
}

export interface TrendLine {
  /** Null where one number stands for both sides. */
  readonly side: 'left' | 'right' | null;
  /** One for each session. */
  readonly values: readonly (number | null)[];
  /** Half the length of an error bar, for each session; null where none is known. */
  readonly errors: readonly (number | null)[];
  readonly sinceLast: TrendChange | null;
  readonly sinceFirst: TrendChange | null;
}

/** One number over the sessions. */
export interface Trend {
  readonly name: string;
  readonly unit: string;
  readonly digits: number;
  readonly lines: readonly TrendLine[];
  /** One standard deviation to each side of the norms' mean. */
  readonly norm: { readonly least: number; readonly greatest: number } | null;
  /** What the bars are. */
  readonly bars: 'between-sessions' | 'strides' | null;
}

/** A session beside up to three earlier ones. */
export interface ComparisonView {
  readonly sessions: readonly ComparedSession[];
  readonly curves: readonly ComparedCurve[];
  readonly trends: readonly Trend[];
  /** What makes sessions hard to compare, in words. */
  readonly caveats: readonly string[];
}
