import type { ExcludedStride } from '../cycles/screen.ts';
import type { GaitEvent } from '../events/event.ts';
import type { PlateContact } from '../events/plate-contacts.ts';
import type { FilledGap, OpenGap } from '../gaps/fill.ts';
import type { LabSettings, Subject } from '../model/subject.ts';
import type { Caveat } from '../norms/match.ts';
import type { Footwear } from '../norms/package.ts';
import type { Side, Sided } from '../side.ts';
import type { SpatioTemporalName } from '../spatio-temporal/parameters.ts';
import type { ChangedSpan, Verdict } from '../uncertainty/compare.ts';
import type { MeasurementError } from '../uncertainty/measurement-error.ts';
import type { Plane, ProfileVariable, Unit } from '../variables.ts';

export const REPORT_FORMAT = 'rectus-gait-report';
export const REPORT_VERSION = 1;

/** A number where it is known: reports are kept as JSON, which has no NaN. */
export type Known = number | null;

/** How the person walked, as far as it bears on the comparison with others. */
export interface WalkConditions {
  readonly ageYears: number | null;
  readonly footwear: Footwear;
  readonly walkingAid: string | null;
}

/** A mean over strides; `sd` is from stride to stride and null of a single one. */
export interface ReportValue {
  readonly n: number;
  readonly mean: number;
  readonly sd: Known;
}

/** One curve of one side, 101 points from strike to strike. */
export interface ReportSideCurve {
  readonly n: number;
  readonly mean: readonly number[];
  readonly sd: readonly number[] | null;
  /** Every accepted stride, outliers included, in the order of the side's strides. */
  readonly cycles: readonly (readonly Known[])[];
}

export interface ReportBand {
  readonly lower: readonly number[];
  readonly mean: readonly number[];
  readonly upper: readonly number[];
}

export interface ReportCurve {
  readonly id: string;
  readonly name: string;
  readonly unit: Unit;
  readonly plane: Plane | null;
  readonly positive: string;
  readonly negative: string;
  readonly left: ReportSideCurve | null;
  readonly right: ReportSideCurve | null;
  /** One standard deviation to each side of the norms' mean. */
  readonly norm: ReportBand | null;
  readonly measurementError: MeasurementError | null;
}

export interface ReportStride {
  readonly trial: string;
  readonly startS: number;
  readonly endS: number;
  readonly footOffPercent: Known;
  readonly plate: number | null;
  /** Unlike the others: shown, and left out of the mean. */
  readonly outlier: boolean;
}

export interface ReportTrial {
  readonly name: string;
  readonly rateHz: number;
  readonly frames: number;
  /** Why the trial could not be used; null where it was. */
  readonly failure: string | null;
  readonly events: readonly GaitEvent[];
  readonly contacts: readonly PlateContact[];
  readonly excludedStrides: readonly ExcludedStride[];
  readonly filledGaps: readonly FilledGap[];
  readonly openGaps: readonly OpenGap[];
  /** Marker paths were smoothed below this before moments were computed; null where they were taken as they are. */
  readonly kineticsCutoffHz: Known;
}

/** A single number out of a curve that clinicians ask for, in degrees. */
export interface KeyAngle {
  readonly id: string;
  readonly name: string;
  readonly variable: string;
  readonly left: ReportValue | null;
  readonly right: ReportValue | null;
  readonly norm: { readonly mean: number; readonly sd: Known } | null;
}

export interface ReportScores {
  /** 100 is the mean of the reference, 10 one standard deviation. */
  readonly gdi: Sided<number> | null;
  /** In degrees. */
  readonly gps: Sided<number> | null;
  readonly gpsOverall: Known;
  readonly gvs: Sided<Readonly<Record<ProfileVariable, number>>> | null;
  /** How far people of the reference are from their own mean, root mean square, in degrees; not in older reports. */
  readonly gvsReference?: Readonly<Partial<Record<ProfileVariable, number>>> | null;
}

/** A set of norms that the report uses. */
export interface ReportNorms {
  readonly id: string;
  readonly name: string;
  readonly set: string | null;
  readonly population: string;
  readonly citation: string;
  readonly simulated: boolean;
  /** To be shown wherever the norms are. */
  readonly caveats: readonly Caveat[];
}

export interface ReportChanges {
  readonly curves: readonly {
    readonly variable: string;
    readonly side: Side;
    readonly rmsDifference: number;
    readonly spans: readonly ChangedSpan[];
    readonly verdict: Verdict;
  }[];
  readonly values: readonly {
    readonly name: SpatioTemporalName;
    readonly side: Side;
    readonly difference: number;
    readonly threshold: number;
    readonly verdict: Verdict;
  }[];
  readonly caveats: readonly string[];
}

/** Everything that a report shows, as plain JSON. */
export interface GaitReportData {
  readonly format: typeof REPORT_FORMAT;
  readonly version: typeof REPORT_VERSION;
  readonly model: string;
  readonly subject: Subject;
  readonly lab: LabSettings;
  readonly conditions: WalkConditions;
  readonly trials: readonly ReportTrial[];
  readonly strides: Sided<readonly ReportStride[]>;
  readonly curves: readonly ReportCurve[];
  readonly keyAngles: readonly KeyAngle[];
  readonly spatioTemporal: Readonly<
    Record<
      SpatioTemporalName,
      {
        readonly left: ReportValue | null;
        readonly right: ReportValue | null;
        readonly symmetryIndexPercent: Known;
        readonly norm: { readonly mean: number; readonly sd: number } | null;
      }
    >
  >;
  readonly speedMPerS: Known;
  readonly dimensionlessSpeed: Known;
  readonly scores: ReportScores;
  readonly norms: {
    readonly bands: ReportNorms | null;
    readonly gdi: ReportNorms | null;
    readonly gps: ReportNorms | null;
  };
  readonly measurementErrorSource: string;
  /** Against the session before; null where there is none. */
  readonly changes: ReportChanges | null;
  /** What must be said of the whole, in words. */
  readonly notes: readonly string[];
}

/** Whether a value read from JSON is the data of a report of this version. */
export function isReportData(value: unknown): value is GaitReportData {
  if (typeof value !== 'object' || value === null) return false;
  const { format, version } = value as Partial<Record<'format' | 'version', unknown>>;
  return format === REPORT_FORMAT && version === REPORT_VERSION;
}
