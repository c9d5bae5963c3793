import {
  bothSides,
  compareCurves,
  measurementErrorOf,
  SIDES,
  type SpatioTemporalName,
  type Side,
  sessionCaveats,
  VARIABLES,
  type Variable,
} from '@rectus/gait';
import type { StoredCurve, WalkReport } from '../walk/walk-report.ts';
import { compareSteps } from './compare-steps.ts';
import type { BandView, ChangeView, CurveView, EarlierView, ScoresView, SideCurve, WalkView } from './walk-view.ts';

/** An earlier session of the same person. */
export interface EarlierWalk {
  readonly report: WalkReport;
  /** As the page writes the day. */
  readonly day: string;
}

/** What the pages show of a result, beside an earlier one where there is one. */
export function viewOfWalk(report: WalkReport, earlier: EarlierWalk | null): WalkView {
  const compared = VARIABLES.flatMap((variable) => curveOf(variable, report, earlier?.report ?? null));
  const strides = bothSides((side) => report.trials.reduce((sum, trial) => sum + trial.strides[side], 0));
  return {
    curves: compared.map(({ curve }) => curve),
    footOffPercent: report.footOffPercent,
    strides,
    trials: report.trials.filter((trial) => trial.strides.left + trial.strides.right > 0).length,
    speedMPerS: report.conditions.speedMPerS,
    norms: report.norms && {
      name: report.norms.name,
      population: report.norms.population,
      simulated: report.norms.simulated,
      caveats: report.norms.caveats,
    },
    steps: STEP_ROWS.map((row) => compareSteps(row, report.steps, earlier?.report.steps ?? null)),
    scores: scoresView(report),
    earlier: earlier && earlierView(report, earlier, compared.flatMap(({ changes }) => changes)),
    remarks: report.remarks,
  };
}

/** The table of steps and times: what it is called, and how finely it is told. */
const STEP_ROWS: readonly (readonly [
  name: SpatioTemporalName,
  label: string,
  unit: string,
  digits: number,
  times: number,
  shared: boolean,
])[] = [
  ['speedMPerS', 'Walking speed', 'm/s', 2, 1, true],
  ['cadencePerMin', 'Cadence', 'steps/min', 0, 1, true],
  ['stepLengthM', 'Step length', 'cm', 1, 100, false],
  ['strideLengthM', 'Stride length', 'cm', 1, 100, false],
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

function curveOf(variable: Variable, report: WalkReport, earlier: WalkReport | null): ComparedCurve[] {
  const own = report.curves[variable.id];
  if (!own) return [];
  const before = earlier?.curves[variable.id];
  const sides = bothSides((side) => sideCurve(variable, side, own[side], before?.[side] ?? null));
  const norm = report.norms?.curves[variable.id];
  const { id, name, unit, positive, negative, plane } = variable;
  const error = measurementErrorOf(id)?.betweenSessionsDeg ?? null;
  return [
    {
      curve: {
        ...{ id, name, unit, positive, negative, plane },
        left: sides.left?.curve ?? null,
        right: sides.right?.curve ?? null,
        norm: norm ? { mean: norm.mean, ...about(norm.mean, norm.sd) } : null,
        errorDeg: unit === 'deg' ? error : null,
      },
      changes: SIDES.flatMap((side) => sides[side]?.change ?? []),
    },
  ];
}

function sideCurve(
  variable: Variable,
  side: Side,
  later: StoredCurve | null,
  earlier: StoredCurve | null,
): { readonly curve: SideCurve; readonly change: ChangeView | null } | null {
  if (!later) return null;
  const change = earlier && compareCurves(averageOf(earlier), averageOf(later), measurementErrorOf(variable.id));
  const greatest = change?.spans.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))[0];
  return {
    curve: {
      mean: later.mean,
      strides: later.sd && about(later.mean, later.sd),
      earlier: earlier?.mean ?? null,
      changed: change?.verdict === 'beyond-error' ? change.spans : [],
    },
    change:
      change && greatest && change.verdict !== 'within-error'
        ? {
            curve: variable.name,
            side,
            difference: greatest.difference,
            unit: variable.unit,
            atPercent: greatest.atPercent,
            verdict: change.verdict,
          }
        : null,
  };
}

/** As the package compares it; a single stride has no spread. */
function averageOf({ n, mean, sd }: StoredCurve) {
  return {
    n,
    mean: Float64Array.from(mean),
    sd: sd ? Float64Array.from(sd) : new Float64Array(mean.length).fill(Number.NaN),
  };
}

function about(mean: readonly number[], reach: readonly number[]): BandView {
  return {
    lower: mean.map((value, point) => value - (reach[point] ?? 0)),
    upper: mean.map((value, point) => value + (reach[point] ?? 0)),
  };
}

const PROFILE_NAMES: readonly (readonly [keyof NonNullable<WalkReport['scores']['map']>['gvs']['left'], string])[] = [
  ['pelvis.tilt', 'Pelvic tilt'],
  ['hip.flexion', 'Hip flexion'],
  ['knee.flexion', 'Knee flexion'],
  ['ankle.dorsiflexion', 'Ankle dorsiflexion'],
  ['pelvis.obliquity', 'Pelvic obliquity'],
  ['hip.adduction', 'Hip adduction'],
  ['pelvis.rotation', 'Pelvic rotation'],
  ['hip.rotation', 'Hip rotation'],
  ['foot.progression', 'Foot progression'],
];

function scoresView({ scores }: WalkReport): ScoresView {
  const { gdi, map, reference } = scores;
  return {
    gdi,
    gps: map && { ...map.gps, overall: map.gpsOverall },
    profile: map
      ? PROFILE_NAMES.map(([id, name]) => ({ name, left: map.gvs.left[id], right: map.gvs.right[id] }))
      : [],
    reference,
  };
}

function earlierView(
  report: WalkReport,
  { report: before, day }: EarlierWalk,
  changes: readonly ChangeView[],
): EarlierView {
  return { day, changes, caveats: sessionCaveats(before.conditions, report.conditions) };
}
