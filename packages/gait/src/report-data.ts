import { type CurveCycles, collectCycles, type SideCycles } from './cycles/cycles.ts';
import { GaitError } from './gait-error.ts';
import { AS_PLUG_IN_GAIT, type SegmentTable } from './kinetics/body-segments.ts';
import { type Calibration, calibrate } from './model/calibration.ts';
import type { LabSettings, Subject } from './model/subject.ts';
import { bandOf } from './norms/band.ts';
import type { MatchedNorms } from './norms/match.ts';
import type { NormPackage } from './norms/package.ts';
import type { Recording } from './recording.ts';
import { changesBetween } from './report/changes.ts';
import { keyAnglesOf } from './report/key-angles.ts';
import { type ChosenNorms, chooseNorms, reportNorms, scoresOf } from './report/norms-in-report.ts';
import {
  type GaitReportData,
  type Known,
  REPORT_FORMAT,
  REPORT_VERSION,
  type ReportCurve,
  type ReportSideCurve,
  type ReportStride,
  type ReportValue,
  type WalkConditions,
} from './report/shape.ts';
import { type AnalysedTrial, analyseTrial, type NamedRecording } from './report/walked-trial.ts';
import { bothSides, type Sided } from './side.ts';
import { SPATIO_TEMPORAL_NAMES, spatioTemporal } from './spatio-temporal/parameters.ts';
import { dimensionlessSpeed, type MeanAndSd, summariseSpatioTemporal } from './spatio-temporal/summary.ts';
import {
  MEASUREMENT_ERROR_SOURCE,
  type MeasurementError,
  measurementErrorOf,
} from './uncertainty/measurement-error.ts';
import { VARIABLES } from './variables.ts';

/** A session as it was recorded, and what it is to be compared with. */
export interface GaitSession {
  readonly standing: Recording;
  readonly trials: readonly NamedRecording[];
  readonly subject: Subject;
  readonly lab: LabSettings;
  readonly conditions?: WalkConditions;
  /** Installed norms, of which the best fitting are taken. */
  readonly norms?: readonly NormPackage[];
  /** The report of an earlier session of the same person. */
  readonly previous?: GaitReportData;
  /** Whether events that the recordings bring with them are honoured (default: true). */
  readonly vendorEvents?: boolean;
  /** What the segments weigh and how their mass lies (default: `WINTER`). */
  readonly segments?: SegmentTable;
  /** A laboratory's own errors between sessions, by the id of the variable. */
  readonly ownErrors?: Readonly<Record<string, MeasurementError>>;
}

const UNKNOWN_CONDITIONS: WalkConditions = { ageYears: null, footwear: 'unknown', walkingAid: null };

/**
 * From recordings to everything that a report shows. A trial that cannot be used is told with its reason and left out.
 *
 * @throws GaitError `missing-marker` or `no-frames` for the standing trial, or that of the first walk when none can be used
 */
export function gaitReport(session: GaitSession): GaitReportData {
  const { standing, subject, lab, conditions = UNKNOWN_CONDITIONS, norms = [], previous } = session;
  const calibration = calibrate(standing, subject, lab);
  const trials = session.trials.map((trial) =>
    analyseTrial(trial, subject, lab, calibration, session.vendorEvents ?? true, session.segments),
  );
  const walked = trials.flatMap(({ walked: one }) => one ?? []);
  if (walked.length === 0)
    throw new GaitError('not-walking', trials[0]?.about.failure ?? 'There is no walking trial.');
  const cycles = collectCycles(walked);
  const steps = summaryOf(trials, cycles);
  const speedMPerS = meanOf(steps.speedMPerS.left, steps.speedMPerS.right);
  const legMm = (subject.legLengthMm.left + subject.legLengthMm.right) / 2;
  const forSize = speedMPerS === null ? null : dimensionlessSpeed(speedMPerS, legMm);
  const chosen = chooseNorms(norms, {
    ageYears: conditions.ageYears,
    footwear: conditions.footwear,
    walkingAid: conditions.walkingAid !== null,
    dimensionlessSpeed: forSize,
  });
  const data: GaitReportData = {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    model: modelName(calibration),
    subject,
    lab,
    conditions,
    trials: trials.map(({ about }) => about),
    strides: bothSides((side) => stridesOf(cycles[side])),
    curves: curvesOf(cycles, chosen.bands, session.ownErrors ?? {}),
    keyAngles: keyAnglesOf(cycles, chosen.bands?.set ?? null),
    spatioTemporal: withNorms(steps, chosen.bands),
    speedMPerS,
    dimensionlessSpeed: forSize,
    scores: scoresOf(cycles, chosen),
    norms: {
      bands: reportNorms(chosen.bands),
      gdi: reportNorms(chosen.gdi),
      gps: reportNorms(chosen.gps),
    },
    measurementErrorSource: MEASUREMENT_ERROR_SOURCE,
    changes: null,
    notes: [
      ...markerNotes(standing, session.trials),
      ...(session.segments === AS_PLUG_IN_GAIT
        ? ['Moments and powers use the inertia of segments that Plug-in Gait uses.']
        : []),
      ...notesOf(trials, cycles, chosen),
    ],
  };
  return previous ? { ...data, changes: changesBetween(previous, data) } : data;
}

/** Steps and speed of all strides that are no outliers. */
function summaryOf(trials: readonly AnalysedTrial[], cycles: Sided<SideCycles>) {
  const recordings = new Map(trials.map(({ about, recording }) => [about.name, recording]));
  return summariseSpatioTemporal(
    bothSides((side) =>
      cycles[side].strides.flatMap(({ trial, stride, outlier }) => {
        const recording = recordings.get(trial);
        return recording && !outlier ? [spatioTemporal(recording, stride)] : [];
      }),
    ),
  );
}

function withNorms(
  steps: ReturnType<typeof summaryOf>,
  bands: MatchedNorms | null,
): GaitReportData['spatioTemporal'] {
  return Object.fromEntries(
    SPATIO_TEMPORAL_NAMES.map((name) => {
      const { left, right, symmetryIndexPercent } = steps[name];
      const norm = bands?.set?.values[name];
      return [
        name,
        {
          left: plainValue(left),
          right: plainValue(right),
          symmetryIndexPercent,
          norm: norm ? { mean: norm.mean, sd: norm.sd } : null,
        },
      ];
    }),
  ) as GaitReportData['spatioTemporal'];
}

function plainValue(value: MeanAndSd | null): ReportValue | null {
  return value && { ...value, sd: plainNumber(value.sd) };
}

function plainNumber(value: number): Known {
  return Number.isFinite(value) ? value : null;
}

function meanOf(left: MeanAndSd | null, right: MeanAndSd | null): Known {
  const means = [left, right].flatMap((one) => one?.mean ?? []);
  return means.length === 0 ? null : means.reduce((sum, one) => sum + one, 0) / means.length;
}

function stridesOf({ strides }: SideCycles): ReportStride[] {
  return strides.map(({ trial, outlier, stride: { startS, endS, footOffS, plate } }) => ({
    trial,
    startS,
    endS,
    footOffPercent: footOffS === null ? null : (100 * (footOffS - startS)) / (endS - startS),
    plate,
    outlier,
  }));
}

function curvesOf(
  cycles: Sided<SideCycles>,
  bands: MatchedNorms | null,
  ownErrors: Readonly<Record<string, MeasurementError>>,
): ReportCurve[] {
  return VARIABLES.flatMap(({ id, name, unit, plane, positive, negative }): ReportCurve[] => {
    const { left, right } = bothSides((side) => sideCurve(cycles[side].curves.get(id)));
    if (!left && !right) return [];
    const norm = bands?.set?.curves[id];
    const band = norm && bandOf(norm);
    return [
      {
        id,
        name,
        unit,
        plane,
        positive,
        negative,
        left,
        right,
        norm: band
          ? { lower: Array.from(band.lower), mean: Array.from(band.mean), upper: Array.from(band.upper) }
          : null,
        measurementError: measurementErrorOf(id, ownErrors),
      },
    ];
  });
}

function sideCurve(curve: CurveCycles | undefined): ReportSideCurve | null {
  if (!curve?.average) return null;
  const { n, mean, sd } = curve.average;
  return {
    n,
    mean: Array.from(mean),
    sd: n < 2 ? null : Array.from(sd),
    cycles: curve.cycles.map((cycle) => Array.from(cycle, plainNumber)),
  };
}

function modelName({ joints }: Calibration): string {
  const hip = 'conventional gait model (Davis 1991, Kadaba 1990; as Plug-in Gait defines it)';
  return joints === 'medial'
    ? `${hip}, with knees and ankles in the middle between their inner and outer markers`
    : hip;
}

/** What must be said of the markers before any curve. */
function markerNotes(standing: Recording, trials: readonly NamedRecording[]): string[] {
  return [{ name: 'The standing trial', recording: standing }, ...trials].flatMap(({ name, recording }) => {
    const lost = recording.atOrigin ?? [];
    if (lost.length === 0) return [];
    const shown = lost.length > 6 ? `${lost.slice(0, 6).join(', ')} and others` : lost.join(', ');
    return [`${name}: ${lost.length} markers stand at 0, 0, 0 and count as not seen (${shown}).`];
  });
}

function notesOf(trials: readonly AnalysedTrial[], cycles: Sided<SideCycles>, norms: ChosenNorms): string[] {
  const failed = trials.flatMap(({ about: { name, failure } }) =>
    failure ? [`${name} was not used: ${failure}`] : [],
  );
  const outliers = [...cycles.left.strides, ...cycles.right.strides].filter(({ outlier }) => outlier).length;
  const forces = [...cycles.left.curves.keys(), ...cycles.right.curves.keys()].some((id) =>
    id.endsWith('.power'),
  );
  const say = (when: boolean, text: string) => (when ? [text] : []);
  return [
    ...failed,
    ...say(
      outliers > 0,
      `${outliers} strides are unlike the others: they are shown and left out of the means.`,
    ),
    ...say(!forces, 'No plate carried one whole step alone: there are no moments and powers.'),
    ...say(!norms.bands, 'No norms are installed: the curves stand alone.'),
    ...say(!norms.gdi, 'The reference of the Gait Deviation Index is not installed.'),
    ...say(!norms.gps, 'The reference of the Gait Profile Score is not installed.'),
  ];
}
