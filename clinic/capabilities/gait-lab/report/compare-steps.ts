import {
  bothSides,
  compareValues,
  type GaitReportData,
  SIDES,
  type Sided,
  type SpatioTemporalName,
} from '@rectus/gait';
import { pooled } from './stored-session.ts';
import type { StepRow } from './walk-view.ts';

/** A line of the table: what it is called, how finely it is told, and whether both sides share one number. */
export type StepRowKind = readonly [
  name: SpatioTemporalName,
  label: string,
  unit: string,
  digits: number,
  times: number,
  shared: boolean,
];
type Steps = GaitReportData['spatioTemporal'];
type Value = Steps[keyof Steps]['left'];

/** A line of the table in its own unit; a change counts when it exceeds the spread of both sessions' strides. */
export function compareSteps(
  [name, label, unit, digits, times, shared]: StepRowKind,
  steps: Steps,
  earlier: Steps | null,
): StepRow {
  const valuesOf = (of: Steps): Sided<number | null> => {
    const own = bothSides((side) => of[name][side]?.mean ?? null);
    const known = SIDES.flatMap((side) => own[side] ?? []);
    const both = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
    return bothSides((side) => {
      const value = shared ? both : own[side];
      return value === null ? null : value * times;
    });
  };
  const { norm, symmetryIndexPercent } = steps[name];
  return {
    name: label,
    ...{ unit, digits, shared },
    ...valuesOf(steps),
    norm: norm && { mean: norm.mean * times, sd: norm.sd * times },
    earlier: earlier && valuesOf(earlier),
    changed: SIDES.filter((side) => {
      const of = (all: Steps) => (shared ? pooled(all[name].left, all[name].right) : all[name][side]);
      return earlier && exceeds(of(earlier), of(steps));
    }),
    symmetryPercent: shared ? null : symmetryIndexPercent,
  };
}

function exceeds(before: Value, after: Value): boolean {
  if (!before || !after) return false;
  const spread = (value: NonNullable<Value>) => ({ ...value, sd: value.sd ?? Number.NaN });
  return compareValues(spread(before), spread(after), null).verdict !== 'within-error';
}
