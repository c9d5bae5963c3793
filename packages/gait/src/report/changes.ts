import type { AverageCycle } from '../cycles/average.ts';
import { SIDES } from '../side.ts';
import { SPATIO_TEMPORAL_NAMES } from '../spatio-temporal/parameters.ts';
import { compareCurves, compareValues } from '../uncertainty/compare.ts';
import { sessionCaveats } from '../uncertainty/sessions.ts';
import type { GaitReportData, ReportChanges, ReportSideCurve, ReportValue } from './shape.ts';

type Compared = Pick<GaitReportData, 'curves' | 'spatioTemporal' | 'conditions' | 'speedMPerS'>;

/** What differs between two sessions, and whether by more than error. */
export function changesBetween(earlier: Compared, later: Compared): ReportChanges {
  return {
    curves: later.curves.flatMap((curve) =>
      SIDES.flatMap((side) => {
        const before = earlier.curves.find(({ id }) => id === curve.id)?.[side];
        const after = curve[side];
        if (!before || !after) return [];
        const { rmsDifference, spans, verdict } = compareCurves(
          average(before),
          average(after),
          curve.measurementError,
        );
        return [{ variable: curve.id, side, rmsDifference, spans, verdict }];
      }),
    ),
    values: SPATIO_TEMPORAL_NAMES.flatMap((name) =>
      SIDES.flatMap((side) => {
        const [before, after] = [earlier.spatioTemporal[name][side], later.spatioTemporal[name][side]];
        if (!before || !after) return [];
        return [{ name, side, ...compareValues(known(before), known(after), null) }];
      }),
    ),
    caveats: sessionCaveats(conditions(earlier), conditions(later)),
  };
}

function average({ n, mean, sd }: ReportSideCurve): AverageCycle {
  return {
    n,
    mean: Float64Array.from(mean),
    sd: sd ? Float64Array.from(sd) : new Float64Array(mean.length).fill(Number.NaN),
  };
}

function known({ n, mean, sd }: ReportValue) {
  return { n, mean, sd: sd ?? Number.NaN };
}

function conditions({ conditions: { footwear, walkingAid }, speedMPerS }: Compared) {
  return { footwear, walkingAid: walkingAid ?? 'none', speedMPerS };
}
