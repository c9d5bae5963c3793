import type { GaitReportData, ReportValue } from '../report/shape.ts';
import { SIDES, type Sided } from '../side.ts';
import { mean } from '../signal/statistics.ts';
import { SPATIO_TEMPORAL_NAMES } from '../spatio-temporal/parameters.ts';
import type { ReferenceWalk } from './build.ts';
import { unitOfValue } from './reference-walk.ts';

/** Why a walk cannot become part of norms. */
export type UnfitForNorms = 'age-unknown' | 'speed-unknown' | 'walking-aid';

/** What keeps a report's walk out of norms; null where nothing does. */
export function unfitForNorms({
  conditions,
  dimensionlessSpeed,
}: Pick<GaitReportData, 'conditions' | 'dimensionlessSpeed'>): UnfitForNorms | null {
  if (conditions.walkingAid !== null) return 'walking-aid';
  if (conditions.ageYears === null) return 'age-unknown';
  return dimensionlessSpeed === null ? 'speed-unknown' : null;
}

/**
 * One person's walk out of the reports of one or several of their sessions: every session and side weighs the same. Null
 * where a report does not fit; see `unfitForNorms`.
 */
export function referenceWalkOfReports(reports: readonly GaitReportData[]): ReferenceWalk | null {
  if (reports.length === 0 || reports.some((report) => unfitForNorms(report) !== null)) return null;
  const curves = new Map<string, (readonly number[])[]>();
  for (const { id, left, right } of reports.flatMap((report) => report.curves))
    curves.set(id, [...(curves.get(id) ?? []), ...(left ? [left.mean] : []), ...(right ? [right.mean] : [])]);
  const values = SPATIO_TEMPORAL_NAMES.map((name) => {
    const sides = reports.flatMap(({ spatioTemporal }) => meansOf(spatioTemporal[name]));
    return [name, sides] as const;
  });
  return {
    ageYears: mean(reports.map(({ conditions }) => conditions.ageYears as number)),
    dimensionlessSpeed: mean(reports.map((report) => report.dimensionlessSpeed as number)),
    curves: new Map([...curves].filter(([, sides]) => sides.length > 0)),
    values: Object.fromEntries(
      values
        .filter(([, sides]) => sides.length > 0)
        .map(([name, sides]) => [name, { unit: unitOfValue(name), value: mean(sides) }]),
    ),
  };
}

function meansOf(value: Sided<ReportValue | null>): number[] {
  return SIDES.flatMap((side) => value[side]?.mean ?? []);
}
