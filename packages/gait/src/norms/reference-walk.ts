import type { SideCycles } from '../cycles/cycles.ts';
import { SIDES, type Sided } from '../side.ts';
import { mean } from '../signal/statistics.ts';
import {
  SPATIO_TEMPORAL_NAMES,
  type SpatioTemporal,
  type SpatioTemporalName,
} from '../spatio-temporal/parameters.ts';
import { dimensionlessSpeed, summariseSpatioTemporal } from '../spatio-temporal/summary.ts';
import { VARIABLES } from '../variables.ts';
import type { ReferenceWalk } from './build.ts';
import { NormError } from './package.ts';

/** The unit that a name ends with. */
const UNITS = [
  ['PerMin', '/min'],
  ['MPerS', 'm/s'],
  ['Percent', '%'],
  ['M', 'm'],
  ['S', 's'],
] as const;

/**
 * One healthy person's cycles and steps as a walk that norms can be built from.
 *
 * @throws NormError `empty` when no stride has a speed
 */
export function referenceWalkOf(
  cycles: Sided<SideCycles>,
  steps: Sided<readonly SpatioTemporal[]>,
  person: { readonly ageYears: number; readonly legLengthMm: number },
): ReferenceWalk {
  const summary = summariseSpatioTemporal(steps);
  const ofSides = (name: SpatioTemporalName): number[] =>
    SIDES.flatMap((side) => summary[name][side]?.mean ?? []);
  const speeds = ofSides('speedMPerS');
  if (speeds.length === 0) throw new NormError('empty', '', 'In this walk no stride has a speed.');
  const curves = VARIABLES.map(({ id }) => {
    const sides = SIDES.flatMap((side) => cycles[side].curves.get(id)?.average?.mean ?? []);
    return [id, sides] as const;
  });
  const values = SPATIO_TEMPORAL_NAMES.map((name) => [name, ofSides(name)] as const);
  return {
    ageYears: person.ageYears,
    dimensionlessSpeed: dimensionlessSpeed(mean(speeds), person.legLengthMm),
    curves: new Map(curves.filter(([, sides]) => sides.length > 0)),
    values: Object.fromEntries(
      values
        .filter(([, numbers]) => numbers.length > 0)
        .map(([name, numbers]) => [name, { unit: unitOfValue(name), value: mean(numbers) }]),
    ),
  };
}

/** The unit of a step value, which its name ends with. */
export function unitOfValue(name: string): string {
  return UNITS.find(([ending]) => name.endsWith(ending))?.[1] ?? '';
}
