import {
  bothSides,
  compareCurves,
  type GaitReportData,
  measurementErrorOf,
  SIDES,
  type Side,
  sessionCaveats,
} from '@rectus/gait';
import { compareSteps, type StepRowKind } from './compare-steps.ts';
import { normsView, scoresView } from './scores-view.ts';
import { averageOf, conditionsOf } from './stored-session.ts';
import { strideRowsOf } from './stride-rows.ts';
import type {
  BandView,
  ChangeView,
  CurveView,
  EarlierView,
  KeyAngleView,
  SideCurve,
  WalkView,
} from './walk-view.ts';

type ReportCurve = GaitReportData['curves'][number];
type StoredCurve = NonNullable<ReportCurve['left']>;

/** An earlier session of the same person. */
export interface EarlierWalk {
  readonly report: GaitReportData;
  /** As the page writes the day. */
  readonly day: string;
}

/** What the pages show of a result, beside an earlier one where there is one. */
export function viewOfWalk(report: GaitReportData, earlier: EarlierWalk | null): WalkView {
  const before = new Map(earlier?.report.curves.map((curve) => [curve.id, curve]));
  const compared = report.curves.map((curve) => curveView(report, curve, before.get(curve.id) ?? null));
  return {
    model: report.model,
    curves: compared.map(({ curve }) => curve),
    keyAngles: report.keyAngles.map((angle) => keyAngleView(angle, earlier?.report ?? null)),
    footOffPercent: bothSides((side) => report.spatioTemporal.footOffPercent[side]?.mean ?? null),
    strides: bothSides((side) => report.strides[side].length),
    trials: report.trials.filter(({ failure }) => failure === null).length,
    norms: normsView(report.norms.bands),
    errorSource: report.measurementErrorSource,
    steps: STEP_ROWS.map((row) =>
      compareSteps(row, report.spatioTemporal, earlier?.report.spatioTemporal ?? null),
    ),
    scores: scoresView(report, earlier?.report ?? null),
    earlier:
      earlier &&
      earlierView(
        report,
        earlier,
        compared.flatMap(({ changes }) => changes),
      ),
    strideRows: strideRowsOf(report),
    notes: notesOf(report),
  };
}

/** The table of steps and times. */
const STEP_ROWS: readonly StepRowKind[] = [
  ['speedMPerS', 'Walking speed', 'm/s', 2, 1, true],
  ['cadencePerMin', 'Cadence', 'steps/min', 0, 1, true],
  ['stepLengthM', 'Step length', 'cm', 1, 100, false],
  ['strideLengthM', 'Stride length', 'cm', 1, 100, true],
  ['stepWidthM', 'Step width', 'cm', 1, 100, true],
  ['stepTimeS', 'Step time', 's', 2, 1, false],
  ['stancePercent', 'Stance', '% of the cycle', 1, 1, false],
  ['swingPercent', 'Swing', '% of the cycle', 1, 1, false],
  ['singleSupportPercent', 'Single support', '% of the cycle', 1, 1, false],
  ['doubleSupportPercent', 'Double support', '% of the cycle', 1, 1, true],
];

interface ComparedCurve {
  readonly curve: CurveView;
  readonly changes: readonly ChangeView[];
}

function curveView(report: GaitReportData, own: ReportCurve, before: ReportCurve | null): ComparedCurve {
  const sides = bothSides((side) => sideCurve(report, own, side, before?.[side] ?? null));
  const { id, name, unit, positive, negative, plane, norm } = own;
  return {
    curve: {
      ...{ id, name, unit, positive, negative, plane, norm },
      left: sides.left?.curve ?? null,
      right: sides.right?.curve ?? null,
      errorDeg: own.measurementError?.betweenSessionsDeg ?? null,
    },
    changes: SIDES.flatMap((side) => sides[side]?.change ?? []),
  };
}

function sideCurve(
  report: GaitReportData,
  own: ReportCurve,
  side: Side,
  earlier: StoredCurve | null,
): { readonly curve: SideCurve; readonly change: ChangeView | null } | null {
  const later = own[side];
  if (!later) return null;
  const change = earlier && compareCurves(averageOf(earlier), averageOf(later), own.measurementError);
  const greatest = change?.spans.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))[0];
  const verdict = change?.verdict;
  return {
    curve: {
      mean: later.mean,
      strides: later.sd && about(later.mean, later.sd),
      outliers: later.cycles
        .filter((_, index) => report.strides[side][index]?.outlier)
        .map((cycle) => cycle.map((value) => value ?? Number.NaN)),
    },
    change:
      greatest && verdict && verdict !== 'within-error'
        ? {
            curve: own.name,
            side,
            unit: own.unit,
            verdict,
            difference: greatest.difference,
            atPercent: greatest.atPercent,
          }
        : null,
  };
}

function about(mean: readonly number[], reach: readonly number[]): BandView {
  return {
    lower: mean.map((value, point) => value - (reach[point] ?? 0)),
    upper: mean.map((value, point) => value + (reach[point] ?? 0)),
  };
}

function keyAngleView(
  { id, name, variable, left, right, norm }: GaitReportData['keyAngles'][number],
  earlier: GaitReportData | null,
): KeyAngleView {
  const before = earlier?.keyAngles.find((one) => one.id === id);
  return {
    name,
    sides: { left, right },
    norm: norm?.sd == null ? null : { least: norm.mean - norm.sd, greatest: norm.mean + norm.sd },
    earlier: before ? bothSides((side) => before[side]?.mean ?? null) : null,
    errorDeg: measurementErrorOf(variable)?.betweenSessionsDeg ?? null,
  };
}

function earlierView(
  later: GaitReportData,
  { report: earlier, day }: EarlierWalk,
  changes: readonly ChangeView[],
): EarlierView {
  const angles = later.curves.filter(({ unit, measurementError }) => unit === 'deg' && measurementError);
  const before = new Map(earlier.curves.map((curve) => [curve.id, curve]));
  const pairs = angles.flatMap((curve) =>
    SIDES.map((side) => [curve[side], before.get(curve.id)?.[side] ?? null] as const),
  );
  const compared = pairs.filter(([now, then]) => now && then).length;
  return {
    day,
    changes,
    compared,
    of: pairs.length,
    caveats: sessionCaveats(conditionsOf(earlier), conditionsOf(later)),
  };
}

function notesOf({ notes, trials }: GaitReportData): string[] {
  const filled = trials.reduce((sum, { filledGaps }) => sum + filledGaps.length, 0);
  const open = trials.reduce((sum, { openGaps }) => sum + openGaps.length, 0);
  const turning = trials.flatMap(({ name, excludedStrides }) =>
    excludedStrides
      .filter(({ reason }) => reason !== 'partial')
      .map(({ side, why }) => `${name}: a ${side} stride is not counted. ${why}`),
  );
  return [
    ...notes,
    ...turning,
    ...(filled > 0 ? [`${filled} short gaps of markers were filled.`] : []),
    ...(open > 0 ? [`${open} longer gaps of markers were left open.`] : []),
  ];
}
