import { bothSides, compareValues, SIDES, type Sided, type SpatioTemporalName } from '@rectus/gait';
import type { StoredSteps } from '../walk/walk-report.ts';
import type { StepRow } from './walk-view.ts';

type RowKind = readonly [
  name: SpatioTemporalName,
  label: string,
  unit: string,
  digits: number,
  times: number,
  shared: boolean,
];

/** A line of the table, in the unit that it is told in; a change counts when it exceeds the spread of both sessions' strides. */
export function compareSteps(
  [name, label, unit, digits, times, shared]: RowKind,
  steps: StoredSteps,
  earlier: StoredSteps | null,
): StepRow {
  const valuesOf = (of: StoredSteps): Sided<number | null> =>
    bothSides((side) => {
      const mean = of[name][side]?.mean;
      return mean === undefined ? null : mean * times;
    });
  return {
    name: label,
    ...{ unit, digits, shared },
    ...valuesOf(steps),
    earlier: earlier && valuesOf(earlier),
    changed: SIDES.filter((side) => earlier && exceeds(earlier[name][side], steps[name][side])),
    symmetryPercent: shared ? null : steps[name].symmetryIndexPercent,
  };
}

type Value = StoredSteps[SpatioTemporalName]['left'];

function exceeds(before: Value, after: Value): boolean {
  if (!before || !after) return false;
  const spread = (value: NonNullable<Value>) => ({ ...value, sd: value.sd ?? Number.NaN });
  return compareValues(spread(before), spread(after), null).verdict !== 'within-error';
}
